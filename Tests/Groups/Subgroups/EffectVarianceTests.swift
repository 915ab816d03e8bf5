import Experiments
import Groups
import Runtime
import Statistics
import Testing

/// Tests of interaction against statsmodels 0.14 on 240 units that anybody can make again.
@Suite struct EffectVarianceTests {
    private static let experiment: Experiment = {
        let units = 0..<240
        let t = units.map { ($0 * 7 + $0 / 5) % 2 }
        let a = units.map { ($0 * 11 / 3) % 3 }
        let b = units.map { ($0 * 13 / 7) % 2 }
        let x = units.map { Double(($0 * 37) % 101) / 10 }
        let y = units.map { i -> Double in
            let effect = 1 + (a[i] == 1 ? 0.8 : 0) - (a[i] == 2 && b[i] == 1 ? 0.6 : 0) + 0.07 * x[i]
            let noise = (Double((i * i * 31 + i * 17) % 97) / 97 - 0.5) * Double(2 + a[i])
            return 0.5 * Double(a[i]) + 0.3 * Double(b[i]) + Double(t[i]) * effect + 0.05 * x[i] + noise
        }
        return .made(
            assignment: t.map { UInt8($0) },
            covariates: [
                Covariate(name: "a", encoding: .categorical(levels: ["0", "1", "2"]), values: a.map { Float($0) }),
                Covariate(name: "b", encoding: .categorical(levels: ["0", "1"]), values: b.map { Float($0) }),
                Covariate(name: "x", encoding: .numeric(centre: 0), values: x.map { Float($0) }),
            ], outcomes: [("y", y)])
    }()

    private func terms(_ covariates: [Int]) throws -> [EffectVariance.Term] {
        try EffectVariance.analyse(
            Self.experiment, arm: 1, outcome: 0,
            by: covariates.map { Dimension(Self.experiment, covariate: $0, units: Self.experiment.tune) },
            units: Self.experiment.tune
        ).terms
    }

    private func expect(
        _ term: EffectVariance.Term, robust: (f: Double, freedom: Double, p: Double),
        classical: (Double, Double)? = nil
    ) {
        #expect(abs(term.robust.f / robust.f - 1) < 1e-4, "\(term.name) \(term.robust.f)")
        #expect(abs(term.robust.denominator / robust.freedom - 1) < 1e-4, "\(term.name) \(term.robust.denominator)")
        #expect(abs(term.robust.p / robust.p - 1) < 1e-3)
        guard let classical else { return }
        #expect(abs((term.classical?.f ?? 0) / classical.0 - 1) < 1e-4, "\(term.name)")
        #expect(abs((term.classical?.p ?? 0) / classical.1 - 1) < 1e-3)
    }

    /// anova_lm(ols("y ~ t*C(a)"), typ=2). Robust: the Wald statistic of cov_type="HC3" (8.132464566902092), and the
    /// approximate Hotelling T² of it by NumPy from the leverages and residuals of statsmodels 0.15.
    @Test func oneDimension() throws {
        let found = try terms([0])
        #expect(found.map(\.name) == ["a"])
        expect(
            found[0], robust: (8.075566615477433, 141.93070951193388, 0.00047689509665767174),
            classical: (9.875301418123989, 7.631794078899152e-05))
    }

    /// anova_lm(ols("y ~ t*C(a)*C(b)"), typ=2); robust: two-way terms without the three-way one, that one with all. Cells
    /// of fewer than 20 units have at least the variance pooled within the cells of their arm, in NumPy too.
    @Test func twoDimensions() throws {
        let found = try terms([0, 1])
        #expect(found.map(\.name) == ["a", "b", "a x b"])
        expect(
            found[0], robust: (8.737751278695136, 203.1810905120479, 0.00022889845264644252),
            classical: (11.226366, 2.237867e-05))
        expect(
            found[1], robust: (0.4749962728320275, 223.6909970846114, 0.49141184827478906),
            classical: (0.539851, 0.4632496))
        expect(
            found[2], robust: (1.1567373449790859, 195.6057117703927, 0.31665250501557485),
            classical: (1.535164, 0.2176387))
        #expect(found[2].robust.numerator == 2)
    }

    /// ols("y ~ t*x"), and "y ~ t*x + C(a) + t:C(a)", HC3 with Satterthwaite's degrees of freedom.
    @Test func slopes() throws {
        let alone = try #require(terms([2]).first { $0.name == "x, linear" })
        expect(
            alone, robust: (2.3450365162683946, 135.38158192510784, 0.1280160301319693),
            classical: (2.469016033979474, 0.11745029846671681))
        let given = try #require(terms([2, 0]).first { $0.name == "x, linear" })
        expect(given, robust: (3.252753533284798, 146.7167991259316, 0.07335540444760291))
    }

    /// An outcome that the arms explain to the last unit leaves nothing to test against.
    @Test func anExactFitIsNotTested() throws {
        let covariates = Self.experiment.covariates
        let exact = Experiment.made(
            assignment: Self.experiment.assignment, covariates: covariates,
            outcomes: [("y", Self.experiment.assignment.map { 0.3 + Double($0) })])
        for by in [[0], [0, 1], [2], [2, 0]] {
            let found = try EffectVariance.analyse(
                exact, arm: 1, outcome: 0, by: by.map { Dimension(exact, covariate: $0, units: exact.tune) },
                units: exact.tune)
            #expect(found.terms.isEmpty)
        }
    }

    /// Designs in which no effect differs.
    enum Design: String, CaseIterable {
        case equal, nineToOne, noisyMajority, noisyMinority, propensitiesVary

        func sample(_ seed: UInt64) -> SubgroupSample {
            var sample = SubgroupSample(units: 600, seed: seed, share: self == .equal ? 0.5 : 0.1) { _ in 0.5 }
            sample.hasRareLevel = true
            sample.variesPropensity = self == .propensitiesVary
            if self == .noisyMajority { sample.treatedNoise = 1.0 / 3 }
            if self == .noisyMinority { sample.treatedNoise = 3 }
            return sample
        }
    }

    /// Under no difference of effects no test of 1,000 experiments rejects clearly more than 5%, although a level has 5% of
    /// the units (three treated ones of 600 at 9:1) and the noise differs by arm. `espalier-bench subgroups` has 2,000.
    @Test(arguments: Design.allCases) func robustTestsHoldTheirLevel(design: Design) throws {
        let replicates = 1000
        let found = try Workers().map(replicates) { replicate -> [Double] in
            let experiment = design.sample(UInt64(replicate + 1)).make()
            func terms(_ covariates: [Int]) throws -> [EffectVariance.Term] {
                let by = covariates.map { Dimension(experiment, covariate: $0, units: experiment.tune) }
                return try EffectVariance.analyse(
                    experiment, arm: 1, outcome: 0, by: by, units: experiment.tune
                ).terms
            }
            let all = try terms([2, 3]) + terms([0])
            return ["level", "flag", "level x flag", "x", "x, linear"].map { name in
                all.first { $0.name == name }?.robust.p ?? 1
            }
        }
        let rates = (0..<5).map { term in Double(found.count { $0[term] < 0.05 }) / Double(replicates) }
        print("interaction F tests, \(design): rejected at 5% \(rates)")
        // 5% and three standard errors of 1,000; a test that never rejects would be none.
        for rate in rates { #expect(rate < 0.0707) }
        #expect(rates[1] > 0.02 && rates[3] > 0.02)
    }

    /// statsmodels.stats.multitest.multipletests(method="fdr_bh").
    @Test func falseDiscovery() {
        let adjusted = FalseDiscovery.adjusted([0.01, 0.04, 0.03, 0.005, 0.2, 0.6])
        #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.03, 0.24, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(FalseDiscovery.adjusted([]).isEmpty)
    }
}
