import Texts

/// The sections of the spec, each from its YAML node.
enum SpecSections {
    static func unit(_ node: SpecNode) throws -> UnitIdentity {
        let column = try node.text()
        return column == "row" ? .row : .column(column)
    }

    static func treatment(_ node: SpecNode) throws -> TreatmentSpec {
        let keys = try node.mapping(keys: [
            "column", "control", "arms", "shares", "plan", "propensities", "trim", "others",
        ])
        try keys.atMostOne(of: ["shares", "propensities"])
        let control = try keys.required("control").text()
        let arms = try keys["arms"].map { list in
            let arms = try distinct(list, what: "arm")
            guard arms.count >= 2 else { throw list.error("\(list.name) needs at least two arms") }
            guard arms.count <= ExperimentLimits.arms else {
                throw list.error(
                    "\(list.name) has \(arms.count) arms, more than the limit of \(ExperimentLimits.arms)",
                    remedy: "compare fewer, and leave units of the others out with others: drop")
            }
            guard arms.contains(control) else {
                throw list.error(
                    "the control \(DisplayText.quoted(control)) is not among the arms",
                    remedy: NearestName.hint(control, among: arms) ?? "add it to \(list.name)")
            }
            return arms
        }
        var assignment = AssignmentSpec.equalShares
        if let list = keys["shares"] {
            let shares = try list.list().map { item in
                let share = try item.number()
                guard share > 0 else {
                    throw item.error("\(item.name) is \(item.node.scalar?.string ?? ""), and a share must be above 0")
                }
                return share
            }
            try matchArms(list, count: shares.count, arms: arms)
            assignment = .shares(shares)
        } else if let word = keys["propensities"], !word.isList {
            guard try word.text() == "estimate" else {
                throw word.error(
                    "\(word.name) must be a list of columns, or estimate where the arms were not randomised",
                    remedy: "write [column, column] or estimate")
            }
            assignment = .estimated(trim: try keys["trim"].map { try trim($0, armCount: arms?.count ?? 2) })
        } else if let list = keys["propensities"] {
            let columns = try distinct(list, what: "propensity column")
            try matchArms(list, count: columns.count, arms: arms)
            assignment = .propensities(columns)
        }
        if let stray = keys["trim"], assignment.isRandomised {
            throw stray.error("\(stray.name) goes with propensities: estimate only", remedy: "remove it")
        }
        if let others = keys["others"], arms == nil {
            throw others.error("\(others.name) has no arms to go with", remedy: "list the arms to compare under arms")
        }
        return TreatmentSpec(
            column: try keys.required("column").text(), control: control, arms: arms, assignment: assignment,
            planIsUnknown: try keys["plan"].map { try unknownPlan($0, assignment) },
            others: try keys["others"]?.choice(OthersRule.self))
    }

    /// `plan: unknown` beside shares that were counted.
    private static func unknownPlan(_ node: SpecNode, _ assignment: AssignmentSpec) throws -> Bool {
        guard try node.text() == "unknown" else {
            throw node.error(
                "\(node.name) can only be unknown", remedy: "remove it where the shares are the planned ones")
        }
        guard case .shares = assignment else {
            throw node.error("\(node.name) goes with shares only", remedy: "remove it")
        }
        return true
    }

    private static func trim(_ node: SpecNode, armCount: Int) throws -> Double {
        let limit = try node.number()
        guard limit >= 0, limit < 1 / Double(armCount) else {
            throw node.error(
                "\(node.name) is \(limit), and no unit can have every arm with a probability above 1/\(armCount)",
                remedy: "write a limit such as \(EstimatedPropensity.standardLimit(armCount: armCount))")
        }
        return limit
    }

    private static func matchArms(_ list: SpecNode, count: Int, arms: [String]?) throws {
        guard let arms else {
            throw list.error("\(list.name) has no arms to go with", remedy: "list treatment.arms in the same order")
        }
        guard count == arms.count else {
            throw list.error(
                "\(list.name) has \(count) entries for \(arms.count) arms", remedy: "give one for each arm")
        }
    }

    private static func distinct(_ list: SpecNode, what: String) throws -> [String] {
        var seen: Set<String> = []
        return try list.list().map { item in
            let text = try item.text()
            guard seen.insert(text).inserted else {
                throw item.error("the \(what) \(DisplayText.quoted(text)) is listed twice", remedy: "remove one")
            }
            return text
        }
    }

    static func covariates(_ node: SpecNode) throws -> [CovariateSpec] {
        var seen: Set<String> = []
        return try node.list().map { item in
            var covariate: CovariateSpec
            if item.isMapping {
                let keys = try item.mapping(keys: ["column", "kind", "text"])
                covariate = CovariateSpec(column: try keys.required("column").text())
                covariate.kind = try keys["kind"]?.choice(CovariateKind.self)
                covariate.text = try keys["text"].map { try covariateText($0, kind: covariate.kind) }
            } else {
                covariate = CovariateSpec(column: try item.text())
            }
            guard seen.insert(covariate.column).inserted else {
                throw item.error(
                    "the covariate \(DisplayText.quoted(covariate.column)) is listed twice", remedy: "remove one")
            }
            return covariate
        }
    }

    static func splits(_ node: SpecNode) throws -> SplitSpec {
        let keys = try node.mapping(keys: ["seed", "confirm", "folds", "rule"])
        var splits = SplitSpec()
        if let seed = keys["seed"] { splits.seed = try seed.integer(in: 0...UInt64.max) }
        if let confirm = keys["confirm"] {
            splits.confirm = try confirm.number()
            guard (0...0.9).contains(splits.confirm) else {
                throw confirm.error("\(confirm.name) must be a share from 0 to 0.9 but is \(splits.confirm)")
            }
        }
        if let folds = keys["folds"] { splits.folds = try folds.integer(in: 2...20) }
        if let rule = try keys["rule"]?.choice(SplitHash.self), rule != .hash { splits.rule = rule }
        return splits
    }
}
