import Effects
import Experiments
import Foundation
import GRDB
import Policies
import Runtime
import Statistics
import Studies
import Testing
import Warehouses

@Suite struct ExplainTests {
    /// Runs an expression over raw values; nil is NULL.
    private func evaluate(_ expression: String, _ columns: [String], _ rows: [[(any DatabaseValueConvertible)?]]) throws
        -> [String]
    {
        try DatabaseQueue().write { database in
            let names = columns.map(SQLDialect(name: .ansi).identifier)
            try database.execute(sql: "CREATE TABLE units (\(names.joined(separator: ", ")))")
            let marks = databaseQuestionMarks(count: columns.count)
            for row in rows {
                try database.execute(sql: "INSERT INTO units VALUES (\(marks))", arguments: StatementArguments(row))
            }
            return try String.fetchAll(database, sql: "SELECT \(expression) FROM units ORDER BY rowid")
        }
    }

    /// SQLite gives every unit of the sample the arm that the rules give it, missing values and all.
    @Test(arguments: [1, 3, 4]) func sqlDecidesAsTheRules(depth: Int) throws {
        let sample = try SampleStudy()
        let study = sample.study
        var knobs = PolicyKnobs.start(in: study.space)
        knobs.weights[1] = 15
        knobs.weights[2] = 0.2
        let candidate = try study.perform(AddCandidate(knobs), RunContext())
        let explanation = try study.answer(Explain(candidate, depth: depth))
        #expect(explanation.fidelity > 0.4 && explanation.fidelity < 1)
        #expect(try study.file.looks() == 0)
        let covariates = try study.readExperiment(context: RunContext()).covariates
        let given = explanation.tree.arms(covariates, of: 0..<study.units.keys.count)
        let rows = given.indices.map { unit in
            covariates.map { covariate -> (any DatabaseValueConvertible)? in
                let value = covariate.values[unit]
                guard !value.isNaN else { return nil }
                switch covariate.encoding {
                // The shortest text of a Float is what stood in the file, up to seven digits.
                case .numeric(let centre): return centre == 0 ? Double("\(value)") : Double(value) + centre
                case .categorical(let levels): return levels[Int(value)]
                }
            }
        }
        let sql = RulesSQL(study.description.covariates, arms: study.space.arms).expression(explanation.tree)
        let arms = try evaluate(sql, covariates.map(\.name), rows)
        #expect(arms == given.map { study.space.arms[Int($0)] })
        #expect(Set(given).count > 1)
        for loss in explanation.losses {
            #expect(abs(loss.rules.value - loss.policy.value - loss.difference.value) < 1e-9)
            #expect((loss.difference.standardError ?? 0) > 0)
        }
    }

    /// Rules may refer to covariates of any file of a study's data, not of the first alone.
    @Test func aStudyOfJoinedFilesIsExplained() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        var stream = RandomStream(seed: 5)
        var (log, labels) = ("id,arm,y\n", "id,x\n")
        for unit in 0..<1_200 {
            let x = stream.uniform()
            let arm = stream.index(below: 2)
            log += "u\(unit),\(arm == 0 ? "c" : "t"),\((x > 0.5 ? 1.0 : -1) * Double(arm) + 0.1 * stream.normal())\n"
            labels += "u\(unit),\(x)\n"
        }
        try write("log.csv", log)
        try write("labels.csv", labels)
        try write(
            "e.yaml",
            """
            name: joined
            data: [log.csv, labels.csv]
            unit: id
            treatment: {column: arm, control: c, arms: [c, t], shares: [1, 1]}
            outcomes: [{name: y, direction: maximize}]
            covariates: [x]
            """)
        let fit = try StudyFit.run(specPath: folder.appendingPathComponent("e.yaml").path, context: RunContext())
        let study = try Study.create(
            at: folder.appendingPathComponent("s.espalier").path, fit: fit, workers: Workers())
        let candidate = try study.perform(AddCandidate(.start(in: study.space)), RunContext())
        let explanation = try study.answer(Explain(candidate, depth: 1))
        #expect(explanation.fidelity > 0.95)
        guard case .atMost(let threshold) = explanation.tree.nodes[0].split?.rule else {
            Issue.record("the rule should be a threshold of x")
            return
        }
        #expect(abs(threshold + fitCentre(study) - 0.5) < 0.03)
    }

    private func fitCentre(_ study: Study) -> Float {
        guard case .numeric(let centre) = study.description.covariates[0].encoding else { return .nan }
        return Float(centre)
    }

    /// Names and levels with quotes, unknown levels, and missing values on either side.
    @Test func quotingNullsAndUnknownLevels() throws {
        let covariates = [
            CovariateDescription(name: "it's \"x\"", encoding: .numeric(centre: 0)),
            CovariateDescription(name: "level", encoding: .categorical(levels: ["a'b", "c", "d\"e"])),
        ]
        for missingLeft in [false, true] {
            func node(_ split: Split?, _ left: Int, _ arm: Int) -> DistilledTree.Node {
                DistilledTree.Node(split: split, left: left, arm: arm, units: 1)
            }
            let tree = DistilledTree(nodes: [
                node(Split(covariate: 0, rule: .atMost(2.5), missingGoesLeft: missingLeft, missingSeen: true), 1, 0),
                node(
                    Split(covariate: 1, rule: .levels([0, 2]), missingGoesLeft: !missingLeft, missingSeen: true), 3, 0),
                node(Split(covariate: 1, rule: .present, missingGoesLeft: false, missingSeen: true), 5, 0),
                node(nil, -1, 0), node(nil, -1, 1), node(nil, -1, 2), node(nil, -1, 3),
            ])
            let arms = ["con'trol", "one", "two", "three"]
            let sql = RulesSQL(covariates, arms: arms).expression(tree, comment: ["two\nlines"])
            #expect(sql.hasPrefix("-- two\n-- lines\nCASE\n"))
            let levels: [String?] = ["a'b", "c", "d\"e", "unheard of", nil]
            let values: [Double?] = [1, 2.5, 3, nil]
            let cases = values.flatMap { value in levels.map { (value, $0) } }
            let rows = cases.map { [$0.0, $0.1] as [(any DatabaseValueConvertible)?] }
            let expected = cases.map { value, level -> String in
                let code = ["a'b", "c", "d\"e"].firstIndex { $0 == level }.map { Float($0) } ?? .nan
                return arms[tree.arm { $0 == 0 ? value.map { Float($0) } ?? .nan : code }]
            }
            #expect(try evaluate(sql, covariates.map(\.name), rows) == expected)
        }
        let leaf = DistilledTree(nodes: [DistilledTree.Node(split: nil, left: -1, arm: 1, units: 4)])
        #expect(RulesSQL(covariates, arms: ["a", "b's"]).expression(leaf) == "'b''s'\n")
    }

    @Test func changedDataAndBadDepthsAreSaid() throws {
        // Of a size that no other test shares, for its data are damaged.
        let sample = try SampleStudy(units: 1_501)
        let candidate = try sample.study.perform(AddCandidate(.start(in: sample.study.space)), RunContext())
        for depth in [0, 7] {
            #expect(throws: EspalierError.self) {
                try sample.study.answer(Explain(candidate, depth: depth))
            }
        }
        // The same look of the same fit counts once.
        for (depth, looks) in [(3, 1), (3, 1), (2, 2)] {
            let told = try sample.study.perform(ExplainOnConfirm(candidate.id, depth: depth), RunContext())
            #expect(try sample.study.file.looks() == looks && told.looks == looks)
        }
        try Data("gone".utf8).write(to: URL(fileURLWithPath: sample.study.description.dataPath))
        #expect(throws: EspalierError.self) { try sample.study.answer(Explain(candidate)) }
    }
}
