import Foundation
import Runtime
import Studies

/// Studies as commands open them: a change of the data is said, never ignored.
enum CommandStudy {
    static func open(_ path: String, for access: StudyAccess = .reading) throws -> Study {
        let study = try Study(opening: path, for: access)
        for notice in study.file.notices { Diagnostics.write("espalier: \(notice).\n") }
        if study.file.dataIsUnchanged(study.description) == false {
            Diagnostics.write(
                "espalier: \(study.description.dataPath) has changed since the study was fitted; results are those of the old data.\n"
            )
        }
        return study
    }

    /// A candidate by id or name.
    /// - Throws: `EspalierError` (.usage) where there is none.
    static func candidate(_ text: String, of study: Study) throws -> Candidate {
        let all = try study.file.candidates()
        guard let found = all.first(where: { "\($0.id)" == text || $0.name == text }) else {
            throw EspalierError(
                .usage, "there is no candidate \(text)", file: study.file.path,
                remedy: all.isEmpty
                    ? "search a front first with `espalier front`" : "choose one of `espalier front`")
        }
        return found
    }
}
