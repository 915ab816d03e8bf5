import Effects
import Experiments
import Foundation
import Runtime

extension PolicyDocument {
    /// The JSON text, keys in order and lines broken, with a final newline.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// Reads and checks a policy file, plain or gzipped.
    /// - Throws: `EspalierError`: cannot be opened, not JSON, something missing.
    package init(file path: String) throws {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw EspalierError(
                .noInput, "the policy cannot be opened", file: path, remedy: "check its name and rights")
        }
        let isGzip = bytes.starts(with: [0x1f, 0x8b])
        try self.init(json: isGzip ? Gzip.inflate(bytes, file: path) : bytes, file: path)
    }

    /// Reads and checks a policy file's JSON.
    /// - Throws: `EspalierError` (.data) that names what is missing or wrong.
    package init(json: Data, file: String) throws {
        let document: PolicyDocument
        do {
            // Another kind or a newer version may hold anything else: that is what there is to say about it.
            if let head = try? JSONDecoder().decode(Head.self, from: json) { try head.check() }
            document = try JSONDecoder().decode(PolicyDocument.self, from: json)
        } catch let error as DecodingError {
            throw EspalierError(
                .data, Self.sentence(error), file: file,
                remedy: Self.remedy)
        } catch let error as EspalierError {
            throw EspalierError(.data, error.message, file: file, remedy: error.remedy ?? Self.remedy)
        }
        do {
            try document.check()
        } catch let error as EspalierError {
            throw EspalierError(.data, error.message, file: file, remedy: error.remedy)
        }
        self = document
    }

    private static let remedy = "export the policy again, or compare the file with `espalier schema policy`"

    static func malformed(_ message: String) -> EspalierError {
        EspalierError(.data, message, remedy: remedy)
    }

    /// What says whether the rest can be read.
    private struct Head: Decodable {
        let kind: String
        let version: Int

        func check() throws {
            guard Policy.Kind(rawValue: kind) != nil else {
                let known = Policy.Kind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
                throw EspalierError(
                    .data, "policy kind \"\(kind)\" is not known",
                    remedy: "this version runs policies of kind \(known)")
            }
            guard (1...PolicyDocument.currentVersion).contains(version) else {
                let known = PolicyDocument.currentVersion
                throw EspalierError(
                    .data,
                    version > known
                        ? "the policy has version \(version), newer than the \(known) known here"
                        : "the policy has version \(version), which there never was",
                    remedy: version > known ? "update espalier" : PolicyDocument.remedy)
            }
        }
    }

    private func check() throws {
        guard version < 2 || selfTest?.isEmpty == false && outcomes.allSatisfy({ $0.centre != nil }) else {
            throw Self.malformed("a policy of version \(version) lacks selfTest, or an outcome's centre")
        }
        guard (2...255).contains(arms.count), Set(arms).count == arms.count else {
            throw Self.malformed("arms must be at least two different names")
        }
        let names = outcomes.map(\.name)
        guard !names.isEmpty, Set(names).count == names.count else {
            throw Self.malformed("outcomes must be at least one, with different names")
        }
        for arm in arms where !(assignment.shares[arm] ?? -1).isFinite || assignment.shares[arm] ?? -1 < 0 {
            throw Self.malformed("assignment.shares lack arm \(arm)")
        }
        guard (0...1).contains(assignment.holdout), (1...255).contains(assignment.foldCount) else {
            throw Self.malformed("assignment.holdout must lie in 0...1 and foldCount in 1...255")
        }
        // A fold has five bits of an MD5 key.
        guard assignment.rule != .md5 || version > Self.exploringVersion && assignment.foldCount < 32 else {
            throw Self.malformed("a policy of the rule md5 has version \(Self.currentVersion) and at most 31 folds")
        }
        if let exploration = assignment.exploration { try check(exploration) }
        for outcome in outcomes where !(outcome.scale.isFinite && outcome.scale > 0) {
            throw Self.malformed("outcome \(outcome.name) has no positive scale")
        }
        for covariate in covariates { _ = try covariate.encoding() }
        switch rule {
        case .linear(let rule): try check(rule)
        case .cohort(let rule): try check(rule)
        case .ranking(let rule): try check(rule)
        }
    }

    private func check(_ entry: ExplorationEntry) throws {
        guard version > Self.plainVersion, assignment.salts.exploration != nil, assignment.salts.explorationArm != nil
        else {
            throw Self.malformed(
                "a policy that explores has version \(Self.exploringVersion) and the salts of its draws")
        }
        let shares = arms.map { entry.shares[$0] ?? 0 }
        guard entry.share > 0, entry.share <= 1, entry.period ?? 1 > 0,
            shares.allSatisfy({ $0 > 0 && $0.isFinite }),
            abs(shares.reduce(0, +) - 1) <= ArmProbabilities.tolerance
        else {
            throw Self.malformed(
                "assignment.exploration needs a share above 0 and up to 1, shares above 0 for every arm, 1 together, and "
                    + "a period above 0")
        }
    }

    private func check(_ rule: CohortRule) throws {
        guard assignment.salts.cohortArm != nil else { throw Self.malformed("assignment.salts lack cohortArm") }
        for cohort in rule.shares.indices
        where !CohortPolicy(rules: "", shares: [rule.shares[cohort]]).fits(armCount: arms.count) {
            throw Self.malformed("the shares of cohort \(cohort + 1) are not from 0 to 1 for every arm, 1 together")
        }
        for tree in rule.rules.trees {
            for node in tree.nodes where node.covariate >= 0 {
                guard covariates.indices.contains(node.covariate) else {
                    throw Self.malformed("a tree reads a covariate that is not listed")
                }
                let isNumeric = covariates[node.covariate].kind == .numeric
                guard node.atMost == nil || isNumeric, node.levels == nil || !isNumeric else {
                    throw Self.malformed(
                        "a tree reads \(covariates[node.covariate].name) as \(isNumeric ? "levels" : "a number")")
                }
            }
        }
    }

    private func check(_ rule: RankingRule) throws {
        let rules = rule.rules
        guard arms.dropFirst().contains(rule.arm) else {
            throw Self.malformed("ranking.arm \(rule.arm) is none of the arms that are compared with control")
        }
        guard rules.threshold.isFinite, (1...255).contains(rules.models.count),
            rules.models.allSatisfy({ $0.reads(featureCount: rules.features.count) })
        else {
            throw Self.malformed("ranking.models do not have a number for every feature")
        }
        for feature in rules.features {
            guard covariates.indices.contains(feature.covariate), feature.centre?.isFinite != false else {
                throw Self.malformed("ranking.features name a covariate that is not listed")
            }
            let covariate = covariates[feature.covariate]
            guard feature.centre == nil || covariate.kind == .numeric,
                feature.level.map({ covariate.levels?.indices.contains(Int($0)) == true }) ?? true
            else {
                throw Self.malformed("ranking.features read \(covariate.name) as what it is not")
            }
        }
    }

    private func check(_ rule: LinearRule) throws {
        let names = outcomes.map(\.name)
        for name in names where rule.weights[name]?.isFinite != true {
            throw Self.malformed("weights lack outcome \(name)")
        }
        for arm in arms where rule.biases[arm]?.isFinite != true { throw Self.malformed("biases lack arm \(arm)") }
        switch rule.effects {
        case .models(_, .outcomes(let models)): try check(models, rule.weights)
        case .models(_, .pairs(let models)): try check(models, rule.weights)
        case .columns(let columns):
            for arm in arms.dropFirst() {
                for name in names where rule.weights[name] != 0 && columns[arm]?[name] == nil {
                    throw Self.malformed("effects.columns lack \(name) of arm \(arm)")
                }
            }
        }
    }

    private func check(_ models: FoldModels, _ weights: [String: Double]) throws {
        try check(
            foldCount: models.foldCount, empty: models.models.allSatisfy { $0 == nil },
            fits: models.armCount == arms.count && models.outcomeCount == outcomes.count,
            cells: arms.count * outcomes.count, count: models.models.count, encoding: models.encoding)
        try check(missing: models.models.map { $0 == nil }, weights)
        for (index, model) in models.models.enumerated() {
            guard let model, !models.encoding.fits(model) else { continue }
            throw Self.unlisted(outcomes[index % outcomes.count].name)
        }
    }

    private func check(_ models: ContrastModels, _ weights: [String: Double]) throws {
        try check(
            foldCount: models.foldCount, empty: models.models.allSatisfy { $0 == nil },
            fits: models.armCount == arms.count && models.outcomeCount == outcomes.count,
            cells: (arms.count - 1) * outcomes.count, count: models.models.count, encoding: models.encoding)
        try check(missing: models.models.map { $0 == nil }, weights)
        for (index, model) in models.models.enumerated() {
            guard let model, !models.isReadable(model, covariateCount: covariates.count) else { continue }
            throw Self.unlisted(outcomes[index % outcomes.count].name)
        }
    }

    private static func unlisted(_ outcome: String) -> EspalierError {
        malformed("a model of outcome \(outcome) reads a feature that is not listed")
    }

    /// - Parameters:
    ///   - cells: models of one fold.
    ///   - count: of models that the file holds.
    private func check(
        foldCount: Int, empty: Bool, fits: Bool, cells: Int, count: Int, encoding: FeatureEncoding
    ) throws {
        guard (1...255).contains(foldCount), foldCount == assignment.foldCount || empty, fits,
            count == foldCount * cells
        else {
            throw Self.malformed("effects.models do not fit the arms, outcomes and folds")
        }
        guard encoding.reads(levelCounts: covariates.map { $0.kind == .categorical ? $0.levels?.count : nil }) else {
            throw Self.malformed("a feature reads a covariate that is not listed")
        }
    }

    /// Only outcomes of weight 0 may be left out.
    private func check(missing: [Bool], _ weights: [String: Double]) throws {
        for (index, isMissing) in missing.enumerated() where isMissing {
            let outcome = outcomes[index % outcomes.count].name
            if weights[outcome] != 0 { throw Self.malformed("effects.models lack outcome \(outcome)") }
        }
    }

    private static func sentence(_ error: DecodingError) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return path.isEmpty ? "the top level" : path.joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context): return "the policy lacks \"\(key.stringValue)\" at \(place(context))"
        case .valueNotFound(_, let context): return "the policy has null at \(place(context))"
        case .typeMismatch(_, let context): return "the policy has a value of the wrong type at \(place(context))"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "the policy is not JSON" : "the policy has a bad value at \(place(context))"
        @unknown default: return "the policy cannot be read"
        }
    }
}
