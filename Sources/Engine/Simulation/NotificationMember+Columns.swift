/// What data files of the notification scenario say of a member.
extension NotificationMember {
    static let columns = [
        "segment", "visits_28d", "notifications_28d", "past_ctr", "muted_kinds", "connections", "tenure_days",
        "weekend_share", "region", "language", "device", "is_premium",
    ]
    static let clickRateDecimals = 4
    static let weekendShareDecimals = 2

    /// One field for each of `columns`.
    func write(to text: inout DelimitedText) {
        text.field("\(segment)")
        text.field(visits)
        text.field(notificationsRaised)
        if isPastClickRateMissing {
            text.missingField()
        } else {
            text.field(pastClickRate, decimals: Self.clickRateDecimals)
        }
        text.field(mutedKinds)
        text.field(connections)
        text.field(tenureDays)
        if isWeekendShareMissing {
            text.missingField()
        } else {
            text.field(weekendShare, decimals: Self.weekendShareDecimals)
        }
        text.field(region.rawValue)
        text.field(language)
        text.field(device.rawValue)
        text.field(isPremium ? 1 : 0)
    }
}
