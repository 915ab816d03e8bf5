/// Rules made short for a list: what a rule shares with the one above it is a ditto mark.
enum RuleText {
    private static let shortened: [(long: [UInt8], short: [UInt8])] = [
        (" and ", ", "), (" <= ", "<="), (" < ", "<"), (" > ", ">"), (" = ", "="), (" in {", "={"),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    /// "6 < visits_28d <= 26 and segment = daily" as "6<visits_28d<=26, segment=daily".
    /// - Complexity: one pass: a list is drawn with every key.
    static func short(_ rule: String) -> String {
        let bytes = Array(rule.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let rest = bytes[position...]
            if bytes[position] == UInt8(ascii: " "), let form = shortened.first(where: { rest.starts(with: $0.long) }) {
                text += form.short
                position += form.long.count
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The short rule with its leading conditions left out where the rule above has the same.
    static func after(_ previous: String, _ rule: String) -> String {
        let above = previous.isEmpty ? [] : previous.split(separator: " and ", omittingEmptySubsequences: true)
        let own = rule.split(separator: " and ", omittingEmptySubsequences: true)
        let shared = zip(above, own).prefix { $0 == $1 }.count
        guard shared > 0, shared < own.count else { return short(rule) }
        return "\" " + short(own.dropFirst(shared).joined(separator: " and "))
    }
}
