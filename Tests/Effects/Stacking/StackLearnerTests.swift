import Effects
import Experiments
import Foundation
import Runtime
import Statistics
import Testing

@Suite struct StackLearnerTests {
    private let context = RunContext(workers: Workers(count: 2))

    /// A learner that says the same of every unit, whatever the outcomes: what it is held to shows in its weight alone.
    private struct FixedLearner: Learner {
        /// By the first covariate, in the outcome's unit.
        let effect: @Sendable (Float) -> Double

        var capabilities: LearnerCapabilities { LearnerCapabilities() }

        func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
            let models = ContrastModels(
                foldCount: data.foldCount, armCount: 2, outcomeCount: 1, encoding: .empty,
                models: Array(repeating: .constant(0), count: data.foldCount))
            return LearnedEffects(
                models: .pairs(models),
                estimates: EffectEstimates(
                    armCount: 2, outcomeCount: 1,
                    columns: [data.columns[0].map { Float(effect($0) / data.outcomes[0].scale) }]))
        }
    }

    /// Counts how often it is fitted.
    private struct CountedLearner: Learner {
        let fits = Counter()

        var capabilities: LearnerCapabilities { LearnerCapabilities() }

        func effects(_ data: TrainingData, nuisances: Nuisances, context: RunContext) throws -> LearnedEffects {
            _ = fits.next()
            return try FixedLearner { Double($0) }.effects(data, nuisances: nuisances, context: context)
        }
    }

    private static func steep(seed: UInt64) -> Experiment {
        SimulatedExperiment(units: 3_000, seed: seed, effect: { _, x in 2 * Double(x[0]) }).make()
    }

    private func fit(_ experiment: Experiment, _ stack: StackLearner) throws -> LearnedEffects {
        let data = TrainingData(experiment)
        let named = NamedLearner("stack", stack)
        return try stack.effects(
            data, nuisances: Nuisances.fit(data, for: [named], context: context), context: context)
    }

    /// The member that is right has nearly all the weight; the opposite has none.
    @Test func theRightMemberIsChosen() throws {
        let stack = StackLearner([
            NamedLearner("right", FixedLearner { 2 * Double($0) }),
            NamedLearner("wrong", FixedLearner { -2 * Double($0) }),
            NamedLearner("shifted", FixedLearner { 2 * Double($0) + 1 }),
        ])
        let found = try fit(Self.steep(seed: 1), stack)
        let members = try #require(found.compositions?.first).members
        #expect(members.map(\.learner) == ["average", "right", "wrong", "shifted"])
        #expect(members[1].low > 0.85 && members[2].high == 0)
        #expect(members[1].weightByResidualLoss > 0.85)
        #expect(abs(members.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
    }

    /// Where the effect is the same for everybody, the average has most of the weight and the stack is nearer the truth than its
    /// members.
    @Test func theAverageWinsWhereNothingDiffers() throws {
        var (own, others) = (0.0, 0.0)
        for seed in 1...UInt64(5) {
            let experiment = SimulatedExperiment(units: 3_000, seed: seed, effect: { _, _ in 0.3 }).make()
            let found = try fit(experiment, StackLearner([.t, .r, .dml]))
            let scale = experiment.outcomes[0].observed.scale
            func pehe(_ estimates: EffectEstimates) -> Double {
                estimates.columns[0].reduce(0) { $0 + pow(scale * Double($1) - 0.3, 2) } / 3_000
            }
            own += pehe(found.estimates)
            others += pehe(try EffectsFit.run(experiment, .dml, context: context).estimates)
        }
        #expect(own < 0.7 * others)
    }

    /// A fold whose treated outcomes stand in the opposite order speaks against the right member, but not in the weights that it is
    /// scored by itself: those hardly move (only by what models of the other folds' units learn of it).
    @Test func outcomesOfAFoldDoNotChooseItsWeights() throws {
        let experiment = Self.steep(seed: 2)
        let reversed = Self.reversing(experiment, fold: 0)
        let stack = StackLearner([NamedLearner("right", FixedLearner { 2 * Double($0) })])
        func weights(_ experiment: Experiment) throws -> [Double] {
            let data = TrainingData(experiment)
            let nuisances = try Nuisances.fit(
                data, for: [NamedLearner("stack", stack)], models: .armMeans, context: context)
            guard
                case .pairs(let models)? = try stack.effects(data, nuisances: nuisances, context: context).models
            else { return [] }
            return models.models.map { model in
                guard case .stack(let stack)? = model else { return 0 }
                return stack.parts.first { $0.learner == "right" }?.weight ?? 0
            }
        }
        let (before, after) = (try weights(experiment), try weights(reversed))
        #expect(before.count == 5 && before.allSatisfy { $0 > 0.9 })
        #expect(abs(after[0] - before[0]) < 0.01)
        for fold in 1..<5 { #expect(before[fold] - after[fold] > 0.05) }
    }

    /// The outcomes of the treated units of a fold in the opposite order of their first covariate: the arm's sum stays.
    private static func reversing(_ experiment: Experiment, fold: Int) -> Experiment {
        let column = experiment.outcomes[0].observed
        var values = experiment.assignment.indices.map { column.value($0) }
        let folds = experiment.splitRule.folds(experiment.units.keys)
        let x = experiment.covariates[0].values
        let units = folds.indices.filter { Int(folds[$0]) == fold && experiment.assignment[$0] == 1 }
        for (low, high) in zip(units.sorted { x[$0] < x[$1] }, units.sorted { x[$0] > x[$1] }) {
            values[low] = column.value(high)
        }
        return experiment.replacing(outcome: ScaledColumn(values))
    }

    /// Threads change nothing.
    @Test func threadsDoNotMatter() throws {
        let experiment = SimulatedExperiment(
            units: 1_500, shares: [2, 1, 1], seed: 3, missing: 0.1, levels: 3,
            effect: { arm, x in Double(arm) * (x[0] > 0 ? 1 : 0) }
        ).make(outcomes: 2)
        let data = TrainingData(experiment)
        let named = NamedLearner("stack", StackLearner([.t, .x, .r, .dml], small: [.forest]))
        let one = RunContext(workers: Workers(count: 1))
        let many = RunContext(workers: Workers(count: 3))
        let (a, b) = (
            try EffectsFit.run(data, learner: named, context: one),
            try EffectsFit.run(data, learner: named, context: many)
        )
        #expect(a.models == b.models)
        #expect(a.estimates.columns == b.estimates.columns)
        // What is kept and exported gives the very effects of the fit.
        let models = try #require(a.models)
        let kept = try JSONDecoder().decode(EffectModels.self, from: JSONEncoder().encode(models))
        #expect(kept == models)
        #expect(
            try kept.estimates(data.columns, folds: data.folds, context: one).columns == a.estimates.columns)
    }

    /// Beside its members, the stack fits none of their models again.
    @Test func membersAreFittedOnce() throws {
        let data = TrainingData(Self.steep(seed: 4))
        let counted = CountedLearner()
        let learners = [
            NamedLearner("counted", counted),
            NamedLearner("stack", StackLearner([NamedLearner("counted", counted)])),
        ]
        let nuisances = try Nuisances.fit(data, for: learners, context: context)
        let found = try learners.effects(data, nuisances: nuisances, context: context)
        #expect(counted.fits.next() == 2)
        #expect(found[0].compositions == nil && found[1].compositions?.count == 1)
    }
}
