import Effects
import Foundation
import GRDB
import Groups
import Runtime

/// What was asked of a fit after it was made. A refit starts without any of it, but for the laboratory's answer where the new
/// fit is the old one.
extension StudyFile {
    static let modelReportName = "model report"
    static let hyperparametersName = "learner tuning"
    static let subgroupsName = "subgroups"
    static let laboratoryName = "laboratory"

    /// The learners validated on the present fit's data; nil until they were.
    package func modelReport() throws -> ModelReport? {
        try kept(
            Self.modelReportName, "report on its models",
            remedy: "judge them again with `espalier models \(path) --learners t`")
    }

    /// The settings of the learner that were tried; nil until any were.
    package func hyperparameters() throws -> HyperparameterSearch? {
        try kept(
            Self.hyperparametersName, "search of settings", remedy: "search again with `espalier tune \(path)`")
    }

    /// The subgroups that were searched, one entry per arm and outcome.
    package func subgroups() throws -> [SubgroupSearch] {
        try kept(Self.subgroupsName, "subgroups", remedy: "fit again with `espalier fit`") ?? []
    }

    /// Which method serves on experiments like the study's; nil until the laboratory was asked.
    package func laboratory() throws -> StudyLaboratory? {
        try kept(
            Self.laboratoryName, "answer of the laboratory",
            remedy: "ask again with `espalier lab --like \(path) --keep`"
        )
    }

    private func kept<Value: Decodable>(_ name: String, _ what: String, remedy: String) throws -> Value? {
        guard let json = try read({ try $0.document(name) }) else { return nil }
        guard let value = try? JSONDecoder().decode(Value.self, from: json) else {
            throw EspalierError(.data, "the study's \(what) cannot be read", file: path, remedy: remedy)
        }
        return value
    }
}

extension StudyReading {
    /// A document's JSON; nil where the study has none of that name.
    func document(_ name: String) throws -> Data? {
        try StudyDatabase.json(name, in: database)
    }

    /// The subgroups kept so far; what cannot be read any more makes way for new ones.
    func subgroups() throws -> [SubgroupSearch] {
        try document(StudyFile.subgroupsName).flatMap {
            try? JSONDecoder().decode([SubgroupSearch].self, from: $0)
        } ?? []
    }
}
