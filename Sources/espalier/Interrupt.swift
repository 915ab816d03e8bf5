import Foundation
import Runtime
import Synchronization
import Texts

/// Ctrl-C during a command, or SIGTERM from whoever started it, raises the cancellation that engine work looks at: what lies in
/// scratch goes before the command does.
enum Interrupt {
    static let cancellation: Cancellation = {
        let cancellation = Cancellation()
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                received.withLock { $0 = $0 ?? number }
                cancellation.cancel()
            }
            source.resume()
            sources.withLock { $0.append(SourceBox(source: source)) }
        }
        return cancellation
    }()

    /// 128 and the signal that came first, as shells count: 130 for Ctrl-C.
    static var exitCode: Int32 { 128 + (received.withLock { $0 } ?? SIGINT) }

    private static let received = Mutex<Int32?>(nil)

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
