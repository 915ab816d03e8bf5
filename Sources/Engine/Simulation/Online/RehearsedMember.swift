import Experiments
import Foundation

/// A member of a rehearsed round: what policies see of it, and what it does online.
struct RehearsedMember: Sendable {
    /// Outcomes of the notification scenario by the names that its spec gives them.
    enum Outcome {
        case sessions, clickRate, disables
    }

    static let outcomes: [String: Outcome] = ["sessions": .sessions, "ctr": .clickRate, "disables": .disables]
    static let covariates = Set(numbers.keys).union(texts.keys)

    let id: String
    let member: NotificationMember
    private let control: NotificationResponse

    init(id: String, _ member: NotificationMember) {
        self.id = id
        self.member = member
        control = NotificationResponse(of: member, to: .control)
    }

    private static let numbers: [String: @Sendable (NotificationMember) -> Double] = [
        "visits_28d": { Double($0.visits) },
        "notifications_28d": { Double($0.notificationsRaised) },
        "past_ctr": {
            $0.isPastClickRateMissing ? .nan : printed($0.pastClickRate, NotificationMember.clickRateDecimals)
        },
        "muted_kinds": { Double($0.mutedKinds) },
        "connections": { Double($0.connections) },
        "tenure_days": { Double($0.tenureDays) },
        "weekend_share": {
            $0.isWeekendShareMissing ? .nan : printed($0.weekendShare, NotificationMember.weekendShareDecimals)
        },
        "is_premium": { $0.isPremium ? 1 : 0 },
    ]

    /// As files have it: who reads the results must find the arms that the members got.
    private static func printed(_ value: Double, _ decimals: Int) -> Double {
        var unit = 1.0
        for _ in 0..<decimals { unit *= 10 }
        return (value * unit).rounded() / unit
    }

    private static let texts: [String: @Sendable (NotificationMember) -> String] = [
        "segment": { "\($0.segment)" },
        "region": { $0.region.rawValue },
        "language": { $0.language },
        "device": { $0.device.rawValue },
    ]

    /// A covariate of members as a policy reads it.
    static func encoded(_ name: String, _ encoding: CovariateEncoding, of members: [RehearsedMember]) -> [Float] {
        switch encoding {
        case .numeric(let centre):
            let number = numbers[name]
            return members.map { member in number.map { Float($0(member.member) - centre) } ?? .nan }
        case .categorical(let levels):
            let text = texts[name]
            let codes = Dictionary(levels.enumerated().map { ($1, Float($0)) }) { first, _ in first }
            return members.map { member in text.flatMap { codes[$0(member.member)] } ?? .nan }
        }
    }

    /// What is expected of it online.
    /// - Parameters:
    ///   - share: of the members that get the same arm.
    ///   - isAsLogged: whether effects are those of the log, whoever else gets the arm.
    func expected(_ arm: NotificationArm, share: Double, isAsLogged: Bool = false) -> NotificationResponse {
        let logged = NotificationResponse(of: member, to: arm)
        guard !isAsLogged else { return logged }
        func kept(_ value: Double, _ control: Double) -> Double {
            control + OnlineRehearsal.attenuation * (value - control)
        }
        let worn = arm == .control ? 0 : OnlineRehearsal.novelty * share
        return NotificationResponse(
            sessions: max(0.05, kept(logged.sessions, control.sessions) - worn),
            clicks: kept(logged.clicks, control.clicks), impressions: kept(logged.impressions, control.impressions),
            disables: kept(logged.disables, control.disables))
    }

    /// The probability to be there still after a quarter.
    func staying(under expected: NotificationResponse) -> Double {
        let gain = expected.sessions - control.sessions
        let harm = expected.disables - control.disables
        return logistic(0.4 + 0.2 * (control.sessions - 2) + 0.25 * gain - 0.5 * harm)
    }
}
