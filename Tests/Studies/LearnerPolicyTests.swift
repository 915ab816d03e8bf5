import Effects
import Experiments
import Foundation
import Policies
import Pooling
import Runtime
import Statistics
import Studies
import Testing

/// A policy file alone gives every unit of the data the arm that the study gives it, whichever learner the effects are of.
@Suite struct LearnerPolicyTests {
    private let context = RunContext(workers: Workers(count: 2))

    /// What the spec says of the learner; those that reuse a pool find it beside the spec.
    private static let learners =
        LearnerSpec.fitted.map(\.name)
        + [PooledBase.t, .dr].map { "pooled, pool: pool.espalier, base: \($0.rawValue)" }

    /// Two more experiments like the one at hand, pooled once for all of a process.
    private static let pool = Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let context = RunContext(workers: Workers(count: 2))
        let experiments = try ([12, 13] as [UInt64]).map { draw in
            let path = "\(folder.path)/\(draw).yaml"
            try data(draw: draw, shuffledBy: 1).write(
                toFile: "\(folder.path)/units.csv", atomically: true, encoding: .utf8)
            try spec("t", name: "pooled \(draw)").write(toFile: path, atomically: true, encoding: .utf8)
            return (try Experiment.read(specPath: path, context: context).experiment, path)
        }
        let fit = try PoolFit.run(
            Pool(experiments.map(\.0), seed: 7), settings: PoolFit.Settings(network: .relu, dimension: 4),
            context: context)
        return PoolFile(fit: fit, sources: experiments.map { PoolFile.Source($0, spec: $1) })
    }

    /// Three arms, two outcomes, a categorical covariate and missing values, rows in the order of a seed.
    private static func data(draw: UInt64 = 11, shuffledBy seed: UInt64) -> String {
        var stream = RandomStream(seed: draw)
        var rows = (0..<900).map { unit -> String in
            let (x, z) = (stream.normal(), stream.normal())
            let arm = stream.index(below: 3)
            let level = ["red", "green", "blue"][stream.index(below: 3)]
            let effect = Double(arm) * (x > 0 ? 1 : -0.5) + (level == "red" && arm == 2 ? 1 : 0)
            let (y, cost) = (effect + 0.5 * z + stream.normal(), Double(arm) * z + stream.normal())
            let shown = stream.bernoulli(0.1) ? "" : "\(x)"
            return "u\(unit),\(["none", "a", "b"][arm]),\(y),\(cost),\(shown),\(z),\(level)"
        }
        var order = RandomStream(seed: seed)
        rows.shuffle(using: &order)
        return (["unit,arm,y,cost,x,z,level"] + rows).joined(separator: "\n") + "\n"
    }

    private static func spec(_ learner: String, name: String = "learners", rule: SplitHash = .hash) -> String {
        """
        name: \(name)
        data: units.csv
        unit: unit
        treatment: {column: arm, control: none, arms: [none, a, b], shares: [1, 1, 1]}
        outcomes:
          - {name: y, direction: maximize, armCost: {a: 0.1}}
          - {name: cost, direction: minimize}
        covariates: [x, z, {column: level, kind: categorical}]
        splits: {folds: 3, rule: \(rule.rawValue)}
        effects: {learner: \(learner), minimumLeaf: 10}
        """
    }

    private func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    private func fit(
        _ learner: String, in folder: URL, order: UInt64, rule: SplitHash = .hash
    ) throws -> StudyFit {
        if learner.hasPrefix("pooled") {
            try Self.pool.get().write(to: folder.appendingPathComponent("pool.espalier").path)
        }
        try Self.data(shuffledBy: order).write(
            to: folder.appendingPathComponent("units.csv"), atomically: true, encoding: .utf8)
        let spec = folder.appendingPathComponent("experiment.yaml")
        try Self.spec(learner, rule: rule).write(to: spec, atomically: true, encoding: .utf8)
        return try StudyFit.run(specPath: spec.path, context: context)
    }

    @Test(arguments: learners) func theFileAloneAgreesWithTheStudy(_ learner: String) throws {
        // The order of the rows in the file changes nothing.
        let other = try inFolder { try fit(learner, in: $0, order: 2) }
        try inFolder { folder in
            let fit = try fit(learner, in: folder, order: 1)
            #expect(fit.models == other.models)
            #expect(fit.units.keys == other.units.keys)
            #expect(fit.units.estimates.columns == other.units.estimates.columns)
            let study = try Study.create(
                at: folder.appendingPathComponent("s.espalier").path, fit: fit, workers: context.workers)
            for costWeight in [0.0, 0.6] {
                var knobs = PolicyKnobs.start(in: study.space)
                knobs.weights[1] = costWeight
                knobs.biases[1] = 0.05
                let candidate = try study.perform(AddCandidate(knobs), context)
                let json = try study.document(of: candidate, holdout: 0, tool: "test").json()
                let document = try PolicyDocument(json: json, file: "policy.json")
                let table = try CovariateTable.read(
                    folder.appendingPathComponent("units.csv").path, unit: .column("unit"),
                    encodings: try document.covariates.map { ($0.name, try $0.encoding()) })
                let assigned = try PolicyScorer(document).assign(
                    keys: table.ids.keys, covariates: table.covariates.map(\.values), supplied: [], context: context)
                let byKey = Dictionary(uniqueKeysWithValues: zip(table.ids.keys, assigned.arms))
                // The evaluator's units are tune first, as the study's are.
                let chosen = try study.workspace.evaluator(.all).choice(of: candidate.policy)
                #expect(chosen == study.units.keys.map { byKey[$0] ?? 255 })
                #expect(Set(chosen).count > 1)
            }
        }
    }

    /// A scorer of a hundred lines in another language, written from the schema alone, gives every unit the same arm and the
    /// same holdout, and finds the self-test in order.
    @Test(.enabled(if: OutsideScorer.isAvailable), arguments: learners)
    func anybodyCanScoreTheFile(_ learner: String) throws {
        try inFolder { folder in
            let fit = try fit(learner, in: folder, order: 1)
            let study = try Study.create(
                at: folder.appendingPathComponent("s.espalier").path, fit: fit, workers: context.workers)
            var knobs = PolicyKnobs.start(in: study.space)
            knobs.weights[1] = 0.6
            let candidate = try study.perform(AddCandidate(knobs), context)
            let document = try study.document(of: candidate, holdout: 0.1, tool: "test")
            let policy = folder.appendingPathComponent("policy.json")
            try document.json().write(to: policy)
            let data = folder.appendingPathComponent("units.csv")
            let table = try CovariateTable.read(
                data.path, unit: .column("unit"),
                encodings: try document.covariates.map { ($0.name, try $0.encoding()) })
            let assigned = try PolicyScorer(document).assign(
                keys: table.ids.keys, covariates: table.covariates.map(\.values), supplied: [], context: context)
            let expected = table.ids.texts.indices.map { unit in
                "\(table.ids.texts[unit]),\(document.arms[Int(assigned.arms[unit])]),\(assigned.heldOut[unit] ? 1 : 0)"
            }
            #expect(try OutsideScorer.lines(policy: policy, data: data) == ["unit,arm,holdout"] + expected)
            #expect(assigned.heldOut.contains(true))
            // What the pool has learned is in the file, not the covariates alone.
            let text = try String(contentsOf: policy, encoding: .utf8)
            #expect(text.contains("\"layers\":[{") == learner.hasPrefix("pooled"))
        }
    }

    /// By MD5 the file names the rule, and new units fall into the folds of the study: `assign` gives its units their arms.
    @Test(.enabled(if: OutsideScorer.isAvailable)) func theRuleOfTheSplitsIsTheFiles() throws {
        try inFolder { folder in
            let path = folder.appendingPathComponent("s.espalier").path
            let fitted = try fit("t", in: folder, order: 1, rule: .md5)
            _ = try Study.create(at: path, fit: fitted, workers: context.workers)
            let study = try Study(opening: path)
            #expect(study.units.splitKeys == fitted.units.splitKeys && study.units.splitKeys != study.units.keys)
            var knobs = PolicyKnobs.start(in: study.space)
            knobs.weights[1] = 0.6
            let candidate = try study.perform(AddCandidate(knobs), context)
            let made = try study.document(of: candidate, holdout: 0.1, tool: "test")
            let policy = folder.appendingPathComponent("policy.json")
            try made.json().write(to: policy)
            let document = try PolicyDocument(json: made.json(), file: "policy.json")
            #expect(document.version == 4 && document.assignment.rule == .md5)
            let data = folder.appendingPathComponent("units.csv")
            var lines = ["unit,arm,holdout"]
            var armByKey: [UInt64: UInt8] = [:]
            _ = try CovariateSource(
                path: data.path, unit: .column("unit"), splits: document.assignment.splitRule,
                covariates: try document.covariates.map { try $0.source() }
            ).stream { table in
                let (keys, covariates) = (table.splitKeys, table.covariates.map(\.values))
                let scorer = PolicyScorer(document)
                let assigned = try scorer.assign(keys: keys, covariates: covariates, supplied: [], context: context)
                let chosen = try scorer.choices(keys: keys, covariates: covariates, supplied: [], context: context)
                for (unit, id) in table.ids.texts.enumerated() {
                    lines.append("\(id),\(document.arms[Int(assigned.arms[unit])]),\(assigned.heldOut[unit] ? 1 : 0)")
                    armByKey[table.ids.keys[unit]] = chosen.arms[unit]
                }
            }
            let chosen = try study.workspace.evaluator(.all).choice(of: candidate.policy)
            #expect(chosen == study.units.keys.map { armByKey[$0] ?? 255 })
            #expect(try OutsideScorer.lines(policy: policy, data: data) == lines)
        }
    }

    /// What was changed in a file shows in its self-test, before any unit is scored.
    @Test func aChangedFileIsRefused() throws {
        try inFolder { folder in
            let fit = try fit("tree", in: folder, order: 1)
            let study = try Study.create(
                at: folder.appendingPathComponent("s.espalier").path, fit: fit, workers: context.workers)
            let candidate = try study.perform(AddCandidate(.start(in: study.space)), context)
            let document = try study.document(of: candidate, holdout: 0, tool: "test")
            try document.checkSelfTest(file: "policy.json", context: context)
            let rows = try #require(document.selfTest)
            #expect(rows.count == 5 && rows.allSatisfy { $0.covariates.count == 3 })
            #expect(rows.contains { $0.covariates.values.contains { $0 == nil } })
            let text = String(decoding: try document.json(), as: UTF8.self)
            func refusal(_ changed: String) throws -> String {
                #expect(changed != text)
                let error = #expect(throws: EspalierError.self) {
                    try PolicyDocument(json: Data(changed.utf8), file: "policy.json")
                        .checkSelfTest(file: "policy.json", context: context)
                }
                return error?.message ?? ""
            }
            #expect(
                try refusal(text.replacing("\"seed\":\(fit.description.spec.splits.seed)", with: "\"seed\":99"))
                    .hasPrefix("the policy's self-test does not come out: the unit invented "))
            #expect(
                try refusal(text.replacing("\"scale\":", with: "\"scale\":2,\"was\":"))
                    .hasPrefix(
                        "the policy's self-test does not come out: the unit invented 1 has an effect of a on y of"))
            #expect(
                try refusal(text.replacing("\"version\":2", with: "\"version\":5"))
                    == "the policy has version 5, newer than the 4 known here")
            #expect(
                try refusal(text.replacing("\"kind\":\"linear\"", with: "\"kind\":\"garden\""))
                    == "policy kind \"garden\" is not known")
            #expect(
                try refusal("{\"kind\":\"forest of rules\",\"version\":9}")
                    == "policy kind \"forest of rules\" is not known")
        }
    }

    /// A file whose model reads what is not listed is refused in a sentence.
    @Test func aModelThatReadsWhatIsNotListedIsRefused() throws {
        try inFolder { folder in
            let fit = try fit("tree", in: folder, order: 1)
            let study = try Study.create(
                at: folder.appendingPathComponent("s.espalier").path, fit: fit, workers: context.workers)
            let candidate = try study.perform(AddCandidate(.start(in: study.space)), context)
            let json = try study.document(of: candidate, holdout: 0, tool: "test").json()
            let text = String(decoding: json, as: UTF8.self)
            let broken = text.replacing("\"covariate\":0", with: "\"covariate\":7")
            #expect(broken != text)
            let error = #expect(throws: EspalierError.self) {
                try PolicyDocument(json: Data(broken.utf8), file: "policy.json")
            }
            #expect(error?.message.hasPrefix("a model of outcome y reads a feature that is not listed") == true)
        }
    }
}
