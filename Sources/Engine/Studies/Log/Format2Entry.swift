import Foundation

/// Entries of the log as formats 1 and 2 wrote them, in today's form.
///
/// They were the JSON of an enumeration: `{"action":{"_0":ACTION}}` for what the analyst did at the workbench, and
/// `{"result":{"_0":{NAME:INPUTS}}}` for what work came to and from what.
enum Format2Entry {
    /// - Returns: nil for what no version is known to have written.
    static func converted(_ json: Data) -> LogEntry? {
        guard let top = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any] else { return nil }
        return converted(top)
    }

    static func converted(_ top: [String: Any]) -> LogEntry? {
        if let action = (top["action"] as? [String: Any])?["_0"] { return entry(LogEntry.view, object: action) }
        guard let result = (top["result"] as? [String: Any])?["_0"] as? [String: Any], result.count == 1,
            let (name, value) = result.first, let inputs = value as? [String: Any]
        else { return nil }
        switch name {
        case "search":
            guard let settings = inputs["_0"] else { return nil }
            var fields = ["settings": settings]
            fields["inputs"] = inputs["inputs"]
            return entry(SearchFront.kind, fields)
        case "limits": return entry(HoldLimits.kind, ["from": inputs["from"]])
        case "candidate": return entry(AddCandidate.kind, ["knobs": inputs["_0"]])
        case "judgement":
            return entry(ValidateLearners.kind, ["learners": (inputs["all"] as? Bool) == true ? "all" : "usual"])
        case "settings": return entry(SearchHyperparameters.kind, ["seed": inputs["seed"]])
        case "subgroups":
            return entry(FindSubgroups.kind, ["arm": inputs["arm"], "outcome": inputs["outcome"]])
        case "picks": return entry(PickByHypervolume.kind, ["count": inputs["_0"]])
        case "export":
            guard let name = inputs["candidate"] as? String, let id = Candidate.id(of: name) else { return nil }
            return entry(ExportPolicy.kind, ["path": inputs["path"], "candidate": id, "holdout": 0])
        case "text": return entry(ExportText.kind, ["path": inputs["path"]])
        default: return nil
        }
    }

    private static func entry(_ kind: String, _ fields: [String: Any?]) -> LogEntry? {
        entry(kind, object: fields.compactMapValues { $0 })
    }

    private static func entry(_ kind: String, object: Any) -> LogEntry? {
        guard JSONSerialization.isValidJSONObject(object),
            let json = try? JSONSerialization.data(
                withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        else { return nil }
        return LogEntry(kind: kind, json: json)
    }
}
