import Runtime

extension Session {
    /// Does again what a log says, each entry to its whole effect. The session's study should hold the bare fit.
    /// - Throws: `EspalierError` where the log belongs to another fit or holds what the study cannot do; nothing is done then.
    package func replay(_ log: StudyLog, from file: String) throws {
        guard log.inputs == state.inputs else {
            throw EspalierError(
                .data, "the log was made on other data or another spec than the study's", file: file,
                remedy: "replay it on the study it was exported from, or one fitted alike")
        }
        if let space = state.description?.space, let place = log.entries.firstIndex(where: { !$0.fits(space) }) {
            throw EspalierError(
                .data, "entry \(place + 1) asks for something that this study does not have", file: file,
                line: log.lines[place], remedy: "export the log again")
        }
        for entry in log.entries {
            switch entry {
            case .action(let action): redo(action)
            case .result(.export(let path, let candidate)):
                receive(.exported(path: path, candidate: candidate))
            case .result(.text(let path)): receive(.wroteText(path: path))
            case .result(let result):
                if let job = result.job { submit([job]) }
            }
            settle()
        }
    }
}
