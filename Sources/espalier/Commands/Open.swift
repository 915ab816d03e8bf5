import ArgumentParser
import Foundation
import Frames
import Simulation
import Statistics
import Workbench

struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open the workbench on a study, a spec or a data file; no file: the sample.", shouldDisplay: false)

    @Argument(help: "A study, a spec or a data file.")
    var file: String?
    @Option(name: .long, help: "Keys to type without a terminal, as 4llla5 or <C-r>.")
    var keys: String?
    @Option(name: .long, help: "Print the frame of this size, as 80x24, instead of opening a terminal.")
    var frame: String?
    @Option(name: .long, help: "Theme: a name from themes/, or a path.")
    var theme: String?
    @Flag(name: .long, help: "Draw with ASCII only.")
    var ascii = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        let subject = try OpenedSubject(file)
        let laboratory = Laboratory(
            subject.subject, workers: common.workers, tool: "espalier \(Espalier.versionText)")
        if keys != nil || frame != nil {
            try printFrame(subject, laboratory)
        } else {
            try TerminalLoop(title: subject.title, laboratory: laboratory, theme: theme, ascii: ascii).run()
        }
    }

    /// Types the keys, each to its whole effect, and prints the frame.
    private func printFrame(_ subject: OpenedSubject, _ laboratory: Laboratory) throws {
        let size = try Self.size(frame ?? "80x24")
        let typed: [Key]
        do {
            typed = try Key.parse(keys ?? "")
        } catch {
            throw EspalierError(
                .usage, "--keys: \(error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message)")
        }
        let session = Session(title: subject.title, laboratory: laboratory) {}
        session.start()
        session.settle()
        if let failure = session.state.failure { throw failure }
        for key in typed where !session.state.shouldQuit {
            session.type(key)
            session.settle()
        }
        session.close()
        let drawn = session.frame(width: size.width, height: size.height, glyphs: ascii ? .ascii : .unicode)
        try Output.write(drawn.text(trimmed: true) + "\n")
    }

    private static func size(_ text: String) throws -> (width: Int, height: Int) {
        let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (0...1000).contains(width),
            (0...1000).contains(height)
        else {
            throw EspalierError(.usage, "--frame \(text) is not a size", remedy: "write --frame 80x24")
        }
        return (width, height)
    }
}

/// What a file name on the command line stands for.
private struct OpenedSubject {
    let subject: Laboratory.Subject
    let title: String

    /// - Throws: `EspalierError` where the file is not there, or is a data file without a spec.
    init(_ file: String?) throws {
        guard let file else {
            let sample = try Sample.find()
            self.init(.spec(path: sample.spec, study: sample.study), title: "notification-caps")
            return
        }
        guard FileManager.default.fileExists(atPath: file) else {
            throw EspalierError(.noInput, "there is no such file", file: file, remedy: "check its name")
        }
        let url = URL(fileURLWithPath: file)
        let name = url.deletingPathExtension().lastPathComponent
        switch url.pathExtension {
        case "espalier": self.init(.study(path: file), title: name)
        case "yaml", "yml": self.init(.spec(path: file, study: StudyPlace.beside(spec: file)), title: name)
        default:
            throw EspalierError(
                .usage, "the workbench opens studies and specs", file: file,
                remedy: "propose a spec first with `espalier init \(file) -o experiment.yaml`")
        }
    }

    private init(_ subject: Laboratory.Subject, title: String) {
        self.subject = subject
        self.title = title
    }
}
