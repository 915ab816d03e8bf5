import Foundation

/// A scorer of one policy in plain Python: what its kind and its models need, and nothing else.
package struct ScorerScript {
    /// Every `kind` in the document, of models and of rules.
    private let kinds: Set<String>
    private let policy: [String: Any]

    /// - Throws: what `JSONSerialization` throws for a document that is no JSON.
    package init(_ document: PolicyDocument) throws {
        policy = try JSONSerialization.jsonObject(with: document.json()) as? [String: Any] ?? [:]
        kinds = Self.kinds(in: [policy["effects"], policy["ranking"]].compactMap { $0 })
    }

    private static func kinds(in value: Any) -> Set<String> {
        if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(kinds(in: $1)) } }
        guard let object = value as? [String: Any] else { return [] }
        let own = (object["kind"] as? String).map { Set([$0]) } ?? []
        return object.values.reduce(into: own) { $0.formUnion(kinds(in: $1)) }
    }

    package var text: String { (head + rule + assignment).joined(separator: "\n\n") + "\n" }

    private var explores: Bool { (policy["assignment"] as? [String: Any])?["exploration"] is [String: Any] }

    private var assignment: [String] { [Self.scorer + (explores ? Self.exploring : Self.plain) + Self.main] }

    private var head: [String] {
        let isDigested = (policy["assignment"] as? [String: Any])?["rule"] as? String == "md5"
        return [Self.start, isDigested ? Self.digestedFolds : Self.hashedFolds]
            + (hasFormats ? [Self.formats] : [Self.plainNumbers])
    }

    private var hasFormats: Bool {
        (policy["covariates"] as? [[String: Any]] ?? []).contains { covariate in
            (covariate["text"] as? [String: Any])?.keys.contains { $0 != "missing" } ?? false
        }
    }

    /// The functions of the models, and how they come to an arm.
    private var rule: [String] {
        switch policy["kind"] as? String {
        case "cohort": return [Self.walk, Self.cohort]
        case "ranking":
            let models = Self.rankers.filter { kinds.contains($0.kind) }.map(\.code)
            return [Self.linearScore + models.joined() + "\n    raise ValueError(model[\"kind\"])", Self.ranking]
        default: return effects
        }
    }

    private var effects: [String] {
        guard let effects = policy["effects"] as? [String: Any] else { return [] }
        if effects["learner"] as? String == "columns" { return [Self.suppliedEffects, Self.linear] }
        let models = (effects["models"] ?? effects["effectModels"]) as? [String: Any]
        let isOutcomes = effects["models"] != nil
        let hasTrees = isOutcomes || !kinds.isDisjoint(with: ["boosted", "blend", "difference"])
        let walks = !kinds.isDisjoint(with: ["forest", "rules"])
        let embeds = models?["embedding"] is [String: Any]
        return (hasTrees ? [Self.boosted] : []) + (walks ? [Self.goesLeft] : [])
            + (kinds.contains("forest") ? [Self.forest] : []) + (embeds ? [Self.embedding] : [])
            + (isOutcomes
                ? []
                : [
                    Self.effectStart + Self.effectKinds.filter { kinds.contains($0.kind) }.map(\.code).joined()
                        + "\n    raise ValueError(kind)"
                ])
            + [Self.features(embeds: embeds) + (isOutcomes ? Self.outcomeEffects : Self.contrastEffects), Self.linear]
    }
}
