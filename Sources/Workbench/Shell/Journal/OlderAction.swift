import Foundation

/// Actions as logs of formats 1 to 3 hold them: those of one screen lay beside those of all, or under a name of their own.
enum OlderAction {
    /// The screen that has the action today.
    private static let owners: [String: String] = [
        "turn": "policy", "set": "policy", "reset": "policy", "addCandidate": "policy", "pin": "policy",
        "holdLimits": "policy",
        "search": "front", "togglePick": "front", "pickBest": "front", "focusBestInLimits": "front", "tune": "front",
        "hideCandidate": "front", "cycleAxis": "front", "setReference": "front",
        "cycleArm": "trees", "cycleOutcome": "trees", "toggleNode": "trees", "showCohortsOfNode": "trees",
        "searchSubgroups": "trees",
        "sort": "cohorts",
        "judge": "models", "searchSettings": "models",
    ]
    /// Names that held the actions of one screen.
    private static let nested: Set<String> = ["cohorts", "front"]

    /// - Returns: nil for what no version is known to have written.
    static func read(_ json: Data) -> Action? {
        guard let top = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any], top.count == 1,
            let (name, value) = top.first
        else { return nil }
        let own: [String: Any]
        if nested.contains(name), let action = (value as? [String: Any])?["_0"] {
            own = [name: action]
        } else if let owner = owners[name] {
            own = [owner: [name: value]]
        } else {
            return nil
        }
        let today = try? JSONSerialization.data(withJSONObject: ["own": ["_0": own]])
        return today.flatMap { try? JSONDecoder().decode(Action.self, from: $0) }
    }
}

extension Action {
    /// An action of a log of any version.
    package static func read(_ json: Data) -> Action? {
        (try? JSONDecoder().decode(Action.self, from: json)) ?? OlderAction.read(json)
    }
}
