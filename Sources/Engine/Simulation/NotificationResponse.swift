import Foundation

/// What a member does on average under one arm of the notification scenario, given the covariates: the truth.
///
/// The mechanism, in the spirit of the notification case of S0 (its figures are not public; these are ours). A cap and the
/// events there are decide what is sent; `change` is the logarithm of the volume sent over the volume under control.
/// - Sessions: infrequent visitors with a push device and many connections come back when told (concave in `change`);
///   heavy recipients who already mute are tired, and lose visits with volume; ranking helps where there are many events
///   to choose from and delays news where there are few.
/// - Clicks: ranking raises the rate a little; more volume lowers it, most where it raises visits.
/// - Disables: grow with volume, most among those whose visits grow (the trade-off), new members who come at weekends,
///   and Android users outside North America and Europe; tired members hardly differ (they have muted already).
struct NotificationResponse: Sendable, Equatable {
    /// Visits a week.
    let sessions: Double
    /// Clicks on notifications over the period.
    let clicks: Double
    /// Notifications seen over the period.
    let impressions: Double
    /// Kinds of notification switched off over the period.
    let disables: Double

    /// The length of the experiment.
    static let weeks = 10.0

    init(sessions: Double, clicks: Double, impressions: Double, disables: Double) {
        self.sessions = sessions
        self.clicks = clicks
        self.impressions = impressions
        self.disables = disables
    }

    init(of member: NotificationMember, to arm: NotificationArm) {
        let traits = Traits(member)
        let sent = traits.sent(arm)
        let change = log(sent / traits.sent(.control))

        let ranking = arm.isRanked ? 0.12 * logistic(2 * traits.volume + 0.3) - 0.035 : 0
        let recall = 1.35 * traits.reactivity * (1 - exp(-1.6 * change)) / 1.6
        let annoyance = traits.fatigue * (0.5 + 0.15 * traits.visits) * (exp(change) - 1)
        sessions = max(traits.visits * (1 + ranking) + recall - annoyance, 0.05)

        let clickRate =
            (0.027 + 0.7 * member.pastClickRate) * (arm.isRanked ? 1.02 : 1)
            * exp(-0.4 * traits.reactivity * change)
        impressions = Self.weeks * sent * (1.1 + 0.05 * Double(member.segment.rawValue))
        clicks = impressions * clickRate

        let baseline =
            0.3 * traits.volume + 0.25 * (min(Double(member.mutedKinds), 4) - 1) - 0.15 * traits.interest
            + 0.25 * traits.novelty + 0.3 * (traits.reactivity - 0.3)
        let elasticity = -0.3 + 0.15 * traits.fatigue + traits.reactivity + 0.9 * traits.touchiness
        disables = 0.93 * exp(baseline + elasticity * change)
    }
}

extension NotificationResponse {
    /// The few quantities the responses are written in; logarithms are centred and scaled by fixed constants.
    private struct Traits {
        /// Events a week.
        let events: Double
        let volume: Double
        let interest: Double
        /// Expected visits a week under control.
        let visits: Double
        /// In 0...1: comes back when told.
        let reactivity: Double
        /// In 0...1: gets too much already.
        let fatigue: Double
        /// In 0...1: new to the service.
        let novelty: Double
        /// In 0...1.5: switches off when disturbed.
        let touchiness: Double

        init(_ member: NotificationMember) {
            events = Double(member.notificationsRaised + 1) / 4
            volume = (log(events) - 3.05) / 0.55
            interest = (log(member.pastClickRate / (1 - member.pastClickRate)) + 2) / 0.42
            let frequency = log(1 + Double(member.visits)) - 2.3
            let network = (log(Double(member.connections)) - 5.2) / 0.85
            let usual = 0.75 + 0.17 * Double(member.visits) + 0.25 * Double(member.segment.rawValue)
            visits = min(usual + (member.isPremium ? 0.25 : 0), 14)
            let push =
                switch member.device {
                case .ios: 1.0
                case .android: 0.9
                case .web: 0.35
                }
            reactivity = push * logistic(1.5 * (0.4 * network - 1.2 * frequency - 0.1))
            fatigue = logistic(2 * (volume + 0.5 * Double(member.mutedKinds - 1) - 0.5))
            novelty = logistic((700 - Double(member.tenureDays)) / 200)
            let isDistantAndroid =
                member.device == .android && member.region != .northAmerica && member.region != .europe
            touchiness = novelty * logistic(8 * (member.weekendShare - 0.3)) + (isDistantAndroid ? 0.5 : 0)
        }

        /// Notifications a week: the cap where there are far more events than that, the events where there are few.
        func sent(_ arm: NotificationArm) -> Double {
            arm.cap * events / (arm.cap / 2 + events)
        }
    }
}
