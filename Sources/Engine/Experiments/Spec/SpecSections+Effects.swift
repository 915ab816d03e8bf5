import Texts

extension SpecSections {
    /// Whether a spec says by name that effects are to be those of a learner which sees units, as all do but trees.
    static func namesLearnerOfUnits(_ node: SpecNode?) throws -> Bool {
        guard let named = try node?.named().first(where: { $0.0 == "learner" }) else { return false }
        return ![.tree, .cohorts].contains(try named.2.choice(LearnerName.self))
    }

    static func effects(
        _ node: SpecNode, treatment: TreatmentSpec, outcomes: [OutcomeSpec]
    ) throws -> EffectsSpec {
        let keys = try node.mapping(keys: [
            "learner", "pool", "base", "columns", "nuisance", "minimumLeaf", "outcomeModels", "effectModels", "trees",
        ])
        let learner = try keys["learner"]?.choice(LearnerName.self) ?? .t
        var effects = EffectsSpec()
        effects.minimumLeaf = try keys["minimumLeaf"]?.integer(in: 2...1_000_000_000)
        effects.outcomeModels = try keys["outcomeModels"].map(boosting)
        effects.effectModels = try keys["effectModels"].map(boosting)
        if let stray = keys["effectModels"], !learner.hasEffectModels {
            throw stray.error(
                "\(stray.name) goes with the learners x, r, dr, hybrid and stack only",
                remedy: "set one of them, or remove it")
        }
        effects.trees = try keys["trees"]?.integer(in: 2...10_000)
        if let stray = keys["trees"], ![.forest, .stack].contains(learner) {
            throw stray.error(
                "\(stray.name) goes with the learners forest and stack only", remedy: "set one of them, or remove it")
        }
        if let stray = keys["pool"] ?? keys["base"], learner != .pooled {
            throw stray.error(
                "\(stray.name) goes with learner: pooled only", remedy: "set learner: pooled or remove it")
        }
        if let fitted = try learner == .pooled ? pooled(keys) : learner.fitted {
            if let stray = keys["columns"] ?? keys["nuisance"] {
                throw stray.error(
                    "\(stray.name) goes with learner: columns only", remedy: "set learner: columns or remove it")
            }
            effects.learner = fitted
            return effects
        }
        let columns = try suppliedColumns(
            keys.required("columns"), treatment: treatment, outcomes: outcomes.map(\.name))
        let nuisance = try keys["nuisance"]?.choice(NuisanceSpec.self) ?? .armMean
        if nuisance == .armMean, let stray = keys["outcomeModels"] {
            throw stray.error(
                "\(stray.name) has no model to go with: supplied effects come with arm means",
                remedy: "set nuisance: t, or remove it")
        }
        effects.learner = .columns(columns, nuisance: nuisance)
        return effects
    }

    private static func pooled(_ keys: SpecMapping) throws -> LearnerSpec {
        if let base = keys["base"], try base.text() == "x" {
            throw base.error(
                "x is t itself where all models are linear in what the pool has learned",
                remedy: "set base: t, r or dr")
        }
        return .pooled(pool: try keys.required("pool").text(), base: try keys["base"]?.choice(PooledBase.self))
    }

    private enum LearnerName: String, CaseIterable {
        case s, t, x, r, dr, dml, hybrid, tree, cohorts, forest, stack, pooled, columns
        case tForest = "t-forest"

        var hasEffectModels: Bool { [.x, .r, .dr, .hybrid, .stack].contains(self) }

        /// nil for those that need more than the experiment.
        var fitted: LearnerSpec? {
            switch self {
            case .s: .s
            case .t: .t
            case .tForest: .tForest
            case .x: .x
            case .r: .r
            case .dr: .dr
            case .dml: .dml
            case .hybrid: .hybrid
            case .tree, .cohorts: .tree
            case .forest: .forest
            case .stack: .stack
            case .pooled, .columns: nil
            }
        }
    }

    private static func shown(_ limit: Double) -> String { limit >= 1e9 ? "1e9" : "\(Int(limit))" }

    private static func boosting(_ node: SpecNode) throws -> BoostingSpec {
        let keys = try node.mapping(keys: [
            "rounds", "depth", "learningRate", "lambda", "minimumChildWeight", "subsample", "columnSample", "patience",
        ])
        func number(_ key: String, above low: Double, upTo high: Double, orLow: Bool = false) throws -> Double? {
            try keys[key].map { item in
                let value = try item.number()
                guard value <= high, value > low || (orLow && value == low) else {
                    let text = item.node.scalar?.string ?? ""
                    let from = orLow ? "from \(shown(low))" : "above \(shown(low))"
                    throw item.error("\(item.name) must be \(from) up to \(shown(high)) but is \(text)")
                }
                return value
            }
        }
        var boosting = BoostingSpec()
        boosting.rounds = try keys["rounds"]?.integer(in: 1...10_000)
        boosting.depth = try keys["depth"]?.integer(in: 1...16)
        boosting.learningRate = try number("learningRate", above: 0, upTo: 1)
        boosting.lambda = try number("lambda", above: 0, upTo: 1e9, orLow: true)
        boosting.minimumChildWeight = try number("minimumChildWeight", above: 0, upTo: 1e9, orLow: true)
        boosting.subsample = try number("subsample", above: 0, upTo: 1)
        boosting.columnSample = try number("columnSample", above: 0, upTo: 1)
        boosting.patience = try keys["patience"]?.integer(in: 0...10_000)
        return boosting
    }

    /// Every arm but control on every outcome: the policies need them all.
    private static func suppliedColumns(
        _ node: SpecNode, treatment: TreatmentSpec, outcomes: [String]
    ) throws -> [String: [String: String]] {
        var columns: [String: [String: String]] = [:]
        for (arm, place, value) in try node.named() {
            if arm == treatment.control {
                throw place.error(
                    "the control needs no effects: they are 0", remedy: "remove \(DisplayText.quoted(arm))")
            }
            if let arms = treatment.arms, !arms.contains(arm) {
                throw place.error(
                    "\(node.name) has effects for the unknown arm \(DisplayText.quoted(arm))",
                    remedy: NearestName.hint(arm, among: arms))
            }
            for (outcome, place, column) in try value.named() {
                guard outcomes.contains(outcome) else {
                    throw place.error(
                        "\(value.name) has effects on the unknown outcome \(DisplayText.quoted(outcome))",
                        remedy: NearestName.hint(outcome, among: outcomes))
                }
                columns[arm, default: [:]][outcome] = try column.text()
            }
            if let missing = outcomes.first(where: { columns[arm]?[$0] == nil }) {
                throw value.error("\(value.name) has no column for the outcome \(DisplayText.quoted(missing))")
            }
        }
        if let missing = treatment.arms?.first(where: { $0 != treatment.control && columns[$0] == nil }) {
            throw node.error("\(node.name) has no columns for the arm \(DisplayText.quoted(missing))")
        }
        return columns
    }
}
