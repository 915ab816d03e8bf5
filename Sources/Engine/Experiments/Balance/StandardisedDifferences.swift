/// Standardised differences of means between each arm and control (Austin 2009), weighted by 1/e where propensities vary.
struct StandardisedDifferences {
    private let assignment: [UInt8]
    private let armCount: Int
    /// 1/e of the observed arm; nil weighs all alike.
    private let weights: [Float]?

    init(_ experiment: Experiment) {
        assignment = experiment.assignment
        armCount = experiment.arms.count
        if case .columns = experiment.propensity {
            weights = experiment.propensity.observed(experiment.assignment).map { 1 / $0 }
        } else {
            weights = nil
        }
    }

    /// By arm - 1, over units whose value is there; 0 where nothing varies.
    func of(_ value: (Int) -> Float) -> [Double] {
        var weight = [Double](repeating: 0, count: armCount)
        var mean = weight
        var deviations = weight
        for unit in assignment.indices {
            let x = Double(value(unit))
            guard !x.isNaN else { continue }
            let arm = Int(assignment[unit])
            let w = weights.map { Double($0[unit]) } ?? 1
            weight[arm] += w
            let delta = x - mean[arm]
            mean[arm] += w * delta / weight[arm]
            deviations[arm] += w * delta * (x - mean[arm])
        }
        return (1..<armCount).map { arm in
            guard weight[arm] > 0, weight[0] > 0 else { return 0 }
            let pooled = (deviations[arm] / weight[arm] + deviations[0] / weight[0]) / 2
            let difference = mean[arm] - mean[0]
            return pooled > 0 ? difference / pooled.squareRoot() : 0
        }
    }

    /// Of the values, of every level, and of being missing.
    func describe(_ covariate: Covariate) -> CovariateBalance {
        let values = covariate.values
        let missing = values.contains(where: \.isNaN) ? of { values[$0].isNaN ? 1 : 0 } : nil
        guard case .categorical(let names) = covariate.encoding else {
            return CovariateBalance(
                name: covariate.name, differences: of { values[$0] }, level: nil, levels: [],
                missingDifferences: missing, test: nil, adjustedP: nil)
        }
        let levels = names.enumerated().map { code, name in
            CovariateBalance.Level(
                name: name, differences: of { values[$0].isNaN ? .nan : values[$0] == Float(code) ? 1 : 0 })
        }
        let largest = levels.max { size($0) < size($1) }
        return CovariateBalance(
            name: covariate.name, differences: largest?.differences ?? Array(repeating: 0, count: armCount - 1),
            level: largest?.name, levels: levels, missingDifferences: missing, test: nil, adjustedP: nil)
    }

    private func size(_ level: CovariateBalance.Level) -> Double { level.differences.map(abs).max() ?? 0 }
}
