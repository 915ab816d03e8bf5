import Foundation
import Runtime
import Studies
import Workbench

/// What whoever opens a study that is open elsewhere is told and offered.
enum SecondOpener {
    /// The subject itself where nobody else has its study open; else a copy of the study, if that is wanted.
    /// - Parameter mayAsk: whether somebody at a terminal can answer.
    /// - Throws: `EspalierError` (.noInput) where no copy is wanted.
    static func settle(
        _ subject: StudyWorker.Subject, wantsCopy: Bool, mayAsk: Bool
    ) throws -> StudyWorker.Subject {
        let path = subject.studyPath
        let isForReading = wantsCopy && StudyCopy.isReadOnly(path)
        guard isForReading || StudyCopy.isOpenElsewhere(path) else { return subject }
        let copy = StudyCopy.place(beside: path)
        guard wantsCopy || (mayAsk && asks("espalier: \(path) is open elsewhere. Open a copy of it, \(copy)? [y/n] "))
        else {
            throw EspalierError(
                .noInput, "the study is open elsewhere", file: path,
                remedy: "close it there, open a copy with --copy, or make one with `espalier copy \(path) TO`")
        }
        try StudyCopy.make(of: path, at: copy)
        return .study(path: copy)
    }

    private static func asks(_ question: String) -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
        Diagnostics.write(question)
        return readLine()?.lowercased().hasPrefix("y") == true
    }
}

extension StudyWorker.Subject {
    /// Where the study is, or will be once it is fitted.
    var studyPath: String {
        switch self {
        case .study(let path), .spec(_, let path): path
        }
    }
}

/// The bare fit of a study in a scratch folder: what a log is replayed on, so that the study itself stays as it is.
struct BareCopy {
    private let folder: URL
    let subject: StudyWorker.Subject

    /// - Throws: `EspalierError`.
    init(of subject: StudyWorker.Subject) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-replay-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw EspalierError(
                .cannotCreate, "the scratch folder cannot be made (\(error.localizedDescription))",
                file: folder.path, remedy: "set TMPDIR to a folder that may be written")
        }
        let path = folder.appendingPathComponent("replay.espalier").path
        switch subject {
        case .study(let study):
            try StudyCopy.make(of: study, at: path)
            try StudyFile(opening: path).forgetDecisions()
            self.subject = .study(path: path)
        case .spec(let spec, _): self.subject = .spec(path: spec, study: path)
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
