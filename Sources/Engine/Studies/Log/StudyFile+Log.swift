import Foundation
import GRDB

/// Where the analyst was when the study was last open.
package struct StudyResume: Sendable {
    package enum Stack: String, Sendable, CaseIterable {
        case past, future
    }

    /// As they were decided last; nil where nobody has decided anything yet.
    package let decisions: Decisions?
    package let history: History
    /// As the workbench kept it; nil in a study it never showed.
    package let view: Data?
    /// What could not be read of it, a sentence each.
    package let problems: [String]
}

extension StudyFile {
    /// Where the analyst was. What cannot be read is named, and the rest stands.
    package func resume() throws -> StudyResume {
        try database.read { database in
            var problems: [String] = []
            let decoder = JSONDecoder()
            var decisions: Decisions?
            if let json = try Data.fetchOne(database, sql: "SELECT json FROM decisions") {
                decisions = try? decoder.decode(Decisions.self, from: json)
                if decisions == nil { problems.append("the knobs and pins that were kept cannot be read") }
            }
            var stacks: [StudyResume.Stack: [History.Step]] = [:]
            for stack in StudyResume.Stack.allCases {
                let rows = try Row.fetchAll(
                    database,
                    sql: "SELECT json, \(RowChecksum.isWhole("step")) FROM step WHERE stack = ? ORDER BY position",
                    arguments: [stack.rawValue])
                let steps = rows.compactMap { row -> History.Step? in
                    guard let json = Data.fromDatabaseValue(row[0]), Bool.fromDatabaseValue(row[1]) == true else {
                        return nil
                    }
                    return try? decoder.decode(History.Step.self, from: json)
                }
                stacks[stack] = steps
                if steps.count < rows.count {
                    problems.append("\(rows.count - steps.count) steps of undo cannot be read and are left out")
                }
            }
            let view = try Row.fetchOne(database, sql: "SELECT json, \(RowChecksum.isWhole("view")) FROM view")
            let isWhole = view.map { Bool.fromDatabaseValue($0[1]) == true } ?? true
            if !isWhole { problems.append("the view that was kept is damaged and is left out") }
            return StudyResume(
                decisions: decisions, history: History(past: stacks[.past] ?? [], future: stacks[.future] ?? []),
                view: isWhole ? view.flatMap { Data.fromDatabaseValue($0[0]) } : nil, problems: problems)
        }
    }

    /// The log, oldest first.
    package func entries() throws -> [StoredEntry] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM entry ORDER BY sequence").map {
                StoredEntry(
                    sequence: $0["sequence"], time: $0["time"], entry: LogEntry(kind: $0["kind"], json: $0["json"]))
            }
        }
    }

    /// The candidate that was exported last; nil where none was, or the entry cannot be read.
    package func lastExport() throws -> Int? {
        try database.read { database in
            let json = try Data.fetchOne(
                database, sql: "SELECT json FROM entry WHERE kind = ? ORDER BY sequence DESC LIMIT 1",
                arguments: [ExportPolicy.kind])
            return json.flatMap { try? JSONDecoder().decode(ExportPolicy.self, from: $0) }?.candidate
        }
    }

    /// Leaves the fit alone of the study: no candidates, picks, fronts, looks, log or undo.
    package func forgetDecisions() throws {
        try database.write { database in
            for table in ["estimate", "evaluation", "candidate", "front", "look", "entry", "step", "decisions", "view"]
            {
                try database.execute(sql: "DELETE FROM \(table)")
            }
            // What was asked of the fit is asked again by its entries.
            for name in [
                Self.modelReportName, Self.hyperparametersName, Self.subgroupsName, Self.laboratoryName,
            ] {
                try database.execute(sql: "DELETE FROM document WHERE name = ?", arguments: [name])
            }
            for table in ["document", "array"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE name LIKE 'online %'")
            }
            // Ids start anew, as in a study just fitted.
            try database.execute(sql: "DELETE FROM sqlite_sequence WHERE name = 'candidate'")
        }
    }
}
