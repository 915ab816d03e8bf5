import Runtime
import Statistics

/// The notification scenario as rows of text: units and truth side by side.
struct NotificationTable: Sendable {
    private let members: SaltedDraw
    private let periods: SaltedDraw

    init(seed: UInt64) {
        members = SaltedDraw(seed: seed, salt: "notifications member")
        periods = SaltedDraw(seed: seed, salt: "notifications period")
    }

    /// Each row has streams of its own, so it depends on the seed and its number and on nothing else.
    func rows(_ range: Range<Int>) -> (units: DelimitedText, truth: DelimitedText) {
        var units = DelimitedText(reserving: range.count * 96)
        var truth = DelimitedText(reserving: range.count * 128)
        for row in range {
            var nature = RandomStream(seed: members.bits(UInt64(row)))
            let member = NotificationMember(drawing: &nature)
            let expected = NotificationArm.allCases.map { NotificationResponse(of: member, to: $0) }
            var chance = RandomStream(seed: periods.bits(UInt64(row)))
            let arm = NotificationArm.allCases[chance.index(below: NotificationArm.allCases.count)]
            let outcomes = NotificationOutcomes(of: expected[arm.rawValue], drawing: &chance)
            let id = Self.id(row)
            Self.append(id, member, arm, outcomes, to: &units)
            Self.append(id, expected, to: &truth)
        }
        return (units, truth)
    }

    static let unitsHeader = header([
        "member", "arm", "sessions", "clicks", "impressions", "disables",
        "segment", "visits_28d", "notifications_28d", "past_ctr", "muted_kinds", "connections", "tenure_days",
        "weekend_share", "region", "language", "device", "is_premium",
    ])

    static let truthHeader = header(
        ["member"]
            + NotificationArm.allCases.flatMap { arm in
                ["sessions", "clicks", "impressions", "disables"].map { "\($0)_\(arm.name)" }
            })

    private static func header(_ names: [String]) -> DelimitedText {
        var text = DelimitedText()
        for name in names { text.field(name) }
        text.endLine()
        return text
    }

    /// m0000001 and so on.
    private static func id(_ row: Int) -> String {
        let digits = String(row + 1)
        return "m" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }

    private static func append(
        _ id: String, _ member: NotificationMember, _ arm: NotificationArm, _ outcomes: NotificationOutcomes,
        to text: inout DelimitedText
    ) {
        text.field(id)
        text.field(arm.name)
        text.field(outcomes.sessions, decimals: 1)
        text.field(outcomes.clicks)
        text.field(outcomes.impressions)
        text.field(outcomes.disables)
        member.write(to: &text)
        text.endLine()
    }

    private static func append(_ id: String, _ expected: [NotificationResponse], to text: inout DelimitedText) {
        text.field(id)
        for response in expected {
            text.field(response.sessions, decimals: 4)
            text.field(response.clicks, decimals: 3)
            text.field(response.impressions, decimals: 2)
            text.field(response.disables, decimals: 4)
        }
        text.endLine()
    }
}
