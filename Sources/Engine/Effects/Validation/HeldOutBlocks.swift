import Runtime

/// The training units as a sequence of blocks, each a fold or several, and what learners say of every block from those before.
struct HeldOutBlocks: Sendable {
    /// Units of each block, ascending.
    let units: [[Int]]

    init(_ data: TrainingData) {
        let count = min(data.foldCount, HeterogeneityTest.maximumBlocks)
        var units = [[Int]](repeating: [], count: count)
        for unit in data.training { units[Int(data.folds[unit]) * count / data.foldCount].append(unit) }
        self.units = units
    }

    var count: Int { units.count }

    /// The test of every learner and contrast: per learner, by `ContrastIndex.position`.
    ///
    /// Supplied effects are not trained, so that each block is tested as it is supplied.
    static func tests(
        _ data: TrainingData, learners: [NamedLearner], nuisances kind: Nuisances.Models, blocks: HeldOutBlocks,
        context: RunContext, step: (NamedLearner, Int) -> Void
    ) throws -> [[HeterogeneityTest]] {
        let contrasts = data.contrasts
        // What learners are combined by is how they predict units that trained others.
        let combines = learners.contains { $0.learner is any CombiningLearner }
        var found = [[[HeterogeneityTest.Block]]](
            repeating: [[HeterogeneityTest.Block]](repeating: [], count: contrasts.count), count: learners.count)
        for block in blocks.units.indices.dropFirst() {
            let training = blocks.units[0..<block].flatMap { $0 }.sorted()
            let trial = data.trial(training: training, heldOut: blocks.units[block], predictsTraining: combines)
            let nuisances = try Nuisances.fit(trial, for: learners, models: kind, context: context)
            let scores = contrasts.map { TestScores(trial, nuisances: nuisances, $0, units: trial.heldOut) }
            let fitted = try learners.effects(trial, nuisances: nuisances, context: context) { step($0, block) }
            for (index, learned) in fitted.enumerated() {
                for (position, scores) in scores.enumerated() {
                    let effects = learned.estimates.column(contrasts[position])
                    found[index][position].append(
                        HeterogeneityTest.Block(
                            effects: scores.units.map { effects[$0] }, scores: scores.values,
                            weight: Double(block).squareRoot()))
                }
            }
        }
        return found.map { $0.map { HeterogeneityTest($0) } }
    }
}
