import CNcurses
import CTerminalGuard
import Glibc

extension TerminalSession {
    /// Waits until something happens. There is no timer: a process with nothing to do uses no time at all.
    package func nextEvent() -> TerminalEvent {
        while true {
            if let event = nextEvent(within: nil) { return event }
        }
    }

    /// Waits until something happens, or so many seconds.
    package func nextEvent(within seconds: Int32?) -> TerminalEvent? {
        if events.isEmpty { gather(milliseconds: seconds.map { $0 * 1000 } ?? -1) }
        return events.isEmpty ? nil : events.removeFirst()
    }

    /// What has happened already, if anything: lets a loop take all waiting keys before it draws.
    package func pendingEvent() -> TerminalEvent? {
        if events.isEmpty { gather(milliseconds: 0) }
        return events.isEmpty ? nil : events.removeFirst()
    }

    /// Forgets what was typed so far: before there was anything to see, keys can only have been meant for something else.
    package func dropTyped() {
        tcflush(tty, TCIFLUSH)
        flushinp()
        events.removeAll { event in
            switch event {
            case .key, .paste, .pointer: true
            default: false
            }
        }
    }

    private func gather(milliseconds: Int32) {
        if isHungUp {
            events.append(.hangup)
            return
        }
        var descriptors = [
            pollfd(fd: tty, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, 2, takenBytes.isEmpty ? milliseconds : 0) > 0 || !takenBytes.isEmpty else { return }
        if descriptors[1].revents != 0 || !takenBytes.isEmpty { takeSignals() }
        let terminal = Int32(descriptors[0].revents)
        if terminal & POLLIN != 0, nc_readable(tty) > 0 {
            takeKeys()
        } else if terminal != 0 {
            // Readable without anything to read: the end of input.
            hangUp()
        }
    }

    private func takeSignals() {
        let causes = Set((takenBytes + pipe.drain()).map(Int.init))
        takenBytes = []
        if causes.contains(Int(GUARD_HUNG_UP)) { hangUp() }
        if causes.contains(Int(GUARD_TERMINATED)) { events.append(.terminate) }
        if causes.contains(Int(GUARD_INTERRUPTED)) { events.append(.key(.control("c"))) }
        if causes.contains(Int(GUARD_RESIZED)) { noticeSize() }
        if causes.contains(Int(GUARD_CONTINUED)) {
            // Stopped by SIGSTOP, unasked: the shell has changed the terminal's modes meanwhile.
            endwin()
            resume()
        }
        if causes.contains(Int(GUARD_STOP_ASKED)) { suspendOnce() }
        if causes.contains(Int(GUARD_WAKE)) { events.append(.wake) }
    }

    private func takeKeys() {
        // An invalid byte ends a reading early; what is behind it must not wait for the next key.
        repeat {
            while let input = keys.next() {
                switch input {
                case .key(.control("z")): suspendOnce()
                case .key(let key): events.append(.key(key))
                case .paste(let text): events.append(.paste(text))
                case .pointer(let event): events.append(.pointer(event))
                }
            }
        } while nc_readable(tty) > 0
    }

    /// Suspends, and takes the SIGCONT that ends it as answered.
    private func suspendOnce() {
        suspend()
        let others = pipe.drain().filter { Int32($0) != Int32(GUARD_CONTINUED) }
        for byte in others { guard_write_byte(pipe.writeEnd, CChar(bitPattern: byte)) }
    }

    private func hangUp() {
        isHungUp = true
        events.append(.hangup)
    }
}
