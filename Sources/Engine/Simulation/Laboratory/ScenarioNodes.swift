import Experiments
import Runtime
import Texts

/// The nodes of a scenario's graph as a file gives them, in an order in which each comes after those it depends on.
struct ScenarioNodes {
    let ordered: [LaboratoryScenario.Node]
    /// Whether a node's noise, or that of a node it depends on, grows with W.
    private let growsWithLevel: [Bool]

    /// - Parameter place: of the mapping from names to nodes; their order in the file does not matter.
    /// - Throws: `EspalierError` (.data): a term of an unknown node, a cycle, no observed node, an observed node whose values
    ///   would depend on W.
    init(_ place: SpecNode) throws {
        let entries = try place.named().map { name, key, value in
            (name: name, key: key, mapping: try value.mapping(keys: ["observed", "terms", "noise"]))
        }
        let names = entries.map(\.name)
        for entry in entries where entry.name == "1" || entry.name.contains(where: { "*^ ".contains($0) }) {
            throw entry.key.error(
                "\(DisplayText.quoted(entry.name)) cannot name a node",
                remedy: "use letters and digits: 1, * and ^ stand for the constant, products and squares")
        }
        let parents = try entries.map { entry in
            try entry.mapping["terms"].map { place in
                try place.named().flatMap { key, keyPlace, _ in
                    try Self.factors(key, keyPlace, names: names)
                }
            } ?? []
        }
        let order = try Self.order(parents, names: names) { entries[$0].key }
        var grows: [Bool] = []
        var ordered: [LaboratoryScenario.Node] = []
        for index in order {
            let entry = entries[index]
            let noise = try entry.mapping["noise"].map { try Self.noise($0) } ?? ScenarioNoise(fixed: 0, perLevel: 0)
            let isObserved = try entry.mapping["observed"].map { try $0.choice(Answer.self) } != .no
            let terms = try entry.mapping["terms"].map { try Self.terms($0, names: order.map { names[$0] }) } ?? []
            let depends = noise.perLevel > 0 || terms.contains { $0.factors.contains { grows[$0] } }
            if isObserved, depends {
                throw entry.key.error(
                    "\(entry.name) is a covariate but would change with the noise level",
                    remedy: "write observed: no, or noise without W")
            }
            grows.append(depends)
            ordered.append(
                LaboratoryScenario.Node(name: entry.name, isObserved: isObserved, terms: terms, noise: noise))
        }
        guard ordered.contains(where: \.isObserved) else {
            throw place.error("no node is observed", remedy: "methods need a covariate: leave observed: no out")
        }
        self.ordered = ordered
        growsWithLevel = grows
    }

    private enum Answer: String, CaseIterable {
        case yes, no
    }

    /// The terms of an outcome, or of what an arm adds to it.
    func terms(_ place: SpecNode, areEffects: Bool = false) throws -> [ScenarioTerm] {
        let terms = try Self.terms(place, names: ordered.map(\.name))
        if areEffects, terms.contains(where: { $0.factors.contains { growsWithLevel[$0] } }) {
            throw place.error(
                "an effect depends on a node that changes with the noise level",
                remedy: "let effects depend on other nodes, so that the truth is one at every level")
        }
        return terms
    }

    /// - Parameter names: of the nodes, in the order that the terms' factors count by.
    private static func terms(_ place: SpecNode, names: [String]) throws -> [ScenarioTerm] {
        try place.named().map { key, keyPlace, value in
            ScenarioTerm(coefficient: try value.number(), factors: try factors(key, keyPlace, names: names))
        }
    }

    /// `1`, `A`, `A^2` or `A*B` as indices into `names`.
    private static func factors(_ key: String, _ place: SpecNode, names: [String]) throws -> [Int] {
        if key == "1" { return [] }
        let parts: [String]
        if key.hasSuffix("^2") {
            parts = Array(repeating: String(key.dropLast(2)), count: 2)
        } else {
            parts = key.split(separator: "*", omittingEmptySubsequences: false).map {
                String($0).trimmingSpaces
            }
        }
        guard parts.count <= 2 else {
            throw place.error(
                "the term \(DisplayText.quoted(key)) has \(parts.count) factors", remedy: "a term has one or two nodes")
        }
        return try parts.map { part in
            if let index = names.firstIndex(of: part) { return index }
            throw place.error(
                "the term \(DisplayText.quoted(key)) names no node",
                remedy: NearestName.hint(part, among: names) ?? "the nodes are \(names.joined(separator: ", "))")
        }
    }

    /// `2`, `1.5 W` or `2 + 1.5 W`.
    static func noise(_ place: SpecNode) throws -> ScenarioNoise {
        let text = try place.text()
        let parts = text.split(separator: "+", omittingEmptySubsequences: false).map { String($0).trimmingSpaces }
        var (fixed, perLevel) = (0.0, 0.0)
        for part in parts {
            let grows = part.hasSuffix("W")
            guard let number = Double(grows ? String(part.dropLast()).trimmingSpaces : part), number >= 0,
                number.isFinite, parts.count <= 2
            else {
                throw place.error(
                    "\(DisplayText.quoted(text)) is no noise",
                    remedy: "write a standard deviation: 2, 1.5 W or 2 + 1.5 W")
            }
            if grows { perLevel += number } else { fixed += number }
        }
        return ScenarioNoise(fixed: fixed, perLevel: perLevel)
    }

    /// Kahn's order, the first node of the file first where several could follow.
    private static func order(_ parents: [[Int]], names: [String], place: (Int) -> SpecNode) throws -> [Int] {
        var order: [Int] = []
        var isPlaced = parents.map { _ in false }
        while order.count < parents.count {
            guard
                let next = parents.indices.first(where: { node in
                    !isPlaced[node] && parents[node].allSatisfy { isPlaced[$0] }
                })
            else {
                let cycle = Self.cycle(parents, isPlaced)
                throw place(cycle[0]).error(
                    "the nodes depend on themselves: \((cycle + [cycle[0]]).map { names[$0] }.joined(separator: " on "))",
                    remedy: "take one of the terms out")
            }
            isPlaced[next] = true
            order.append(next)
        }
        return order
    }

    /// Nodes of which each depends on the next, and the last on the first.
    private static func cycle(_ parents: [[Int]], _ isPlaced: [Bool]) -> [Int] {
        var path: [Int] = []
        var node = isPlaced.firstIndex(of: false) ?? 0
        while !path.contains(node) {
            path.append(node)
            node = parents[node].first { !isPlaced[$0] } ?? node
        }
        return Array(path[(path.firstIndex(of: node) ?? 0)...])
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
