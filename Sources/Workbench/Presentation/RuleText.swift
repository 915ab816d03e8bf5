/// Rules made short for a list: what a rule shares with the one above it is a ditto mark.
enum RuleText {
    /// "6 < visits_28d <= 26 and segment = daily" as "6<visits_28d<=26, segment=daily".
    static func short(_ rule: String) -> String {
        rule.replacing(" and ", with: ", ").replacing(" <= ", with: "<=").replacing(" < ", with: "<")
            .replacing(" > ", with: ">").replacing(" = ", with: "=").replacing(" in {", with: "={")
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
