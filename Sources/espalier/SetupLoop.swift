import Curses
import Frames
import Runtime
import Workbench

/// Joins the terminal and the set-up screen until a spec is written or nothing is wanted.
struct SetupLoop {
    let place: SetupPlace
    let preferences: Preferences
    let workers: Workers

    /// - Returns: the spec that was written; nil when the analyst quit.
    func run() throws -> String? {
        let draft = try place.draft()
        let selection = try ThemeSelection(preferences)
        let terminal: TerminalSession
        do {
            terminal = try TerminalSession()
        } catch {
            throw EspalierError(.noInput, error.message)
        }
        defer { terminal.close() }
        let glyphs: GlyphSet = preferences.ascii == true ? .ascii : terminal.glyphs
        let depth = terminal.depth(preferences.colour ?? .auto)
        let waker = terminal.waker
        let session = SetupSession(draft: draft, folder: place.folder, specPath: place.spec, workers: workers) {
            waker.wake()
        }
        defer { session.close() }
        while true {
            session.receiveResults()
            let size = terminal.size
            terminal.present(
                session.frame(width: size.width, height: size.height, glyphs: glyphs), theme: selection.theme,
                depth: depth)
            var next: TerminalEvent? = terminal.nextEvent()
            while let event = next {
                switch event {
                case .key(.control("l")): terminal.redrawAll()
                case .key(let key): session.type(key)
                case .paste(let text): session.paste(text)
                case .pointer, .resize, .wake, .resumed: break
                case .terminate, .hangup: return nil
                }
                switch session.state.outcome {
                case .quit: return nil
                case .write(let path):
                    if let problem = place.problem(writing: session.state.draft, to: path) {
                        session.stay(problem)
                    } else {
                        return path
                    }
                case .open: break
                }
                next = terminal.pendingEvent()
            }
        }
    }
}
