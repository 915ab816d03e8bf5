import Effects
import Foundation
import GRDB
import Statistics

extension StudyFile {
    private static let modelReportName = "model report"

    /// The learners judged on the present fit's data; nil until they were. A refit starts without one.
    package func modelReport() throws -> ModelReport? {
        let json = try database.read { database in
            try Data.fetchOne(
                database, sql: "SELECT json FROM document WHERE name = ?", arguments: [Self.modelReportName])
        }
        guard let json else { return nil }
        guard let report = try? JSONDecoder().decode(ModelReport.self, from: json) else {
            throw EspalierError(
                .data, "the study's report on its models cannot be read", file: path,
                remedy: "judge them again with `espalier models \(path) --learners t`")
        }
        return report
    }

    package func save(_ report: ModelReport) throws {
        try database.writeDurably { try StudyDatabase.put(report, named: Self.modelReportName, in: $0) }
    }
}
