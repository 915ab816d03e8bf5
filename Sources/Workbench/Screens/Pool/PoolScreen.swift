import Frames
import Pooling
import Runtime
import Studies

extension Screen {
    package static let pool = Screen("pool")
}

/// A pool of experiments: what each has of the others and gives them, which effects go together, and who predicts best.
package enum PoolScreen: ScreenDefinition {
    package typealias State = PoolState
    package typealias OwnAction = PoolAction

    package static let screen = Screen.pool
    package static let number = 0
    package static let title = "Pool"
    package static let hint = "Who carries the pool? Enter opens one, o the next outcome."
    package static let needsStudy = false
    package static let filterQuestion = "only experiments with:"

    package static let keys =
        [
            Binding([.enter], "details", "details of the experiment", .pool(.open)),
            Binding([.character("0")], "", "the whole pool", .pool(.close)),
            Binding([.character("o")], "outcome", "the next outcome", .pool(.cycleOutcome(1))),
            Binding([.character("O")], "", "the outcome before", .pool(.cycleOutcome(-1))),
            Binding([.character("n")], "notes", "what should be known of the pool", .pool(.notes)),
        ] + KeyTable.movement

    /// Of the keys that hold everywhere, those that mean something without a study.
    package static let sharedKeys: [Binding] = KeyTable.everywhere.filter { binding in
        let meant: [Action] = [
            .prompt(.filter), .themes, .toggleMouse, .cancel, .palette, .help, .dismiss, .quit,
        ]
        return meant.contains(binding.action)
    }

    package static let derivations: [Derivation] = [
        Derivation(withoutStudy: .poolNeighbours) { state in
            state.pool.fit.map { FindNeighbours(inputs: $0.model) }
        }
    ]

    package static func rowCount(_ state: WorkbenchState) -> Int { PoolRows.experiments(state).count }

    package static func row(_ state: WorkbenchState) -> Int {
        PoolRows.experiments(state).firstIndex(of: state.pool.focused) ?? 0
    }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        let experiments = PoolRows.experiments(context.state)
        context.message = ""
        if experiments.indices.contains(row) { context.own.focused = experiments[row] }
    }

    package static func reduce(_ action: PoolAction, _ context: inout ScreenContext<Self>) {
        PoolReducer.apply(action, &context)
    }

    /// Esc leaves the details.
    package static func resolve(_ action: Action, _ state: WorkbenchState) -> Action? {
        action == .dismiss && state.pool.isDetailed ? .pool(.close) : action
    }

    package static func saved(_ state: WorkbenchState) -> PoolState { PoolState() }

    package static func finding(_ state: WorkbenchState) -> String { PoolRows.finding(state) }
}

extension StudyWorker {
    /// For a pool of experiments.
    package convenience init(showing pool: PoolFile, workers: Workers) {
        self.init(workers: workers) { state in
            state.pool.fit = pool.fit
            state.screen = .pool
        }
    }
}
