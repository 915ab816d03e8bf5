import Texts

extension SpecSections {
    static func outcomes(_ node: SpecNode, treatment: TreatmentSpec) throws -> [OutcomeSpec] {
        var seen: Set<String> = []
        return try node.list().flatMap { item in
            let outcomes = try levels(of: outcome(item, treatment: treatment), item)
            for outcome in outcomes {
                guard seen.insert(outcome.name).inserted else {
                    throw item.error(
                        "the outcome \(DisplayText.quoted(outcome.name)) is listed twice", remedy: "rename one")
                }
            }
            return outcomes
        }
    }

    /// An outcome for each level that is named under `levels`; without that the outcome itself.
    private static func levels(of outcome: OutcomeSpec, _ node: SpecNode) throws -> [OutcomeSpec] {
        guard let levels = try node.mapping(keys: outcomeKeys)["levels"] else { return [outcome] }
        guard case .column(let column) = outcome.source, outcome.preperiod == nil else {
            throw levels.error(
                "\(levels.name) breaks down one column",
                remedy: "remove from, ratio, surrogate and preperiod, or levels")
        }
        return try levels.list().map { level in
            var own = outcome
            own.name = LevelColumn(column: outcome.name, level: try level.text()).name
            own.source = .column(LevelColumn(column: column, level: try level.text()).name)
            return own
        }
    }

    private static let outcomeKeys = [
        "name", "direction", "column", "from", "ratio", "armCost", "threshold", "missing", "winsorize", "preperiod",
        "text", "levels", "surrogate",
    ]

    private static func outcome(_ node: SpecNode, treatment: TreatmentSpec) throws -> OutcomeSpec {
        let keys = try node.mapping(keys: outcomeKeys)
        try keys.atMostOne(of: ["column", "from", "ratio", "surrogate"])
        var outcome = OutcomeSpec(
            name: try keys.required("name").text(), direction: try keys.required("direction").choice(Direction.self))
        if let column = keys["column"] { outcome.source = .column(try column.text()) }
        if let from = keys["from"] {
            outcome.source = .weightedSum(
                Dictionary(uniqueKeysWithValues: try from.named().map { ($0.key, try $0.value.number()) }))
        }
        if let ratio = keys["ratio"] { outcome.source = try self.ratio(ratio) }
        if let node = keys["surrogate"] { outcome.source = .surrogate(try surrogate(node)) }
        for (arm, place, cost) in try keys["armCost"]?.named() ?? [] {
            if let arms = treatment.arms, !arms.contains(arm) {
                throw place.error(
                    "armCost has a cost for the unknown arm \(DisplayText.quoted(arm))",
                    remedy: NearestName.hint(arm, among: arms) ?? "the arms are \(arms.joined(separator: ", "))")
            }
            outcome.armCost[arm] = try cost.number()
        }
        outcome.threshold = try keys["threshold"].map(threshold)
        outcome.missing = try keys["missing"]?.choice(MissingRule.self)
        if let quantile = keys["winsorize"] {
            if case .surrogate = outcome.source {
                throw quantile.error(
                    "\(quantile.name) pulls in an index of surrogates, which would no longer be what the history says",
                    remedy: "remove winsorize")
            }
            let value = try quantile.number()
            guard value > 0.5, value < 1 else {
                throw quantile.error(
                    "\(quantile.name) must be a quantile above 0.5 and below 1 but is \(value)",
                    remedy: "write winsorize: 0.999")
            }
            outcome.winsorize = value
        }
        outcome.preperiod = try keys["preperiod"]?.text()
        outcome.text = try keys["text"].map(numericText)
        return outcome
    }

    /// The outcome that is the cost of the others.
    static func cost(_ node: SpecNode, outcomes: [OutcomeSpec]) throws -> String {
        let written = try node.text()
        let names = outcomes.map(\.name)
        guard names.contains(written) else {
            throw node.error(
                "cost names \(DisplayText.quoted(written)), which is no outcome",
                remedy: NearestName.hint(written, among: names) ?? "the outcomes are \(names.joined(separator: ", "))")
        }
        guard names.count > 1 else {
            throw node.error(
                "the cost \(DisplayText.quoted(written)) is the only outcome, so that nothing is gained for it",
                remedy: "list the outcome that it buys, too")
        }
        return written
    }

    private static func ratio(_ node: SpecNode) throws -> OutcomeSource {
        let pairs = try node.named()
        guard pairs.count == 1, let pair = pairs.first else {
            throw node.error("\(node.name) must be one pair {numerator: denominator}")
        }
        let denominator = try pair.value.text()
        guard denominator != pair.key else {
            throw node.error("\(node.name) divides \(DisplayText.quoted(pair.key)) by itself")
        }
        return .ratio(numerator: pair.key, denominator: denominator)
    }

    private static func threshold(_ node: SpecNode) throws -> Threshold {
        let keys = try node.mapping(keys: ["relative", "absolute"])
        try keys.atMostOne(of: ["relative", "absolute"])
        if let relative = keys["relative"] { return .relative(try relative.number()) }
        if let absolute = keys["absolute"] { return .absolute(try absolute.number()) }
        throw node.error("\(node.name) is empty", remedy: "give relative: or absolute:")
    }
}
