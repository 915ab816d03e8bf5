/// A query whose answer follows from decisions and from what is looked at.
package protocol DerivedQuery: WorkbenchQuery {
    associatedtype Inputs: Equatable & Sendable

    /// All that the answer depends on.
    var inputs: Inputs { get }
}

/// What follows from what: a result, and the query that answers it from the state as it is. It is asked once for the same
/// inputs, and stale from the moment they change.
package struct Derivation: Sendable {
    let result: String
    /// The result that has to be there first, computed from what holds now.
    let earlier: String?
    /// nil where nobody looks at the result, or nothing of it is missing.
    let query: @Sendable (WorkbenchState) -> (any DerivedQuery)?

    init<Value>(
        _ result: ResultKey<Value>, query: @escaping @Sendable (WorkbenchState) -> (any DerivedQuery)?
    ) {
        self.result = result.name
        earlier = nil
        self.query = query
    }

    init<Value, Earlier>(
        _ result: ResultKey<Value>, after earlier: ResultKey<Earlier>,
        query: @escaping @Sendable (WorkbenchState) -> (any DerivedQuery)?
    ) {
        self.result = result.name
        self.earlier = earlier.name
        self.query = query
    }

    /// The work for what is decided and looked at now and not known yet.
    static func follow(_ state: inout WorkbenchState) -> [Work] {
        guard state.facts.isOpen else { return [] }
        return ScreenList.all.flatMap { $0.derivations }.compactMap { derivation in
            guard let query = derivation.query(state) else {
                state.results.noLongerWant(derivation.result)
                return nil
            }
            return state.results.want(derivation.result, from: query.inputs, after: derivation.earlier)
                ? .query(query) : nil
        }
    }
}
