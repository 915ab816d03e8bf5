import Experiments
import Runtime
import Texts

extension LaboratoryScenario {
    /// Reads a scenario from a file.
    /// - Throws: `EspalierError` (.noInput, .data) with the file and line of what is wrong.
    package init(reading path: String) throws {
        try self.init(yaml: SpecText.read(path), file: path)
    }

    /// - Parameters:
    ///   - yaml: arms, nodes and outcomes, as `espalier lab --show 1` prints them.
    ///   - file: named in errors.
    /// - Throws: `EspalierError` (.data).
    package init(yaml: String, file: String) throws {
        let root = try SpecText.compose(
            yaml, file: file, name: "the scenario", remedy: "start from what `espalier lab --show 1` prints")
        let mapping = try root.mapping(keys: ["name", "arms", "nodes", "outcomes"])
        let arms = try mapping.required("arms").list().map { try $0.text() }
        let armPlace = try mapping.required("arms")
        guard arms.count >= 2, arms.count <= 64, Set(arms).count == arms.count else {
            throw armPlace.error("a scenario has 2 to 64 different arms, control first", remedy: "list them once each")
        }
        let nodes = try ScenarioNodes(mapping.required("nodes"))
        let outcomePlace = try mapping.required("outcomes")
        let outcomes = try outcomePlace.named().map { name, _, place in
            try Self.outcome(name, place, arms: arms, nodes: nodes)
        }
        do {
            try self.init(
                name: mapping["name"].map { try $0.text() } ?? file, arms: arms, nodes: nodes.ordered,
                outcomes: outcomes)
        } catch let error as EspalierError {
            throw outcomePlace.error(error.message, remedy: error.remedy)
        }
    }

    private enum Aim: String, CaseIterable {
        case maximize, minimize
    }

    private static func outcome(
        _ name: String, _ place: SpecNode, arms: [String], nodes: ScenarioNodes
    ) throws -> Outcome {
        let mapping = try place.mapping(keys: ["direction", "limit", "terms", "noise", "effects"])
        let given = try mapping.required("effects").mapping(keys: Array(arms.dropFirst()))
        let effects = try arms.dropFirst().map { arm -> [ScenarioTerm] in
            guard let terms = given[arm] else {
                throw given.place.error(
                    "\(name) has no effect of \(DisplayText.quoted(arm))",
                    remedy: "add \(arm): {1: 0} where it has none")
            }
            return try nodes.terms(terms, areEffects: true)
        }
        return Outcome(
            name: name, sign: try mapping["direction"].map { try $0.choice(Aim.self) } == .minimize ? -1 : 1,
            limit: try mapping["limit"]?.number(), terms: try nodes.terms(mapping.required("terms")),
            noise: try mapping["noise"].map { try ScenarioNodes.noise($0) } ?? ScenarioNoise(fixed: 0, perLevel: 0),
            effects: effects)
    }
}
