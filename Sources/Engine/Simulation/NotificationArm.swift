/// The arms of the notification scenario. Control sends events as they come until its cap is reached; the other arms
/// rank the week's events and send the best, up to a cap of their own.
enum NotificationArm: Int, CaseIterable {
    case control, low, mid, high

    var name: String {
        switch self {
        case .control: "control"
        case .low: "cap_low"
        case .mid: "cap_mid"
        case .high: "cap_high"
        }
    }

    /// Notifications a week.
    var cap: Double {
        switch self {
        case .control: 20
        case .low: 14
        case .mid: 27
        case .high: 38
        }
    }

    var isRanked: Bool { self != .control }
}
