import ArgumentParser
import Experiments
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
    @Option(name: .long, help: "Do again what a log of `espalier log` says, on the study's bare fit; print the frame.")
    var replay: String?
    @Flag(name: .long, help: "Open a copy where the study is open elsewhere.")
    var copy = false
    @OptionGroup var terminal: TerminalOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let opened = try OpenedSubject(file)
        let preferences = try terminal.preferences()
        if let replay {
            let bare = try BareCopy(of: opened.subject)
            defer { bare.remove() }
            try printFrame(opened.title, laboratory(bare.subject), preferences, replay: StudyLog(file: replay))
            return
        }
        let isForTerminal = keys == nil && frame == nil
        let subject = try SecondOpener.settle(opened.subject, wantsCopy: copy, mayAsk: isForTerminal)
        if isForTerminal {
            try TerminalLoop(title: opened.title, laboratory: laboratory(subject), preferences: preferences).run()
        } else {
            try printFrame(opened.title, laboratory(subject), preferences)
        }
    }

    private func laboratory(_ subject: Laboratory.Subject) -> Laboratory {
        Laboratory(subject, workers: common.workers, tool: "espalier \(Espalier.versionText)")
    }

    /// Replays a log or types the keys, each to its whole effect, and prints the frame.
    private func printFrame(
        _ title: String, _ laboratory: Laboratory, _ preferences: Preferences, replay log: StudyLog? = nil
    ) throws {
        let size = try Self.size(frame ?? "80x24")
        let typed: [Key]
        do {
            typed = try Key.parse(keys ?? "")
        } catch {
            throw EspalierError(
                .usage, "--keys: \(error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message)")
        }
        let session = Session(title: title, laboratory: laboratory) {}
        session.start()
        session.settle()
        if let failure = session.state.failure { throw failure }
        if let log { try session.replay(log, from: replay ?? "") }
        for key in typed where !session.state.shouldQuit {
            session.type(key)
            session.settle()
        }
        session.close()
        let drawn = session.frame(
            width: size.width, height: size.height, glyphs: preferences.ascii == true ? .ascii : .unicode)
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

    /// - Throws: `EspalierError` where the file is not there, or no spec can be proposed for it.
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
            let spec = try Self.spec(for: file)
            self.init(.spec(path: spec, study: StudyPlace.beside(spec: spec)), title: name)
        }
    }

    /// The spec of a data file: the one of its name beside it, or a proposal written there.
    private static func spec(for data: String) throws -> String {
        let url = URL(fileURLWithPath: data)
        let name = url.lastPathComponent.split(separator: ".").first.map(String.init) ?? "experiment"
        let spec = url.deletingLastPathComponent().appendingPathComponent(name + ".yaml").path
        guard !FileManager.default.fileExists(atPath: spec) else { return spec }
        try Output.write(SpecProposal.propose(dataPath: url.path), to: spec)
        FileHandle.standardError.write(
            Data("espalier: wrote a proposed spec to \(spec); read it over before you trust what follows.\n".utf8))
        return spec
    }

    private init(_ subject: Laboratory.Subject, title: String) {
        self.subject = subject
        self.title = title
    }
}
