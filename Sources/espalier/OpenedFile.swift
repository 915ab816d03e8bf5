import Experiments
import Foundation
import Runtime
import Studies
import Workbench

/// What the workbench is opened on.
struct OpenedSubject {
    let subject: StudyWorker.Subject
    let title: String

    init(_ subject: StudyWorker.Subject, title: String) {
        self.subject = subject
        self.title = title
    }

    /// A spec, with its study beside it.
    init(spec: String) {
        self.init(
            .spec(path: spec, study: StudyPlace.beside(spec: spec)),
            title: URL(fileURLWithPath: spec).deletingPathExtension().lastPathComponent)
    }
}

/// What a file name on the command line stands for.
enum OpenedFile {
    case subject(OpenedSubject)
    /// Data without a spec beside them.
    case setup(SetupPlace)
    case pool(PoolFile, title: String)

    /// - Throws: `EspalierError` where the file is not there, or is a pool that cannot be read.
    init(_ file: String?) throws {
        guard let file else {
            let sample = try Sample.find()
            self = .subject(OpenedSubject(.spec(path: sample.spec, study: sample.study), title: "notification-caps"))
            return
        }
        guard FileManager.default.fileExists(atPath: file) || DataFile.isThere(file) else {
            throw EspalierError(
                .noInput, "there is no such file", file: file,
                remedy: file == "-"
                    ? "the workbench takes its keys from the terminal: save the data in a file"
                    : "check its name, or see `espalier --help` for the commands")
        }
        let url = URL(fileURLWithPath: file)
        switch InputFile.kind(file) {
        case .study where PoolFile.isPool(file):
            self = .pool(try PoolFile.read(file), title: url.deletingPathExtension().lastPathComponent)
        case .study:
            self = .subject(OpenedSubject(.study(path: file), title: url.deletingPathExtension().lastPathComponent))
        case .spec: self = .subject(OpenedSubject(spec: file))
        case .data:
            let place = SetupPlace(data: file)
            self =
                FileManager.default.fileExists(atPath: place.spec)
                ? .subject(OpenedSubject(spec: place.spec)) : .setup(place)
        }
    }
}
