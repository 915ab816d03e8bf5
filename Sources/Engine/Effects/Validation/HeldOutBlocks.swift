import Experiments
import Runtime

/// The tune units as a sequence of blocks, each a fold or several, and what learners say of every block from those before.
struct HeldOutBlocks: Sendable {
    /// Units of each block, ascending.
    let units: [[Int]]

    /// - Parameter folds: of the tune units.
    init(folds: [UInt8], foldCount: Int) {
        let count = min(foldCount, HeterogeneityTest.maximumBlocks)
        var units = [[Int]](repeating: [], count: count)
        for (unit, fold) in folds.enumerated() { units[Int(fold) * count / foldCount].append(unit) }
        self.units = units
    }

    var count: Int { units.count }

    /// The test of every learner, arm and outcome: per learner at (arm - 1) * outcomes + outcome.
    ///
    /// Supplied effects are not trained, so that each block is judged as it is supplied.
    static func tests(
        _ experiment: Experiment, learners: [LearnerSpec], blocks: HeldOutBlocks, context: RunContext,
        step: (LearnerSpec, Int) -> Void
    ) throws -> [[HeterogeneityTest]] {
        let outcomes = experiment.outcomes.count
        let pairCount = (experiment.arms.count - 1) * outcomes
        var found = [[[HeterogeneityTest.Block]]](
            repeating: [[HeterogeneityTest.Block]](repeating: [], count: pairCount), count: learners.count)
        for block in blocks.units.indices.dropFirst() {
            let training = blocks.units[0..<block].flatMap { $0 }.sorted()
            let trial = experiment.trial(training: training, heldOut: blocks.units[block])
            let nuisances = try Nuisances.fit(trial, for: learners, context: context)
            let scores = (0..<pairCount).map { pair in
                TestScores(
                    trial, nuisances: nuisances, arm: pair / outcomes + 1, outcome: pair % outcomes,
                    units: trial.confirm)
            }
            for (index, learner) in learners.enumerated() {
                step(learner, block)
                let fit = try EffectsFit.run(trial, learner: learner, nuisances: nuisances, context: context)
                for pair in 0..<pairCount {
                    let effects = fit.estimates.column(arm: pair / outcomes + 1, outcome: pair % outcomes)
                    found[index][pair].append(
                        HeterogeneityTest.Block(
                            effects: scores[pair].units.map { effects[$0] }, scores: scores[pair].values,
                            weight: Double(block).squareRoot()))
                }
            }
        }
        return found.map { $0.map { HeterogeneityTest($0) } }
    }
}
