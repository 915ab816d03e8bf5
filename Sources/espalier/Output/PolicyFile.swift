import Experiments
import Foundation
import Policies
import Runtime
import Studies

/// Policy files on disk, plain or gzipped.
enum PolicyFile {
    /// - Throws: `EspalierError`: cannot be opened, not JSON, something missing.
    static func read(_ path: String) throws -> PolicyDocument {
        try PolicyDocument(file: path)
    }

    static func write(_ document: PolicyDocument, to path: String?) throws {
        let json = try document.json()
        try Output.write(path?.hasSuffix(".gz") == true ? Data(Gzip.compress([UInt8](json))) : json, to: path)
    }

    /// The policy of a document on a study's units.
    /// - Returns: the policy, and the weights that choose the best single arm.
    /// - Throws: `EspalierError` (.data) where arms, outcomes or covariates differ.
    static func policy(
        _ document: PolicyDocument, of study: Study, file: String, context: RunContext
    ) throws -> (policy: Policy, weights: [Double]) {
        let space = study.space
        guard document.arms == space.arms, document.outcomes.map(\.name) == space.outcomes.map(\.name) else {
            throw EspalierError(
                .data, "the policy's arms or outcomes are not the study's", file: file,
                remedy: "evaluate it on a study of the same experiment")
        }
        switch document.rule {
        case .linear(let rule):
            let policy = LinearPolicy(
                weights: space.outcomes.map { rule.weights[$0.name] ?? 0 },
                biases: space.arms.map { rule.biases[$0] ?? 0 })
            return (.linear(policy), space.outcomes.map { rule.knobs.weights[$0.name] ?? 0 })
        case .cohort(let rule):
            let policy = try study.policy(document, cohorts: rule, file: file, context: context)
            return (.cohort(policy), PolicyKnobs.start(in: space).weights)
        case .ranking(let rule):
            let policy = try study.policy(document, ranking: rule, file: file, context: context)
            return (.ranking(policy), PolicyKnobs.start(in: space).weights)
        }
    }

    /// The knobs of a linear policy's document in a study's space: those that the analyst turned where they still make its
    /// weights and biases, else the weights and biases themselves, for another fit has other average effects.
    /// - Throws: `EspalierError` (.data) where arms or outcomes differ, or no knobs make its policy.
    static func knobs(
        _ document: PolicyDocument, of study: Study, file: String, context: RunContext
    ) throws -> PolicyKnobs {
        let space = study.space
        guard case .linear(let rule) = document.rule,
            let policy = try policy(document, of: study, file: file, context: context).policy.linear
        else {
            throw EspalierError(
                .data, "the policy \(Self.deed(document)), and no knobs make it", file: file,
                remedy: document.rule.kind == .ranking
                    ? "rank with `espalier rank STUDY --budget share:0.2 --add`"
                    : "allocate them with `espalier allocate STUDY --add`")
        }
        let names = space.outcomes.map(\.name)
        let turned = PolicyKnobs(
            weights: names.map { rule.knobs.weights[$0] ?? 0 },
            biases: space.arms.map { rule.knobs.biases[$0] ?? 0 },
            shrinkage: names.map { rule.knobs.shrinkage[$0] ?? 0 })
        if LinearPolicy(turned, in: space) == policy { return turned }
        let plain = PolicyKnobs(
            weights: policy.weights, biases: policy.biases, shrinkage: names.map { _ in 0 })
        guard policy.weights[0] == 1 else {
            throw EspalierError(
                .data, "no knobs of this study make the file's policy, which gives \(names[0]) no weight", file: file,
                remedy: "evaluate it with `espalier evaluate --policy`, or add it to the study it was exported from")
        }
        return plain
    }

    private static func deed(_ document: PolicyDocument) -> String {
        document.rule.kind == .ranking ? "targets by a ranking" : "allocates cohorts"
    }
}
