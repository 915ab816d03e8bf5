import Curses
import Foundation
import Frames
import Runtime
import Workbench

/// Joins the terminal and the workbench: events in, frames out, nothing while idle.
struct TerminalLoop {
    let title: String
    let worker: StudyWorker
    let services: WorkbenchServices
    let preferences: Preferences
    private let environment = ProcessInfo.processInfo.environment

    init(title: String, worker: StudyWorker, services: WorkbenchServices, preferences: Preferences) {
        self.title = title
        self.worker = worker
        self.services = services
        self.preferences = preferences
    }

    /// - Returns: the spec that set-up has written, where it was shown.
    @discardableResult func run() throws -> String? {
        var selection = try ThemeSelection(preferences, environment: environment)
        let terminal: TerminalSession
        do {
            terminal = try TerminalSession()
        } catch {
            throw EspalierError(.noInput, error.message)
        }
        defer { terminal.close() }
        let glyphs: GlyphSet = preferences.ascii == true ? .ascii : terminal.glyphs
        let depth = terminal.depth(preferences.colour ?? .auto)
        let hints = SeenHints(environment: environment)
        let preferences = SessionPreferences(
            theme: selection.name, themes: selection.names, mouse: preferences.mouse == true,
            hints: preferences.hints == false ? [] : hints.unseen(),
            configFile: Preferences.file(environment: environment) ?? "")
        let waker = terminal.waker
        let session = Session(title: title, worker: worker, services: services, preferences: preferences) {
            waker.wake()
        }
        var known = preferences
        if known.mouse { terminal.enableMouse(true) }
        session.start()
        var isFirst = true
        while !session.state.shouldQuit {
            session.receiveResults()
            // A fit that failed or a spec that was written ends it without a key.
            if session.state.shouldQuit { break }
            if session.state.screen == .policy { session.awaitEvaluation(milliseconds: 25) }
            session.commit()
            if session.state.preferences != known {
                follow(session, from: known, terminal, hints, &selection)
                known = session.state.preferences
            }
            let size = terminal.size
            let frame = session.frame(width: size.width, height: size.height, glyphs: glyphs)
            terminal.present(frame, theme: selection.theme, depth: depth)
            // On set-up single letters change the spec.
            if isFirst, session.state.screen == .setup { terminal.dropTyped() }
            isFirst = false
            // While work goes on its clock is seen to run; without work there is no timer.
            var next = terminal.nextEvent(within: session.state.running.isEmpty ? nil : 1)
            // Everything that waits is taken in before the next frame is drawn.
            while let event = next {
                guard handle(event, session, terminal, frame) else {
                    _ = try close(session, terminal)
                    return nil
                }
                next = session.state.shouldQuit ? nil : terminal.pendingEvent()
            }
        }
        // What was put away in the same breath as quitting.
        if session.state.preferences.hints != known.hints { hints.keep(unseen: session.state.preferences.hints) }
        return try close(session, terminal)
    }

    /// - Returns: the spec that set-up has written, where it was shown.
    /// - Throws: `EspalierError` where there was nothing to show, or something is not in the study.
    private func close(_ session: Session, _ terminal: TerminalSession) throws -> String? {
        session.close()
        if let failure = session.state.failure ?? session.loss {
            terminal.close()
            throw failure
        }
        return session.state.setup.written
    }

    /// - Returns: whether to go on.
    private func handle(
        _ event: TerminalEvent, _ session: Session, _ terminal: TerminalSession, _ frame: Frame
    ) -> Bool {
        switch event {
        case .key(.control("l")): terminal.redrawAll()
        case .key(let key):
            session.type(key)
            if let text = session.takeClipboard(frame), !terminal.copyToClipboard(text) {
                session.say("not copied: this terminal is not known to take text for its clipboard (OSC 52)")
            }
        case .pointer(let pointer): session.point(pointer, in: frame)
        case .paste(let text): session.paste(text)
        case .resize, .wake, .resumed: break
        case .terminate, .hangup: return false
        }
        return true
    }

    /// Brings terminal and disk in line with what was changed of the surroundings.
    private func follow(
        _ session: Session, from before: SessionPreferences, _ terminal: TerminalSession, _ hints: SeenHints,
        _ selection: inout ThemeSelection
    ) {
        let now = session.state.preferences
        if now.theme != before.theme, let problem = selection.put(on: now.theme) { session.say(problem) }
        if now.mouse != before.mouse, !terminal.enableMouse(now.mouse) {
            session.say("this terminal is not known to report its mouse")
        }
        if now.hints != before.hints { hints.keep(unseen: now.hints) }
    }
}
