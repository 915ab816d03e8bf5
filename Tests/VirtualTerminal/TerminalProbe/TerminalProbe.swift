import Curses
import Foundation
import Frames

/// A small program for tests of the terminal: shows widgets, names the keys it gets, and dies in several ways.
@main
struct TerminalProbe {
    private var session: TerminalSession
    private let theme: Theme
    private let depth: ColourDepth
    private var keys: [String] = []
    private var last = "ready"
    private var wakes = 0

    static func main() {
        do {
            let arguments = CommandLine.arguments
            let theme = arguments.count > 1 ? try Theme(file: arguments[1]) : .plain
            var probe = TerminalProbe(session: try TerminalSession(), theme: theme)
            probe.run()
        } catch {
            FileHandle.standardError.write(Data("terminal-probe: \(error)\n".utf8))
            exit(1)
        }
    }

    private init(session: TerminalSession, theme: Theme) {
        self.session = session
        self.theme = theme
        depth = session.depth()
    }

    private mutating func run() {
        while true {
            session.present(frame(), theme: theme, depth: depth)
            switch session.nextEvent() {
            case .key(.character("q")): return finish("quit")
            case .key(.character("x")): fatalError("the probe was asked to trap")
            case .key(.character("w")): wakeFromThread()
            case .key(.character("e")): complain()
            case .key(.character("y")): last = session.copyToClipboard("Wörter") ? "copied" : "not copied"
            case .key(.character("m")): last = session.enableMouse(true) ? "mouse" : "no mouse"
            case .key(.control("l")): session.redrawAll()
            case .key(let key):
                keys.append(key.notation)
                last = "key \(key.displayName)"
            case .pointer(let event): last = "\(event.kind) \(event.x) \(event.y)"
            case .paste(let text): last = "paste \(text)"
            case .resize(let width, let height): last = "resize \(width)x\(height)"
            case .wake:
                wakes += 1
                last = "wake \(wakes)"
            case .resumed: last = "resumed"
            case .terminate: return finish("terminated")
            case .hangup: return finish("hung up")
            }
        }
    }

    /// Writes to stderr, which must not spoil the screen but come out at the end.
    private mutating func complain() {
        FileHandle.standardError.write(Data("a complaint\n".utf8))
        last = "complained"
    }

    private func wakeFromThread() {
        let waker = session.waker
        Thread.detachNewThread { waker.wake() }
    }

    private func finish(_ why: String) {
        session.close()
        print("probe: \(why)")
    }

    private func frame() -> Frame {
        let (width, height) = session.size
        var frame = Frame(width: width, height: height, glyphs: session.glyphs)
        let glyphs = frame.glyphs
        let inside = frame.box(frame.bounds, title: "probe \(session.terminalName)")
        frame.write("size \(width)x\(height)", in: inside, row: 0, style: .title)
        frame.write(last, in: inside, row: 1, style: .focus)
        frame.write("keys " + keys.joined(separator: " "), in: inside, row: 2)
        frame.write(Bar(0.4).text(width: 20, glyphs: glyphs), in: inside, row: 3)
        frame.write(SliderTrack(position: 0.7, pinned: 0.2).text(width: 20, glyphs: glyphs), in: inside, row: 4)
        frame.write("é 漢字 ✓ end", in: inside, row: 5, style: .good)
        var plot = PlotCanvas(x: PlotAxis(0...10, title: "x"), y: PlotAxis(0...10, title: "y"))
        plot.staircase([.init(2, 8), .init(5, 6), .init(9, 1)])
        plot.draw(in: inside.splitTop(6).rest, of: &frame)
        return frame
    }
}
