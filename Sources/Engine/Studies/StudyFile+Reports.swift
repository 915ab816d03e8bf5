import Effects
import Foundation
import GRDB
import Groups
import Runtime

/// What was asked of a fit after it was made. A refit starts without any of it.
extension StudyFile {
    private static let modelReportName = "model report"
    private static let tuningName = "learner tuning"
    private static let subgroupsName = "subgroups"

    /// The learners judged on the present fit's data; nil until they were.
    package func modelReport() throws -> ModelReport? {
        try kept(
            Self.modelReportName, "report on its models",
            remedy: "judge them again with `espalier models \(path) --learners t`")
    }

    package func save(_ report: ModelReport) throws { try keep(report, Self.modelReportName) }

    /// The settings of the learner that were tried; nil until any were.
    package func tuning() throws -> HyperparameterSearch? {
        try kept(Self.tuningName, "search of settings", remedy: "search again with `espalier tune \(path)`")
    }

    package func save(_ tuning: HyperparameterSearch) throws { try keep(tuning, Self.tuningName) }

    /// The subgroups that were searched, one entry per arm and outcome.
    package func subgroups() throws -> [SubgroupSearch] {
        try kept(Self.subgroupsName, "subgroups", remedy: "fit again with `espalier fit`") ?? []
    }

    /// In place of an earlier search of the same arm and outcome, and of what cannot be read any more.
    package func save(_ search: SubgroupSearch) throws {
        let others = ((try? subgroups()) ?? []).filter { ($0.arm, $0.outcome) != (search.arm, search.outcome) }
        try keep(others + [search], Self.subgroupsName)
    }

    private func kept<Value: Decodable>(_ name: String, _ what: String, remedy: String) throws -> Value? {
        let json = try database.read { database in
            try Data.fetchOne(database, sql: "SELECT json FROM document WHERE name = ?", arguments: [name])
        }
        guard let json else { return nil }
        guard let value = try? JSONDecoder().decode(Value.self, from: json) else {
            throw EspalierError(.data, "the study's \(what) cannot be read", file: path, remedy: remedy)
        }
        return value
    }

    private func keep(_ value: some Encodable, _ name: String) throws {
        try database.writeDurably { try StudyDatabase.put(value, named: name, in: $0) }
    }
}
