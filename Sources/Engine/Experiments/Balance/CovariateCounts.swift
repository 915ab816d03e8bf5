import Statistics

/// A covariate's units by bin and arm, and the moments of its values by arm: what balance is told from where the units themselves are
/// not at hand.
package struct CovariateCounts: Sendable {
    package let name: String
    package let encoding: CovariateEncoding
    /// Units by bin, the missing bin last, then by arm. A categorical covariate's bins are its levels.
    package let counts: [[Double]]
    /// By arm: of the values that are there; empty for categorical covariates.
    package let means: [Double]
    /// By arm: mean squared deviations.
    package let variances: [Double]

    package init(
        name: String, encoding: CovariateEncoding, counts: [[Double]], means: [Double], variances: [Double]
    ) {
        self.name = name
        self.encoding = encoding
        self.counts = counts
        self.means = means
        self.variances = variances
    }

    private var armCount: Int { counts.first?.count ?? 0 }
    private var armUnits: [Double] { (0..<armCount).map { arm in counts.reduce(0) { $0 + $1[arm] } } }
    private var binUnits: [Double] { counts.map { $0.reduce(0, +) } }
    private var missing: Int { counts.count - 1 }

    /// How alike the arms are, with the test of `IndependenceTest`: a numeric covariate's by the mid-ranks of its bins.
    func balance() -> CovariateBalance {
        let isMissing = binUnits[missing] > 0 ? differences { $0 == missing ? 1 : 0 } : nil
        guard case .categorical(let names) = encoding else {
            let apart = (1..<armCount).map { arm in
                let pooled = (variances[arm] + variances[0]) / 2
                return pooled > 0 ? (means[arm] - means[0]) / pooled.squareRoot() : 0
            }
            return CovariateBalance(
                name: name, differences: apart, level: nil, levels: [], missingDifferences: isMissing, test: test(),
                adjustedP: nil)
        }
        let levels = names.enumerated().map { code, name in
            CovariateBalance.Level(name: name, differences: differences { $0 == code ? 1 : $0 == missing ? nil : 0 })
        }
        func size(_ level: CovariateBalance.Level) -> Double { level.differences.map(abs).max() ?? 0 }
        let largest = levels.max { size($0) < size($1) }
        return CovariateBalance(
            name: name, differences: largest?.differences ?? Array(repeating: 0, count: armCount - 1),
            level: largest?.name, levels: levels, missingDifferences: isMissing, test: test(), adjustedP: nil)
    }

    /// Standardised differences of what each bin stands for, by arm - 1; nil leaves a bin out.
    private func differences(_ value: (Int) -> Double?) -> [Double] {
        let known = counts.indices.compactMap { bin in value(bin).map { (bin, $0) } }
        let arms = (0..<armCount).map { arm -> (mean: Double, variance: Double)? in
            let units = known.reduce(0) { $0 + counts[$1.0][arm] }
            guard units > 0 else { return nil }
            let mean = known.reduce(0) { $0 + counts[$1.0][arm] * $1.1 } / units
            return (mean, known.reduce(0) { $0 + counts[$1.0][arm] * ($1.1 - mean) * ($1.1 - mean) } / units)
        }
        return (1..<armCount).map { arm in
            guard let own = arms[arm], let control = arms[0] else { return 0 }
            let pooled = (own.variance + control.variance) / 2
            return pooled > 0 ? (own.mean - control.mean) / pooled.squareRoot() : 0
        }
    }

    /// Given the arms' counts: Cov(S_a, S_b) = (N_a [a = b] - N_a N_b / N) G / (N - 1), as `IndependenceTest` has it.
    private func test() -> IndependenceTest? {
        let (armUnits, binUnits) = (armUnits, binUnits)
        let units = armUnits.reduce(0, +)
        let features = BalanceFeatures.columns(
            encoding, binUnits: binUnits, smallestShare: (armUnits.min() ?? 0) / max(1, units))
        guard !features.isEmpty, Double(features.count * 5) <= units else { return nil }
        let products = ReducedCholesky(
            features.map { a in
                features.map { b in counts.indices.reduce(0.0) { $0 + binUnits[$1] * a[$1] * b[$1] } }
            })
        guard products.rank > 0 else { return nil }
        let arms = (0..<armCount).filter { armUnits[$0] > 0 }
        let form = arms.reduce(0.0) { form, arm in
            form
                + products.quadraticForm(
                    features.map { feature in
                        counts.indices.reduce(0.0) { $0 + counts[$1][arm] * feature[$1] } / armUnits[arm].squareRoot()
                    })
        }
        let statistic = form * (units - 1)
        let rank = products.rank * (arms.count - 1)
        return IndependenceTest(
            statistic: statistic, degreesOfFreedom: rank,
            p: ChiSquare.survival(statistic, degreesOfFreedom: Double(rank)), unitCount: Int(units))
    }
}

extension BalanceReport {
    /// The same with every covariate told from all units; all of them at once stay tested on the units at hand.
    func telling(_ counts: [CovariateCounts]) -> BalanceReport {
        let known = counts.map { $0.balance() }
        let tested = known.indices.filter { known[$0].test != nil }
        var adjusted: [Int: Double] = [:]
        for (index, p) in zip(tested, Holm.adjusted(tested.compactMap { known[$0].test?.p })) { adjusted[index] = p }
        return BalanceReport(
            arms: arms, control: control,
            covariates: known.enumerated().map { index, own in
                CovariateBalance(
                    name: own.name, differences: own.differences, level: own.level, levels: own.levels,
                    missingDifferences: own.missingDifferences, test: own.test, adjustedP: adjusted[index])
            }, omnibus: omnibus, isWeighted: isWeighted)
    }
}
