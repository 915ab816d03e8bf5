import Foundation

/// Entries of the log as people and other tools read them: a choice with a value, which Swift writes as
/// `{"show": {"_0": "allocate"}}`, is `{"kind": "show", "value": "allocate"}`, with `values` where it has several, and one without, `{"undo": {}}`, is
/// `{"kind": "undo"}`.
enum PlainEntry {
    /// The plain form; the entry as it is where the plain form would not give it back.
    static func plain(_ entry: Any) -> Any {
        let plain = reduced(entry)
        return (restored(plain) as? NSObject) == (entry as? NSObject) ? plain : entry
    }

    /// The form that the study holds, of either.
    static func restored(_ value: Any) -> Any {
        if let list = value as? [Any] { return list.map(restored) }
        guard let object = value as? [String: Any] else { return value }
        if let kind = object["kind"] as? String {
            if object.count == 1 { return [kind: [String: Any]()] }
            if object.count == 2, let own = object["value"] { return [kind: ["_0": restored(own)]] }
            if object.count == 2, let list = object["values"] as? [Any] {
                return [kind: Dictionary(uniqueKeysWithValues: list.enumerated().map { ("_\($0)", restored($1)) })]
            }
        }
        return object.mapValues(restored)
    }

    private static func reduced(_ value: Any) -> Any {
        if let list = value as? [Any] { return list.map(reduced) }
        guard let object = value as? [String: Any] else { return value }
        if object.count == 1, let (kind, content) = object.first, let own = content as? [String: Any] {
            if own.isEmpty { return ["kind": kind] }
            if own.count == 1, let first = own["_0"] { return ["kind": kind, "value": reduced(first)] }
            let list = (0..<own.count).compactMap { own["_\($0)"] }
            if list.count == own.count { return ["kind": kind, "values": list.map(reduced)] }
        }
        return object.mapValues(reduced)
    }
}
