import Dispatch
import Foundation
import Frames
import Statistics
import Synchronization

/// The workbench without a terminal: keys and results in, frames out. The terminal loop and `--keys` both drive it.
package final class Session {
    package private(set) var state: WorkbenchState
    private let runner: JobRunner
    private let inbox: Inbox

    /// - Parameter wake: called from any thread when a result waits.
    package init(title: String, laboratory: Laboratory, wake: @escaping @Sendable () -> Void) {
        state = WorkbenchState(title: title)
        let inbox = Inbox()
        self.inbox = inbox
        runner = JobRunner(laboratory) { result in
            inbox.put(result)
            wake()
        }
    }

    /// Opens or fits the study.
    package func start() { submit([.fit]) }

    package func type(_ key: Key) {
        if key == .control("c"), state.overlay == .none {
            for kind in [JobKind.search, .limits, .judge, .fit] where state.running[kind] != nil { runner.cancel(kind) }
        }
        submit(Input.type(key, into: &state))
    }

    /// Takes in every result that waits.
    package func receiveResults() {
        for result in inbox.take() { submit(Reducer.receive(&state, result)) }
    }

    /// Runs until nothing is under way: scripts and tests see each key's whole effect.
    package func settle() {
        repeat {
            receiveResults()
            runner.finish()
        } while !inbox.isEmpty
    }

    package func frame(width: Int, height: Int, glyphs: GlyphSet) -> Frame {
        Screens.draw(state, width: width, height: height, glyphs: glyphs)
    }

    /// The text that waits to be copied, once.
    package func takeClipboard() -> String? {
        defer { state.clipboard = nil }
        return state.clipboard
    }

    /// Stops what can be stopped and waits for what must be kept.
    package func close() {
        for kind in JobKind.allCases where kind != .candidates && kind != .export { runner.cancel(kind) }
        runner.finish()
    }

    private func submit(_ jobs: [Job]) {
        for job in jobs { runner.submit(job) }
    }
}

/// Results on their way from the jobs' threads to the loop.
private final class Inbox: Sendable {
    private let results = Mutex<[JobResult]>([])

    var isEmpty: Bool { results.withLock { $0.isEmpty } }

    func put(_ result: JobResult) { results.withLock { $0.append(result) } }

    func take() -> [JobResult] {
        results.withLock { results in
            defer { results = [] }
            return results
        }
    }
}
