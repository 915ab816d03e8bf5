import Dispatch
import Experiments
import Foundation
import Frames
import Runtime
import Synchronization

/// The set-up screen without a terminal: keys in, frames out, health checks of the draft off the main thread.
package final class SetupSession {
    package private(set) var state: SetupState
    private let folder: String
    private let workers: Workers
    private let wake: @Sendable () -> Void
    private let queue = DispatchQueue(label: "espalier.setup")
    private let inbox = SetupInbox()
    /// The checks under way; newer ones stop them.
    private var cancellation = Cancellation()
    private var generation = 0

    /// - Parameters:
    ///   - folder: where the draft's data file is looked for, and the spec's own.
    ///   - wake: called from another thread when checks are done.
    package init(
        draft: SpecDraft, folder: String, specPath: String, workers: Workers, wake: @escaping @Sendable () -> Void
    ) {
        state = SetupState(draft: draft, specPath: specPath)
        self.folder = folder
        self.workers = workers
        self.wake = wake
        if draft.problem == nil { check() }
    }

    package func type(_ key: Key) {
        if SetupInput.type(key, into: &state) { check() }
    }

    /// Puts pasted text into the line being typed; elsewhere its letters are not keys.
    package func paste(_ text: String) {
        guard case .prompt(let prompt, let line) = state.overlay else { return }
        state.overlay = .prompt(prompt, text: LineEdit.paste(text, into: line))
    }

    /// Goes on where the spec could not be written, with the reason as the message.
    package func stay(_ problem: String) {
        state.outcome = .open
        state.message = problem
    }

    /// Takes in the checks that are done.
    package func receiveResults() {
        guard let (generation, result) = inbox.take(), generation == self.generation else { return }
        state.isChecking = false
        switch result {
        case .success(let health): (state.health, state.failure) = (health, nil)
        case .failure(let error): (state.health, state.failure) = (nil, error.description)
        }
    }

    /// Waits for the checks under way.
    package func settle() {
        queue.sync {}
        receiveResults()
    }

    /// Stops what is under way.
    package func close() {
        cancellation.cancel()
        queue.sync {}
    }

    package func frame(width: Int, height: Int, glyphs: GlyphSet) -> Frame {
        SetupScreen.draw(state, width: width, height: height, glyphs: glyphs)
    }

    private func check() {
        cancellation.cancel()
        cancellation = Cancellation()
        generation += 1
        state.isChecking = true
        let context = RunContext(workers: workers, cancellation: cancellation)
        let (yaml, path, folder, number) = (state.draft.yaml, state.specPath, folder, generation)
        queue.async { [inbox, wake] in
            do {
                let spec = try ExperimentSpec.read(yaml: yaml, file: path)
                let reading = try Experiment.read(spec: spec, folder: folder, context: context)
                inbox.put(number, .success(try HealthReport.examine(reading)))
            } catch let error as EspalierError {
                inbox.put(number, .failure(error))
            } catch is CancellationError {
                return
            } catch {
                inbox.put(number, .failure(EspalierError(.internal, "\(error)")))
            }
            wake()
        }
    }
}

/// The latest checks on their way to the loop.
private final class SetupInbox: Sendable {
    private let latest = Mutex<(Int, Result<HealthReport, EspalierError>)?>(nil)

    func put(_ generation: Int, _ result: Result<HealthReport, EspalierError>) {
        latest.withLock { $0 = (generation, result) }
    }

    func take() -> (Int, Result<HealthReport, EspalierError>)? {
        latest.withLock { latest in
            defer { latest = nil }
            return latest
        }
    }
}
