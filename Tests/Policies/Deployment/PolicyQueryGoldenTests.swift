import Foundation
import Policies
import Runtime
import Testing
import Warehouses

/// Queries of small policies in every dialect, compared with files that `ESPALIER_RECORD=1` writes; those of Snowflake, BigQuery, MySQL
/// and ANSI SQL, whose engines are not at hand, were read by sqlglot's parsers before they were committed.
@Suite struct PolicyQueryGoldenTests {
    private static func document(_ kind: String, rule: String?) throws -> PolicyDocument {
        let evaluation = """
            {"estimator":"dr","split":"tune","units":1,"effectiveSampleSize":1,"weights":{},"biases":{},"shares":{},
            "outcomes":[],"bestArm":"control"}
            """
        let effects = """
            "weights":{"y":1,"z":-0.5},"biases":{"control":0,"it's":0.25},
            "knobs":{"weights":{},"biases":{},"shrinkage":{}},
            "effects":{"learner":"columns","columns":{"it's":{"y":"tau y","z":"tau z"}}},"covariates":[],
            """
        let cohorts = #"""
            "covariates":[{"name":"age","kind":"numeric","centre":40.5},
                {"name":"le'vel","kind":"categorical","levels":["a\\b","it's"]}],
            "cohorts":{"kind":"merged","trees":[
                {"nodes":[{"covariate":0,"atMost":-0.1,"missingLeft":true,"left":1,"leaf":-1},
                    {"covariate":-1,"missingLeft":false,"left":-1,"leaf":0},
                    {"covariate":-1,"missingLeft":false,"left":-1,"leaf":1}]},
                {"nodes":[{"covariate":1,"levels":[1],"missingLeft":false,"left":1,"leaf":-1},
                    {"covariate":-1,"missingLeft":false,"left":-1,"leaf":0},{"covariate":-1,"missingLeft":false,"left":-1,"leaf":1}]}],
                "list":[{"id":1,"rule":"","leaves":[0,0],"shares":{"control":1,"it's":0}},
                    {"id":2,"rule":"","leaves":[0,1],"shares":{"control":0.25,"it's":0.75}},
                    {"id":3,"rule":"","leaves":[1,0],"shares":{"control":0,"it's":1}}]},
            """#
        let json = """
            {"kind":"\(kind)","version":4,"name":"p","arms":["control","it's"],
            "outcomes":[{"name":"y","direction":"maximize","scale":2,"armCosts":{"control":0,"it's":0.5}},
                {"name":"z","direction":"minimize","scale":1,"armCosts":{"control":0,"it's":0}}],
            \(kind == "linear" ? effects : cohorts)
            "assignment":{"seed":7,"foldCount":5,"holdout":\(rule == nil ? 0 : 0.1),"shares":{"control":1,"it's":1},
            "salts":{"fold":"fold","holdout":"holdout","holdoutArm":"holdout-arm","cohortArm":"cohort-arm"},"unit":"u"
            \(rule.map { ",\"rule\":\"\($0)\"" } ?? "")},
            "estimates":{"tune":\(evaluation)},
            "provenance":{"tool":"espalier","specDigest":"","dataDigest":"","seed":7}}
            """
        return try JSONDecoder().decode(PolicyDocument.self, from: Data(json.utf8))
    }

    private func check(_ document: PolicyDocument, _ name: SQLDialect.Name, _ file: String) throws {
        let text = try PolicyQuery(document, dialect: SQLDialect(name: name), table: "shop.units").text()
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let place = folder.appending(path: "Goldens/\(file).\(name.rawValue).sql")
        if ProcessInfo.processInfo.environment["ESPALIER_RECORD"] == "1" {
            try Data(text.utf8).write(to: place, options: .atomic)
        }
        #expect(try String(contentsOf: place, encoding: .utf8) == text)
    }

    @Test(arguments: SQLDialect.Name.allCases.filter { $0 != .ansi }) func cohortsDrawn(name: SQLDialect.Name) throws {
        try check(Self.document("cohort", rule: "md5"), name, "cohorts")
    }

    @Test(arguments: SQLDialect.Name.allCases) func suppliedEffects(name: SQLDialect.Name) throws {
        try check(Self.document("linear", rule: nil), name, "supplied")
    }

    @Test func hashesThatCannotBeHadAreRefused() throws {
        for (rule, name) in [("md5", SQLDialect.Name.ansi), ("hash", .ansi), ("hash", .mysql), ("hash", .bigquery)] {
            let query = try PolicyQuery(
                Self.document("cohort", rule: rule), dialect: SQLDialect(name: name), table: "t")
            #expect(throws: EspalierError.self) { try query.text() }
        }
        #expect(throws: EspalierError.self) {
            _ = try PolicyQuery(Self.document("linear", rule: nil), dialect: SQLDialect(name: .duckdb), table: " ")
        }
    }
}
