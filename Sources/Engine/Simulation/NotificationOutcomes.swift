import Statistics

/// What one member did in the experiment: counts around the expected values of `NotificationResponse`.
struct NotificationOutcomes: Sendable, Equatable {
    /// Visits over the period, all weeks together.
    let visits: Int
    let clicks: Int
    let impressions: Int
    let disables: Int

    /// Each count is Poisson times a lognormal frailty of mean 1, so its mean is the expected value exactly.
    init(of expected: NotificationResponse, drawing random: inout RandomStream) {
        visits = random.poisson(expected.sessions * NotificationResponse.weeks * random.frailty(0.08))
        let exposure = random.frailty(0.2)
        clicks = random.poisson(expected.clicks * exposure * random.frailty(0.1))
        impressions = clicks + random.poisson((expected.impressions - expected.clicks) * exposure)
        disables = random.poisson(expected.disables * random.frailty(0.3))
    }

    /// Visits a week.
    var sessions: Double { Double(visits) / NotificationResponse.weeks }
}
