import Runtime
import Simulation
import Studies

extension WorkKind {
    static let laboratory = WorkKind("laboratory", rank: 6, words: "the comparison")
}

extension ResultKey where Value == LaboratorySummary? {
    /// The answer that the study keeps; nil until the laboratory was asked.
    package static var laboratory: ResultKey { ResultKey("laboratory") }
}

extension ResultKey where Value == [LaboratoryState.World: LaboratorySummary] {
    /// The last answer of every scenario, which no study keeps.
    package static var scenarioAnswers: ResultKey { ResultKey("scenario answers", initial: [:]) }
}

extension CompareMethods: WorkbenchOperation {
    package static var work: WorkKind { .laboratory }

    package func take(_ found: Found, in state: inout WorkbenchState) -> [Work] {
        state.results[.laboratory] = found.answer.summary
        state.laboratory.row = 0
        state.message = ""
        return []
    }
}

/// The same comparison in a bundled scenario: it concerns no study, and none keeps it.
struct CompareInScenario: WorkbenchTask {
    /// Units of an arm unless others are asked for, as in the published figures.
    static let usualUnits = 500

    private let world: LaboratoryState.World
    private let noise: Double
    private let comparison: CompareMethods

    init(_ world: LaboratoryState.World, noise: Double, _ comparison: CompareMethods) {
        self.world = world
        self.noise = noise
        self.comparison = comparison
    }

    static var work: WorkKind { .laboratory }

    func run(_ context: RunContext) throws -> LaboratorySummary {
        guard let scenario = try LaboratoryScenario.bundled(world.rawValue) else {
            throw EspalierError(.internal, "there is no scenario \(world.rawValue)")
        }
        let found = try LaboratoryComparison(
            scenario, noise: [noise], unitsPerArm: comparison.units ?? Self.usualUnits,
            replicates: comparison.replicates, seed: comparison.seed, methods: comparison.methods, context: context)
        return try LaboratorySummary(found, of: scenario)
    }

    func take(_ summary: LaboratorySummary, in state: inout WorkbenchState) -> [Work] {
        state.results[.scenarioAnswers][world] = summary
        state.laboratory.row = 0
        state.message = ""
        return []
    }
}
