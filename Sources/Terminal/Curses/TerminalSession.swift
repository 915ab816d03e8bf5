import CNcurses
import CTerminalGuard
import Foundation
import Frames

/// The terminal, from `init` to `close()`: keys and signals come out of it as events, frames go into it.
///
/// One session at a time, and one thread: ncurses keeps its state in globals, so the class is not `Sendable` and stays
/// with the thread that opened it. Other threads reach its loop through `waker` alone. While it is open, stderr (if it
/// is a terminal) is kept back, and comes out when the session is closed or the process dies.
package final class TerminalSession {
    /// Unicode when the locale's encoding is UTF-8; anything else would be drawn as blanks.
    package let glyphs: GlyphSet
    /// The terminfo entry in use: `TERM`, or what stands in for it.
    package let terminalName: String
    /// Wakes the loop from any thread.
    package var waker: Waker { Waker(pipe: pipe) }
    /// The present size in cells.
    package internal(set) var size: (width: Int, height: Int)

    let environment: [String: String]
    let capabilities: TerminalCapabilities
    let pipe: WakePipe
    /// ncurses' descriptor of the terminal; while a frame is drawn it leads elsewhere, and whatever else is written goes
    /// through `gather.terminal`.
    let tty: Int32
    var events: [TerminalEvent] = []
    var keys: KeyDecoder
    var canvas: FrameCanvas
    var isHungUp = false
    /// What came out of the wake pipe while a frame was being sent.
    var takenBytes: [UInt8] = []
    /// Whether the process is to end while the terminal takes no more: nothing else is sent.
    private var isGivenUp = false
    private let gather: FrameGather
    private let file: UnsafeMutablePointer<FILE>
    private let screen: OpaquePointer
    private let pad: UnsafeMutablePointer<WINDOW>
    private let modes: termios
    private var isOpen = true
    private var hasMouse = false

    /// Opens the controlling terminal; stdin and stdout stay free for data.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) throws(TerminalError) {
        // LC_CTYPE alone: LC_NUMERIC would change how numbers are read and printed.
        setlocale(LC_CTYPE, "")
        glyphs = nc_codeset_is_utf8() != 0 ? .unicode : .ascii
        guard let file = fopen("/dev/tty", "r+e") else {
            throw TerminalError(
                message: "there is no terminal: /dev/tty cannot be opened (\(String(cString: strerror(errno)))); "
                    + "run this from a terminal.")
        }
        let tty = fileno(file)
        var modes = termios()
        tcgetattr(tty, &modes)
        guard let gather = FrameGather(descriptor: tty) else {
            fclose(file)
            throw TerminalError(
                message: "there are no file descriptors left (\(String(cString: strerror(errno)))); raise ulimit -n.")
        }
        let pipe: WakePipe
        do { pipe = try WakePipe() } catch {
            gather.close()
            fclose(file)
            throw error
        }
        // Before newterm: ncurses takes only those signals that nobody handles.
        guard guard_watch(pipe.writeEnd) == 0 else {
            gather.close()
            fclose(file)
            throw TerminalError(message: "the terminal is open already; close the other session first.")
        }
        let opened: (screen: OpaquePointer, name: String, capabilities: TerminalCapabilities)
        do { opened = try Self.open(file, term: environment["TERM"] ?? "") } catch {
            guard_unwatch()
            tcsetattr(tty, TCSANOW, &modes)
            gather.close()
            fclose(file)
            throw error
        }
        guard let pad = newpad(1, 1) else { fatalError("ncurses has no memory for one cell") }
        Self.setModes(pad: pad, escapeDelay: environment["ESCDELAY"].flatMap(Int32.init) ?? 25)
        self.environment = environment
        self.gather = gather
        self.file = file
        self.tty = tty
        self.modes = modes
        self.pipe = pipe
        self.pad = pad
        screen = opened.screen
        terminalName = opened.name
        capabilities = opened.capabilities
        keys = KeyDecoder(pad: pad)
        canvas = FrameCanvas(glyphs: glyphs)
        size = Self.windowSize(of: tty)
        resize_term(Int32(size.height), Int32(size.width))
        guard_arm(
            gather.terminal, &modes, opened.capabilities.restoreBytes.map { CChar(bitPattern: $0) },
            opened.capabilities.restoreBytes.count)
        guard_divert_stderr()
        enablePaste(true)
    }

    deinit { close() }

    /// Gives the terminal back as it was. Further calls do nothing; presenting afterwards does nothing either.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        // What a stopped terminal has not taken makes way for the bytes that restore it.
        if isGivenUp { tcflush(tty, TCOFLUSH) }
        enablePaste(false)
        if hasMouse { reportMouse(false) }
        endwin()
        var modes = modes
        tcsetattr(tty, isGivenUp ? TCSANOW : TCSADRAIN, &modes)
        guard_disarm()
        guard_unwatch()
        delwin(pad)
        delscreen(screen)
        gather.close()
        fclose(file)
        guard_replay_stderr()
    }

    /// The colour depth for this terminal: what the user asks for, or the environment, but no more than can be drawn.
    package func depth(_ choice: ColourChoice) -> ColourDepth {
        depth(requested: choice.depth(terminalColours: canvas.pairs.colours, environment: environment))
    }

    /// The same for a depth.
    package func depth(requested: ColourDepth? = nil) -> ColourDepth {
        let chosen = ColourDepth.choose(
            terminalColours: canvas.pairs.colours, environment: environment, requested: requested)
        return min(chosen, canvas.pairs.depth)
    }

    /// Draws a frame: only cells that differ from what is on the screen are sent, and nothing at all if none does.
    package func present(_ frame: Frame, theme: Theme, depth: ColourDepth) {
        guard isOpen, canvas.draw(frame, theme: theme, depth: min(depth, canvas.pairs.depth), size: size) else {
            return
        }
        let bytes = gather.bytes { doupdate() }
        guard !bytes.isEmpty else { return }
        // Other terminals may have ways of their own to end a rendition.
        send(
            capabilities.isXtermLike
                ? Array(TerminalCapabilities.synchronisedBegin.utf8) + FrameBytes.shortened(bytes)
                    + TerminalCapabilities.synchronisedEnd.utf8 : bytes)
    }

    /// Makes the next `present` clear the screen and draw every cell, as after Ctrl-L.
    package func redrawAll() { canvas.forget() }

    /// Stops the process as Ctrl-Z does elsewhere, and comes back when it is continued.
    package func suspend() {
        guard isOpen else { return }
        enablePaste(false)
        if hasMouse { reportMouse(false) }
        endwin()
        guard_stop()
        resume()
    }

    /// Takes the terminal back after the process was continued.
    func resume() {
        reset_prog_mode()
        enablePaste(true)
        if hasMouse { reportMouse(true) }
        redrawAll()
        noticeSize()
        events.append(.resumed)
    }

    /// Tells ncurses and the caller of another size, if it is another.
    func noticeSize() {
        let now = Self.windowSize(of: tty)
        guard now != size else { return }
        size = now
        resize_term(Int32(now.height), Int32(now.width))
        redrawAll()
        events.append(.resize(width: now.width, height: now.height))
    }

    /// Writes to the terminal past ncurses, which has flushed whatever it wrote before. A terminal that takes no more is waited
    /// for, but not past a signal that ends the process.
    func send(_ bytes: [UInt8]) {
        let flags = fcntl(gather.terminal, F_GETFL)
        _ = fcntl(gather.terminal, F_SETFL, flags | O_NONBLOCK)
        defer { _ = fcntl(gather.terminal, F_SETFL, flags) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(gather.terminal, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                guard waitForRoom() else { return }
                continue
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits until the terminal takes more; false where the process is to end before that.
    private func waitForRoom() -> Bool {
        while !isGivenUp {
            var descriptors = [
                pollfd(fd: gather.terminal, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&descriptors, 2, -1) >= 0 || errno == EINTR else { return false }
            if descriptors[1].revents != 0 {
                takenBytes += pipe.drain()
                isGivenUp = takenBytes.contains { [GUARD_HUNG_UP, GUARD_TERMINATED].contains(Int($0)) }
            }
            if descriptors[0].revents != 0 { return !isGivenUp }
        }
        return false
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Asks the terminal for mouse reports, or to keep the mouse to itself. Terminals outside the xterm family are not asked:
    /// false.
    @discardableResult
    package func enableMouse(_ isOn: Bool) -> Bool {
        guard capabilities.isXtermLike else { return false }
        guard isOn != hasMouse else { return true }
        hasMouse = isOn
        reportMouse(isOn)
        return true
    }

    private func reportMouse(_ isOn: Bool) {
        send(isOn ? TerminalCapabilities.mouseOn : TerminalCapabilities.mouseOff)
    }

    private func enablePaste(_ isOn: Bool) {
        if capabilities.isXtermLike { send(isOn ? TerminalCapabilities.pasteOn : TerminalCapabilities.pasteOff) }
    }

    /// Opens the terminal by its own name, or, where terminfo does not know that, by the nearest it does know.
    ///
    /// tmux and screen keep their own entries: the xterm ones do not have their Home and End keys.
    private static func open(
        _ file: UnsafeMutablePointer<FILE>, term: String
    ) throws(TerminalError) -> (screen: OpaquePointer, name: String, capabilities: TerminalCapabilities) {
        let isMultiplexer = term.hasPrefix("tmux") || term.hasPrefix("screen")
        let substitutes = (isMultiplexer ? ["screen-256color", "screen"] : []) + ["xterm-256color", "xterm", "vt100"]
        for name in [term] + substitutes where !name.isEmpty {
            guard let screen = newterm(name, file, file) else { continue }
            let capabilities = TerminalCapabilities()
            if capabilities.canPlaceCursor { return (screen, name, capabilities) }
            endwin()
            delscreen(screen)
            throw TerminalError(
                message: "a terminal of type '\(name)' cannot place its cursor; "
                    + "use another, or set TERM to what it is, such as xterm-256color.")
        }
        throw TerminalError(
            message: "terminfo knows neither TERM='\(term)' nor \(substitutes.joined(separator: ", ")); "
                + "install ncurses-base, or set TERMINFO to where the entries are.")
    }

    private static func setModes(pad: UnsafeMutablePointer<WINDOW>, escapeDelay: Int32) {
        // raw is cbreak without signals from keys: Ctrl-C is a key, Ctrl-Z is handled as one.
        raw()
        noecho()
        nonl()
        keypad(pad, true)
        nodelay(pad, true)
        meta(pad, true)
        set_escdelay(escapeDelay)
        // Otherwise ncurses would leave a frame half drawn when a key is waiting.
        typeahead(-1)
        leaveok(nc_stdscr(), true)
        curs_set(0)
    }

    private static func windowSize(of tty: Int32) -> (width: Int, height: Int) {
        var width: Int32 = 0
        var height: Int32 = 0
        guard nc_window_size(tty, &width, &height) == 0, width > 0, height > 0 else { return (80, 24) }
        return (Int(width), Int(height))
    }
}
