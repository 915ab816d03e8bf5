import Foundation
import Statistics

/// One member of the notification scenario as known before exposure. Values are rounded as they are printed, so the
/// truth is a function of what an analyst can see (where it is not missing).
struct NotificationMember: Sendable, Equatable {
    enum Region: String, CaseIterable {
        case northAmerica = "north_america"
        case europe
        case asiaPacific = "asia_pacific"
        case latinAmerica = "latin_america"
        case africa
    }
    enum Device: String, CaseIterable { case ios, android, web }
    /// By visit frequency over the quarter before, as in S0's heuristic cohorts.
    enum Segment: Int, CaseIterable { case dormant, monthly, weekly, daily }

    let region: Region
    let language: String
    let device: Device
    let segment: Segment
    let isPremium: Bool
    let tenureDays: Int
    let connections: Int
    /// Visits in the 28 days before.
    let visits: Int
    /// Notifications that events raised in the 28 days before, sent or not.
    let notificationsRaised: Int
    /// Clicks per notification seen, 4 decimals.
    let pastClickRate: Double
    /// Kinds of notification switched off so far.
    let mutedKinds: Int
    /// Share of visits on Saturdays and Sundays, 2 decimals.
    let weekendShare: Double
    /// Lost by the logging of web clients more often than by the others, before exposure.
    let isPastClickRateMissing: Bool
    let isWeekendShareMissing: Bool

    init(drawing random: inout RandomStream) {
        let place = random.choice([0.34, 0.27, 0.22, 0.11, 0.06])
        region = Region.allCases[place]
        let spoken = Self.languages[place]
        language = spoken.names[random.choice(spoken.shares)]
        device = Device.allCases[random.choice(Self.deviceShares[place])]
        tenureDays = Int(min(30 + 1600 * pow(-log(1 - random.uniform()), 0.85), 7000))
        let seniority = log(Double(tenureDays) / 1000)
        isPremium = random.bernoulli(logistic(-2.6 + 0.5 * seniority + (region == .northAmerica ? 0.3 : 0)))
        connections = Int(min(max(exp(5.2 + 0.3 * seniority + 0.8 * random.normal()), 1), 30_000))
        let network = log(Double(connections)) - 5.2
        let weeklyVisits = exp(0.80 + 0.25 * network + (isPremium ? 0.25 : 0) + 0.65 * random.normal())
        segment = weeklyVisits < 0.75 ? .dormant : weeklyVisits < 2 ? .monthly : weeklyVisits < 5 ? .weekly : .daily
        visits = random.poisson(4 * weeklyVisits * random.frailty(0.15))
        notificationsRaised = random.poisson(
            exp(4.35 + 0.35 * network + 0.12 * log(weeklyVisits) + 0.45 * random.normal()))
        let volume = log(Double(notificationsRaised + 1)) - 4.4
        let interest = random.normal()
        pastClickRate = rounded(
            logistic(-2.05 + (device == .web ? 0 : 0.16) - 0.22 * volume + 0.42 * interest), decimals: 4)
        mutedKinds = random.poisson(exp(-0.6 + 0.5 * volume - 0.35 * interest))
        weekendShare = rounded(
            logistic(-1.15 + (device == .android ? 0.35 : 0) + 0.65 * random.normal()), decimals: 2)
        isPastClickRateMissing = random.bernoulli(device == .web ? 0.07 : 0.025)
        isWeekendShareMissing = random.bernoulli(visits < 4 ? 0.08 : 0.01)
    }

    /// Shares of iOS, Android and web by region.
    private static let deviceShares: [[Double]] = [
        [0.42, 0.28, 0.30], [0.30, 0.38, 0.32], [0.18, 0.58, 0.24], [0.14, 0.62, 0.24], [0.12, 0.64, 0.24],
    ]

    /// Languages and their shares by region.
    private static let languages: [(names: [String], shares: [Double])] = [
        (["en", "es", "fr"], [0.86, 0.10, 0.04]),
        (["en", "fr", "de", "es", "other"], [0.34, 0.20, 0.18, 0.14, 0.14]),
        (["en", "other"], [0.62, 0.38]),
        (["es", "pt", "en"], [0.48, 0.44, 0.08]),
        (["en", "fr", "other"], [0.58, 0.26, 0.16]),
    ]
}
