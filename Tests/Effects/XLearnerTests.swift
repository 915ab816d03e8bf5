import Effects
import Experiments
import Foundation
import Runtime
import Testing

/// Whose effects each half of the X-learner models, and how the halves are blended.
@Suite struct XLearnerTests {
    private let context = RunContext(workers: Workers(count: 1))

    private func blends(_ experiment: Experiment, outcome: Int = 0) throws -> [BlendedEffect] {
        let fit = try EffectsFit.run(experiment, .x, context: context)
        guard case .pairs(let models) = try #require(fit.models) else { return [] }
        return try models.models.map { model in
            guard case .blend(let blend) = model else { throw EspalierError(.internal, "no blend") }
            return blend
        }
    }

    /// share x control + (1 - share) x treated; a share that a model puts outside 0...1 is taken back to its end.
    @Test(arguments: [(0.25, 2.5), (0, 3), (1, 1), (-0.5, 3), (1.5, 1)]) func theBlend(share: Double, effect: Float)
        throws
    {
        let json = """
            {"control":{"base":1,"trees":[]},"treated":{"base":3,"trees":[]},"share":{"base":\(share),"trees":[]}}
            """
        let blend = try JSONDecoder().decode(BlendedEffect.self, from: Data(json.utf8))
        let models = ContrastModels(
            foldCount: 1, armCount: 2, outcomeCount: 1,
            encoding: FeatureEncoding(
                covariates: [Covariate(name: "x", encoding: .numeric(centre: 0), values: [0, 1])], counting: 0..<2),
            models: [.blend(blend)])
        let estimates = try models.estimates([[0, 1]], folds: [0, 0], context: context)
        #expect(estimates.columns == [[effect, effect]])
    }

    /// The share is the arm's within the pair: 3 of 4 and 1 of 2 where the plan is 1 : 3 : 1.
    @Test func theShareIsTheArmsWithinThePair() throws {
        let made = SimulatedExperiment(units: 1_000, covariates: 1, shares: [1, 3, 1]).make()
        let blends = try blends(made)
        #expect(blends.count == 10)
        for (index, blend) in blends.enumerated() {
            let share = Float(index.isMultiple(of: 2) ? 0.75 : 0.5)
            #expect(abs(blend.share.base - share) < 1e-6 && blend.share.trees.isEmpty)
        }
    }

    /// x = 1 is seen in control alone, where the outcome is -9 instead of 0; the arm has 1 throughout. So the effects
    /// imputed on control units are 10 at x = 1 and 1 elsewhere, and those on the arm's units know nothing of x.
    @Test func eachHalfModelsTheEffectsOfItsOwnUnits() throws {
        let base = SimulatedExperiment(units: 4_000, covariates: 1).make()
        let isOdd = (0..<base.unitCount).map { base.assignment[$0] == 0 && $0.isMultiple(of: 3) }
        let made = base.replacing(
            outcome: ScaledColumn(
                isOdd.indices.map { isOdd[$0] ? -9 : base.assignment[$0] == 1 ? 1 : 0 }),
            covariates: [
                Covariate(name: "x", encoding: .numeric(centre: 0), values: isOdd.map { $0 ? 1 : 0 })
            ])
        let scale = Float(made.outcomes[0].observed.scale)
        for blend in try blends(made) {
            func effects(_ model: BoostedModel) -> [Float] {
                model.predict(features: [0, 1], width: 1, rows: 2).map { $0 * scale }
            }
            let (control, treated) = (effects(blend.control), effects(blend.treated))
            #expect(abs(control[0] - 1) < 0.2 && abs(control[1] - 10) < 0.6)
            #expect(treated[0] == treated[1])
        }
    }
}
