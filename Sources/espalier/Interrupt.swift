import Foundation
import Runtime
import Synchronization
import Texts

/// Ctrl-C during a command raises the cancellation that engine work looks at.
enum Interrupt {
    static let cancellation: Cancellation = {
        let cancellation = Cancellation()
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { cancellation.cancel() }
        source.resume()
        sources.withLock { $0.append(SourceBox(source: source)) }
        return cancellation
    }()

    private static let sources = Mutex<[SourceBox]>([])

    /// Keeps the source alive; it is never touched again after it was resumed, so sharing it is safe.
    private struct SourceBox: @unchecked Sendable {
        let source: any DispatchSourceSignal
    }
}

/// One line of progress on stderr, rewritten in place, only where somebody sees it.
enum ProgressLine {
    private static let isTerminal = isatty(STDERR_FILENO) == 1
    private static let shown = Mutex<(text: String, clock: ProgressClock?)>(("", nil))
    private static let start = ContinuousClock.now

    static let report: @Sendable (Runtime.Progress) -> Void = { progress in
        guard Diagnostics.volume == .usual else {
            let isNew = shown.withLock { shown in
                defer { shown.text = progress.phase }
                return shown.text != progress.phase
            }
            if isNew { Diagnostics.detail(progress.phase) }
            return
        }
        guard isTerminal else { return }
        shown.withLock { shown in
            let now = (ContinuousClock.now - start) / .seconds(1)
            if shown.clock?.take(progress, now: now) == nil {
                shown.clock = ProgressClock(progress, now: now, elapsed: now)
            }
            let text = shown.clock?.text(now: now) ?? ""
            guard text != shown.text else { return }
            shown.text = text
            Diagnostics.send("\r\u{1B}[K\(DisplayText.escaped(text))")
        }
    }

    /// Removes the line.
    static func clear() {
        guard isTerminal, Diagnostics.volume == .usual else { return }
        Diagnostics.send("\r\u{1B}[K")
    }
}
