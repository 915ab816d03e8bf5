import ArgumentParser
import Experiments
import Foundation
import Frames
import Reports
import Runtime
import Simulation
import Studies
import Workbench

struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open the workbench on a study, a pool, a spec or a data file; no file: the sample.",
        shouldDisplay: false)

    @Argument(help: "A study, a pool, a spec or a data file.", completion: .file())
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
        let preferences = try terminal.preferences()
        let isForTerminal = keys == nil && frame == nil && replay == nil
        var typed = try parsedKeys()
        let opened: OpenedSubject
        switch try OpenedFile(file) {
        case .subject(let subject) where isForTerminal:
            guard let mended = try mend(subject, preferences) else { return }
            opened = mended
        case .subject(let subject): opened = subject
        case .pool(let pool, let title):
            try refuseReplay()
            let worker = StudyWorker(showing: pool, workers: common.workers)
            guard isForTerminal else { return try printFrame(title, worker, preferences, typed) }
            try TerminalLoop(title: title, worker: worker, services: Self.services, preferences: preferences).run()
            return
        case .setup(let place):
            try refuseReplay()
            let spec =
                isForTerminal
                ? try TerminalLoop(
                    title: place.title, worker: place.worker(common.workers), services: Self.services(place),
                    preferences: preferences
                ).run()
                : try setUp(place, preferences, &typed)
            guard let spec else { return }
            opened = OpenedSubject(spec: spec)
        }
        if let replay {
            let bare = try BareCopy(of: opened.subject)
            defer { bare.remove() }
            try printFrame(opened.title, worker(bare.subject), preferences, typed, replay: StudyLog(file: replay))
            return
        }
        let subject = try SecondOpener.settle(opened.subject, wantsCopy: copy, mayAsk: isForTerminal)
        if case .spec(let spec, let path) = subject {
            try ChangedSpec.settle(spec: spec, study: path, mayAsk: isForTerminal)
        }
        if isForTerminal {
            try TerminalLoop(
                title: opened.title, worker: worker(subject), services: Self.services, preferences: preferences
            ).run()
        } else {
            try printFrame(opened.title, worker(subject), preferences, typed)
        }
    }

    /// Shows a spec that cannot be read until it can be.
    /// - Returns: what to open; nil where it was left.
    private func mend(_ subject: OpenedSubject, _ preferences: Preferences) throws -> OpenedSubject? {
        guard case .spec(let path, _) = subject.subject, let broken = BrokenSpec(path: path) else { return subject }
        let written = try TerminalLoop(
            title: subject.title, worker: StudyWorker(showing: broken, workers: common.workers),
            services: Self.services, preferences: preferences
        ).run()
        return written == nil ? nil : subject
    }

    /// - Throws: `EspalierError` (.usage) where a log is given with what has none.
    private func refuseReplay() throws {
        guard replay == nil else {
            throw EspalierError(.usage, "--replay wants a study or its spec", remedy: "name one of them")
        }
    }

    private func parsedKeys() throws -> [Key] {
        do {
            return try Key.parse(keys ?? "")
        } catch {
            throw EspalierError(
                .usage, "--keys: \(error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message)")
        }
    }

    /// Types keys on the set-up screen until a spec is written, or prints its frame when they have run out.
    /// - Returns: the spec; nil when the frame was printed.
    private func setUp(_ place: SetupPlace, _ preferences: Preferences, _ keys: inout [Key]) throws -> String? {
        let size = try Self.size(frame ?? "80x24")
        let session = Session(
            title: place.title, worker: try place.worker(common.workers), services: Self.services(place)
        ) {}
        defer { session.close() }
        session.start()
        session.settle()
        while !keys.isEmpty, !session.state.shouldQuit {
            session.type(keys.removeFirst())
            session.settle()
        }
        if let path = session.state.setup.written { return path }
        try Output.write(Self.text(preferences) { session.frame(width: size.width, height: size.height, glyphs: $0) })
        return nil
    }

    /// A frame as plain text.
    private static func text(_ preferences: Preferences, _ draw: (GlyphSet) -> Frame) -> String {
        draw(preferences.ascii == true ? .ascii : .unicode).text(trimmed: true) + "\n"
    }

    private func worker(_ subject: StudyWorker.Subject) -> StudyWorker {
        StudyWorker(subject, workers: common.workers)
    }

    private static var services: WorkbenchServices { services(nil) }

    /// - Parameter place: where set-up writes the spec.
    private static func services(_ place: SetupPlace?) -> WorkbenchServices {
        let tool = "espalier \(Espalier.versionText)"
        return WorkbenchServices(
            tool: tool,
            page: { study, candidate, workers in
                try StudyReport(study, candidate: candidate, tool: tool, workers: workers).html()
            }, writeSpec: { try place?.write($0, to: $1) })
    }

    /// Replays a log or types the keys, each to its whole effect, and prints the frame.
    private func printFrame(
        _ title: String, _ worker: StudyWorker, _ preferences: Preferences, _ keys: [Key],
        replay log: StudyLog? = nil
    ) throws {
        let size = try Self.size(frame ?? "80x24")
        let session = Session(title: title, worker: worker, services: Self.services) {}
        session.start()
        session.settle()
        if let failure = session.state.failure { throw failure }
        if let log { try session.replay(log, from: replay ?? "") }
        for key in keys where !session.state.shouldQuit {
            session.type(key)
            session.settle()
        }
        session.close()
        try Output.write(Self.text(preferences) { session.frame(width: size.width, height: size.height, glyphs: $0) })
        if let loss = session.loss ?? session.firstLoss { throw loss }
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
