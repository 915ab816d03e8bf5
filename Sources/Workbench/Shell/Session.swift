import Dispatch
import Foundation
import Frames
import Runtime
import Studies
import Synchronization

/// The workbench without a terminal: keys and results in, frames out. The terminal loop and `--keys` both drive it.
package final class Session {
    package private(set) var state: WorkbenchState
    private let worker: StudyWorker
    private let runner: WorkRunner
    private let inbox: Inbox
    private var journal = Journal()
    private var isOpen = false
    /// What was decided when a study that may not be written was opened.
    private var readOnlyDecisions: Decisions?
    /// What could not be written since the session began, were it only the result of an operation.
    package private(set) var firstLoss: EspalierError?
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var lastKey: ContinuousClock.Instant
    /// Whether a log is being done again: its operations count whatever is on the screen.
    var isReplaying = false

    /// - Parameter wake: called from any thread when a result waits.
    package init(
        title: String, worker: StudyWorker, services: WorkbenchServices,
        preferences: SessionPreferences = SessionPreferences(), wake: @escaping @Sendable () -> Void
    ) {
        var state = WorkbenchState(title: title, services: services)
        state.preferences = preferences
        self.state = state
        began = clock.now
        lastKey = began
        self.worker = worker
        let inbox = Inbox()
        self.inbox = inbox
        runner = WorkRunner(worker) { delivery in
            inbox.put(delivery)
            wake()
        }
    }

    /// Opens or fits the study; without one, shows the screen that needs none.
    package func start() {
        guard let start = worker.start else { return submit([.open]) }
        start(&state)
        submit(Derivation.follow(&state))
    }

    package func type(_ key: Key) {
        lookAfterFile(isLeaving: key == .character("q") && state.overlay == .none)
        if key == .control("c"), state.overlay == .none { stop() }
        submit(Input.type(key, into: &state))
        saveElsewhere()
    }

    /// Puts pasted text into the line being typed; elsewhere its letters are not keys.
    package func paste(_ text: String) { submit(Input.paste(text, into: &state)) }

    /// Does what was clicked or scrolled over in the frame that was shown.
    package func point(_ event: PointerEvent, in frame: Frame) {
        submit(MouseInput.apply(event, in: frame, to: &state))
    }

    /// Does one action as a key would.
    package func perform(_ action: Action) { submit(Reducer.reduce(&state, action)) }

    /// Does an action of a log; what it brought about later has an entry of its own.
    func redo(_ action: Action) {
        submit(Reducer.reduce(&state, action).filter(\.isReplayedByItsAction))
    }

    private func tick() { state.now = (clock.now - began) / .seconds(1) }

    /// Sees whether the study's file still is there, at the first key after a pause and before leaving.
    private func lookAfterFile(isLeaving: Bool) {
        let now = clock.now
        defer { lastKey = now }
        guard isOpen, isLeaving || now - lastKey > .seconds(2) else { return }
        if isLeaving {
            receiveResults()
            commit()
        }
        guard let replacement = worker.replacement else { return }
        let error = replacement.error(state.facts.studyPath)
        state.notKept = error.description
        state.message = "not kept any more: \(error.description)"
        lost(error)
    }

    private func lost(_ error: EspalierError) { firstLoss = firstLoss ?? error }

    /// Goes on with a copy elsewhere, which takes what could not be kept.
    private func saveElsewhere() {
        guard let name = state.awaitedSave else { return }
        state.awaitedSave = nil
        do {
            let target = try OutputFile.target(name, in: nil).place.path
            let facts = state.facts
            let isRewritten = try worker.move(
                to: target,
                holding: HeldStudy(
                    candidates: facts.candidates, hidden: state.decisions.hidden, front: facts.front,
                    looks: facts.looks))
            (readOnlyDecisions, state.notKept, firstLoss) = (nil, nil, nil)
            if isRewritten { journal.forgetFile() }
            Reducer.moved(to: target, isRewritten: isRewritten, &state)
            commit()
        } catch {
            state.message = "not saved: \((error as? EspalierError)?.description ?? "\(error)")"
        }
    }

    /// The error to end with where something is not in the study.
    package var loss: EspalierError? {
        state.notKept.map {
            EspalierError(
                .cannotCreate,
                "what was done last is not in the study (\($0.hasSuffix(".") ? String($0.dropLast()) : $0))")
        }
    }

    /// Stops whatever runs that can be stopped.
    private func stop() { runner.cancel(announced: true) }

    /// Takes in every result that waits.
    package func receiveResults() {
        tick()
        for result in inbox.take() { receive(result) }
    }

    /// Gives an evaluation under way a moment to come, so that a step is one frame and not two: values dimmed and back again
    /// cost more on the wire than the values themselves. Returns at once where none is awaited.
    package func awaitEvaluation(milliseconds: Int) {
        let deadline = DispatchTime.now() + .milliseconds(milliseconds)
        while state.results.isStale(.evaluation), state.facts.workspace != nil, inbox.waitForArrival(until: deadline) {
            receiveResults()
        }
    }

    func receive(_ delivery: Delivery) {
        if case .opened(let opened) = delivery {
            isOpen = true
            journal.adopt(opened.resumed)
        }
        if case .failed(_, let error) = delivery, error.kind == .cannotCreate { lost(error) }
        if case .computed(let computed) = delivery { keep(computed) }
        submit(Reducer.receive(&state, delivery))
        if case .opened = delivery, state.facts.isReadOnly { readOnlyDecisions = state.decisions }
    }

    /// Keeps what an operation has computed: its result, its entry in the log, what else was done before it, its undo step and
    /// the view it leads to, in one transaction. What cannot be kept has not happened.
    private func keep(_ computed: ComputedOperation) {
        guard isReplaying || computed.isCurrent(state) else { return }
        do {
            let kept = try worker.transaction(durably: true) { transaction in
                var (next, journal) = (state, journal)
                let work = try computed.keep(transaction, &next)
                if let entry = computed.entry { journal.note(entry) }
                if let (commit, after) = try journal.commit(next) {
                    try commit.write(to: transaction)
                    journal = after
                }
                return (next, journal, work)
            }
            guard let (next, after, work) = kept else { return }
            state = next
            journal = after
            submit(work)
        } catch {
            let error = error as? EspalierError ?? EspalierError(.internal, "\(error)")
            Reducer.failed(computed.kind, error, in: &state)
            state.message = "not kept: \(state.message)"
            lost(error)
        }
    }

    /// Keeps in the study whatever has happened; to be called before a frame is shown, so that nothing that was shown as done
    /// can be lost. A study that cannot be written is said on the screen.
    package func commit() {
        guard isOpen else { return }
        if let readOnlyDecisions {
            state.notKept = state.decisions == readOnlyDecisions ? nil : "the study may not be written"
            return
        }
        do {
            guard let (commit, after) = try journal.commit(state) else { return }
            try worker.transaction(durably: false) { try commit.write(to: $0) }
            journal = after
            state.notKept = nil
        } catch {
            let error = error as? EspalierError ?? EspalierError(.internal, "\(error)")
            state.notKept = error.description
            state.message = "not kept: \(error.description)"
            lost(error)
        }
    }

    /// Runs until nothing is under way: scripts and tests see each key's whole effect.
    package func settle() {
        repeat {
            receiveResults()
            runner.finish()
        } while !inbox.isEmpty
        commit()
    }

    package func frame(width: Int, height: Int, glyphs: GlyphSet) -> Frame {
        tick()
        return Screens.draw(state, width: width, height: height, glyphs: glyphs)
    }

    /// The text that waits to be copied, once.
    /// - Parameter frame: what is shown.
    package func takeClipboard(_ frame: Frame) -> String? {
        defer { (state.clipboard, state.copiesFrame) = (nil, false) }
        return state.copiesFrame ? frame.text(trimmed: true) : state.clipboard
    }

    /// Says something at the bottom of the screen.
    package func say(_ message: String) { state.message = message }

    /// Stops what can be stopped and waits for what must be kept, and for what that leads to: an export may have to make its
    /// candidate first.
    package func close() {
        repeat {
            receiveResults()
            runner.cancel()
            runner.finish()
        } while !inbox.isEmpty
        commit()
    }

    /// Hands work to its queues; entries of the log stay here until the next commit.
    func submit(_ work: [Work]) {
        // An operation reads decisions in the study: it meets those on the screen.
        if work.contains(where: { if case .operation = $0 { true } else { false } }) { commit() }
        for item in work {
            if case .log(let action) = item {
                note(action)
            } else {
                runner.submit(item)
            }
        }
    }

    /// Keeps the entry of an operation that is not done.
    func keep(entryOf operation: some StudyOperation) {
        do {
            journal.note(try LogEntry(operation))
        } catch {
            state.message = "not kept: \(error)"
        }
    }

    private func note(_ action: Action) {
        do {
            journal.note(try LogEntry(view: action))
        } catch {
            state.message = "not kept: \(error)"
        }
    }
}

/// Deliveries on their way from the threads of the work to the loop.
private final class Inbox: Sendable {
    private let deliveries = Mutex<[Delivery]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    var isEmpty: Bool { deliveries.withLock { $0.isEmpty } }

    func put(_ delivery: Delivery) {
        deliveries.withLock { $0.append(delivery) }
        arrivals.signal()
    }

    /// False when nothing has come in time; arrivals that were taken already may count once more.
    func waitForArrival(until deadline: DispatchTime) -> Bool { arrivals.wait(timeout: deadline) == .success }

    func take() -> [Delivery] {
        deliveries.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
