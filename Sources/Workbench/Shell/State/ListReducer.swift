/// Moves about in the present screen's list, whichever it is.
enum ListReducer {
    static func apply(_ action: Action, to state: inout WorkbenchState) -> [Work] {
        func apply<Definition: ScreenDefinition>(_ definition: Definition.Type) -> [Work] {
            func move(by rows: Int) -> [Work] {
                let row = max(0, min(Definition.row(state) + rows, Definition.rowCount(state) - 1))
                return Reducer.with(definition, &state) { Definition.focus(row, &$0) }
            }
            switch action {
            case .move(let rows): return move(by: rows)
            case .focus(let row): return move(by: row - Definition.row(state))
            case .jump(let toEnd): return move(by: toEnd ? 1_000_000 : -1_000_000)
            case .cyclePane:
                return Reducer.with(definition, &state) {
                    Definition.showNextPane(&$0)
                    $0.message = ""
                }
            case .filter(let text): return Reducer.with(definition, &state) { Definition.filter(text, &$0) }
            default: return []
            }
        }
        return state.screen.definition.map { apply($0) } ?? []
    }
}

extension CaseIterable where Self: Equatable {
    /// The one after it, and after the last the first.
    var next: Self {
        let all = Array(Self.allCases)
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}
