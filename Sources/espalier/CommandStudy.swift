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
    /// - Throws: `EspalierError` (.usage) where there is none, or it is hidden.
    static func candidate(_ text: String, of study: Study, includingHidden: Bool = false) throws -> Candidate {
        let all = try study.file.candidates(includingHidden: true)
        let hidden = includingHidden ? [] : try study.file.hiddenCandidates()
        let shown = all.filter { !hidden.contains($0.id) }
        func isNamed(_ candidate: Candidate) -> Bool { "\(candidate.id)" == text || candidate.name == text }
        if let found = shown.first(where: isNamed) { return found }
        if let found = all.first(where: isNamed) {
            throw EspalierError(
                .usage, "candidate \(found.name) is hidden", file: study.file.path,
                remedy: "show it again with `espalier add STUDY --candidate \(found.name)`")
        }
        throw EspalierError(
            .usage, "there is no candidate \(text)", file: study.file.path,
            remedy: all.isEmpty
                ? "search a front first with `espalier front`" : "choose one of `espalier candidates`")
    }

    /// A candidate that has knobs.
    /// - Throws: `EspalierError` (.usage) for one that has none.
    static func linear(_ text: String, of study: Study) throws -> Candidate {
        let chosen = try candidate(text, of: study)
        guard chosen.policy.linear != nil else {
            throw EspalierError(
                .usage, "candidate \(chosen.name) has no knobs", file: study.file.path,
                remedy: "choose one whose policy is linear, of `espalier candidates`")
        }
        return chosen
    }

    /// The candidate that an option names; without one the only one picked.
    /// - Throws: `EspalierError` (.usage).
    static func candidate(_ text: String?, of study: Study, option: String) throws -> Candidate {
        if let text { return try candidate(text, of: study) }
        let picked = try study.file.candidates().filter(\.isPicked)
        guard picked.count == 1 else {
            throw EspalierError(
                .usage, "\(picked.isEmpty ? "no candidate is" : "\(picked.count) candidates are") picked",
                file: study.file.path, remedy: "say which with \(option)")
        }
        return picked[0]
    }
}
