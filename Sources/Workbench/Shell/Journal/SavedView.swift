import Policies
import Studies

/// How the analyst looks at a study, as the study file keeps it. Decisions and the steps of undo are kept beside it.
struct SavedView: Sendable, Equatable {
    /// What was fitted when the analyst was there.
    let inputs: String
    let estimator: Estimator
    let screen: Screen
    /// What the lists are filtered by, by the key of the screen.
    let filters: [String: String]
    let screens: ScreenStates

    init(_ state: WorkbenchState) {
        inputs = state.facts.inputs
        estimator = state.estimator
        screen = state.screen
        filters = Dictionary(uniqueKeysWithValues: state.filters.map { ($0.key.key, $0.value) })
        var screens = ScreenStates()
        func save<Definition: ScreenDefinition>(_ definition: Definition.Type) {
            screens[definition] = Definition.saved(state)
        }
        for definition in ScreenList.all { save(definition) }
        self.screens = screens
    }

    /// Whether it belongs to a space of this size; that of a study that was fitted otherwise does not.
    func fits(_ space: PolicySpace) -> Bool {
        func fits<Definition: ScreenDefinition>(_ definition: Definition.Type) -> Bool {
            Definition.fits(screens[definition], space)
        }
        return ScreenList.all.allSatisfy { fits($0) }
    }

    func restore(in state: inout WorkbenchState) {
        if screen.definition != nil { state.screen = screen }
        state.filters = Dictionary(uniqueKeysWithValues: filters.map { (Screen($0.key), $0.value) })
        state.screens = screens
    }
}

extension SavedView: Codable {
    private enum CodingKeys: String, CodingKey {
        case inputs, estimator, screen, filters, screens
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        inputs = try container.decode(String.self, forKey: .inputs)
        estimator = try container.decode(Estimator.self, forKey: .estimator)
        screen = try container.decode(Screen.self, forKey: .screen)
        if let screens = try container.decodeIfPresent(ScreenStates.self, forKey: .screens) {
            self.screens = screens
            filters = try container.decode([String: String].self, forKey: .filters)
        } else {
            screens = try ScreenStates(sideBySide: decoder)
            let filters = try container.decode([Screen: String].self, forKey: .filters)
            self.filters = Dictionary(uniqueKeysWithValues: filters.map { ($0.key.key, $0.value) })
        }
    }
}
