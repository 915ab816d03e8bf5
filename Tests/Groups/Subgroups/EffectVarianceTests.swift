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

    private func expect(_ term: EffectVariance.Term, robust: (Double, Double), classical: (Double, Double)? = nil) {
        #expect(abs(term.robust.f / robust.0 - 1) < 1e-4, "\(term.name) \(term.robust.f)")
        #expect(abs(term.robust.p / robust.1 - 1) < 1e-3)
        guard let classical else { return }
        #expect(abs((term.classical?.f ?? 0) / classical.0 - 1) < 1e-4, "\(term.name)")
        #expect(abs((term.classical?.p ?? 0) / classical.1 - 1) < 1e-3)
    }

    /// anova_lm(ols("y ~ t*C(a)"), typ=2) and wald_test of the interactions with cov_type="HC1".
    @Test func oneDimension() throws {
        let found = try terms([0])
        #expect(found.map(\.name) == ["a"])
        expect(
            found[0], robust: (8.370246494414992, 0.0003083128985574648),
            classical: (9.875301418123989, 7.631794078899152e-05))
    }

    /// anova_lm(ols("y ~ t*C(a)*C(b)"), typ=2); robust: two-way terms without the three-way one, that one with all.
    @Test func twoDimensions() throws {
        let found = try terms([0, 1])
        #expect(found.map(\.name) == ["a", "b", "a x b"])
        expect(
            found[0], robust: (9.27275076963227, 0.0001339743983539793), classical: (11.226366, 2.237867e-05))
        expect(found[1], robust: (0.5277582924001492, 0.46828952385625616), classical: (0.539851, 0.4632496))
        expect(found[2], robust: (1.2398696819508237, 0.2913658072105315), classical: (1.535164, 0.2176387))
        #expect(found[2].robust.numerator == 2 && found[2].robust.denominator == 228)
    }

    /// ols("y ~ t*x"), and "y ~ t*x + C(a) + t:C(a)".
    @Test func slopes() throws {
        let alone = try #require(terms([2]).first { $0.name == "x, linear" })
        expect(
            alone, robust: (2.429983050359496, 0.12037415544955236), classical: (2.469016033979474, 0.11745029846671681)
        )
        let given = try #require(terms([2, 0]).first { $0.name == "x, linear" })
        expect(given, robust: (3.430141635819208, 0.0652870048803517))
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

    /// Under no difference of effects, with unequal variances and shares, the robust test rejects 5% of 2,000 experiments.
    @Test(arguments: [false, true]) func theRobustTestHoldsItsLevel(varies: Bool) throws {
        let replicates = 2000
        let found = try Workers().map(replicates) { replicate -> [Double] in
            var made = SubgroupSample(units: 600, seed: UInt64(replicate + 1), share: 0.2) { _ in 0.5 }
            made.variesPropensity = varies
            let experiment = made.make()
            let by = [2, 3].map { Dimension(experiment, covariate: $0, units: experiment.tune) }
            return try EffectVariance.analyse(experiment, arm: 1, outcome: 0, by: by, units: experiment.tune)
                .terms.prefix(3).map(\.robust.p)
        }
        let rates = (0..<3).map { term in Double(found.count { $0[term] < 0.05 }) / Double(replicates) }
        print("interaction F tests, propensities \(varies ? "vary" : "1:4"): rejected at 5% \(rates)")
        // Four standard errors are 0.0195; robust tests of small cells reject a little too often.
        for rate in rates { #expect(rate > 0.0305 && rate < 0.075) }
    }

    /// statsmodels.stats.multitest.multipletests(method="fdr_bh").
    @Test func falseDiscovery() {
        let adjusted = FalseDiscovery.adjusted([0.01, 0.04, 0.03, 0.005, 0.2, 0.6])
        #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.03, 0.24, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(FalseDiscovery.adjusted([]).isEmpty)
    }
}
