import Curses
import Foundation
import Frames
import Statistics
import Workbench

/// Joins the terminal and the workbench: events in, frames out, nothing while idle.
struct TerminalLoop {
    let title: String
    let laboratory: Laboratory
    let theme: String?
    let ascii: Bool

    func run() throws {
        let themes = ThemeLibrary.standard(
            executable: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "",
            environment: ProcessInfo.processInfo.environment)
        let chosen: Theme
        do {
            chosen =
                try theme.map { try themes.theme(named: $0) } ?? (try? themes.theme(named: "espalier-dark")) ?? .plain
        } catch let error as ThemeError {
            throw EspalierError(.data, error.message)
        }
        let terminal: TerminalSession
        do {
            terminal = try TerminalSession()
        } catch {
            throw EspalierError(.noInput, error.message)
        }
        defer { terminal.close() }
        let depth = terminal.depth()
        let glyphs: GlyphSet = ascii ? .ascii : terminal.glyphs
        let waker = terminal.waker
        let session = Session(title: title, laboratory: laboratory) { waker.wake() }
        session.start()
        while !session.state.shouldQuit {
            session.receiveResults()
            let size = terminal.size
            terminal.present(
                session.frame(width: size.width, height: size.height, glyphs: glyphs), theme: chosen, depth: depth)
            var next: TerminalEvent? = terminal.nextEvent()
            // Everything that waits is taken in before the next frame is drawn.
            while let event = next {
                guard handle(event, session, terminal) else {
                    session.close()
                    return
                }
                next = session.state.shouldQuit ? nil : terminal.pendingEvent()
            }
        }
        session.close()
        if let failure = session.state.failure {
            terminal.close()
            throw failure
        }
    }

    /// - Returns: whether to go on.
    private func handle(_ event: TerminalEvent, _ session: Session, _ terminal: TerminalSession) -> Bool {
        switch event {
        case .key(.control("l")): terminal.redrawAll()
        case .key(let key):
            session.type(key)
            if let text = session.takeClipboard() { terminal.copyToClipboard(text) }
        case .paste(let text): for character in text where !character.isNewline { session.type(.character(character)) }
        case .resize, .wake, .resumed: break
        case .terminate, .hangup: return false
        }
        return true
    }
}
