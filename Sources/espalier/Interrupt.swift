import Foundation
import Runtime
import Synchronization

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
    private static let shown = Mutex<String>("")

    static let report: @Sendable (Runtime.Progress) -> Void = { progress in
        guard isTerminal else { return }
        let count = "\(progress.phase) \(progress.done) of \(progress.total)"
        let text = progress.detail.isEmpty ? count : "\(count), \(progress.detail)"
        shown.withLock { last in
            guard text != last else { return }
            last = text
            Diagnostics.write("\r\u{1B}[K\(text)")
        }
    }

    /// Removes the line.
    static func clear() {
        guard isTerminal else { return }
        Diagnostics.write("\r\u{1B}[K")
    }
}
