/// Work whose answer follows from decisions and from what is looked at.
package protocol DerivedWork: Sendable {
    associatedtype Inputs: Equatable & Sendable

    /// All that the answer depends on.
    var inputs: Inputs { get }
    var request: Work { get }
}

/// A query whose answer follows from the state.
package protocol DerivedQuery: WorkbenchQuery, DerivedWork {}

extension DerivedQuery {
    package var request: Work { .query(self) }
}

/// The same without a study.
protocol DerivedTask: WorkbenchTask, DerivedWork {}

extension DerivedTask {
    var request: Work { .task(self) }
}

/// What follows from what: a result, and the work that brings it from the state as it is. It is asked for once for the same
/// inputs, and stale from the moment they change.
package struct Derivation: Sendable {
    private let result: String
    /// The result that has to be there first, computed from what holds now.
    private let earlier: String?
    private let needsStudy: Bool
    /// nil where nobody looks at the result, or nothing of it is missing.
    private let work: @Sendable (WorkbenchState) -> (any DerivedWork)?

    private init(
        _ result: String, after earlier: String?, needsStudy: Bool,
        work: @escaping @Sendable (WorkbenchState) -> (any DerivedWork)?
    ) {
        self.result = result
        self.earlier = earlier
        self.needsStudy = needsStudy
        self.work = work
    }

    init<Value>(_ result: ResultKey<Value>, query: @escaping @Sendable (WorkbenchState) -> (any DerivedQuery)?) {
        self.init(result.name, after: nil, needsStudy: true) { query($0) }
    }

    init<Value, Earlier>(
        _ result: ResultKey<Value>, after earlier: ResultKey<Earlier>,
        query: @escaping @Sendable (WorkbenchState) -> (any DerivedQuery)?
    ) {
        self.init(result.name, after: earlier.name, needsStudy: true) { query($0) }
    }

    init<Value>(
        withoutStudy result: ResultKey<Value>, task: @escaping @Sendable (WorkbenchState) -> (any DerivedTask)?
    ) {
        self.init(result.name, after: nil, needsStudy: false) { task($0) }
    }

    /// The work for what is decided and looked at now and not known yet.
    static func follow(_ state: inout WorkbenchState) -> [Work] {
        ScreenList.shown(state).filter { $0.refusal(state) == nil }.flatMap { $0.derivations }.compactMap {
            $0.follow(&state)
        }
    }

    private func follow(_ state: inout WorkbenchState) -> Work? {
        guard state.facts.isOpen || !needsStudy else { return nil }
        guard let work = work(state) else {
            state.results.noLongerWant(result)
            return nil
        }
        return state.results.want(result, from: work.inputs, after: earlier) ? work.request : nil
    }
}
