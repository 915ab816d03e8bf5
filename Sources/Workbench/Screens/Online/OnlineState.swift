import Studies

/// What the Online screen shows of a test, what its next round is planned with, and where the analyst looks.
package struct OnlineState: ScreenState {
    /// A launched policy and the log of its days, as the files were named.
    package struct Watch: Sendable, Equatable, Codable {
        package var policy: String
        package var log: String

        package init(policy: String, log: String) {
            self.policy = policy
            self.log = log
        }
    }

    package var pane = OnlinePane.round
    /// The policy with the cursor; the outcome, where a launch is watched.
    package var row = 0
    /// Index of the outcome looked at, among those of the plan.
    package var outcome = 0
    /// Number of the round looked at; nil for the plan that awaits its results, or the last round that counts.
    package var round: Int?
    /// Users of each policy in the next round.
    package var users = PlanRequest().users
    /// Share of the units whose arm is drawn at random.
    package var slice = PlanRequest().slice
    /// Outcomes that the log does not have.
    package var longTerm: [PlanRequest.LongTerm] = []
    /// How the users of the next round are shared; nil shares them equally.
    package var shares: ShareRule?
    /// What is to be seen of a launched policy, by outcome; those not named go by what was promised.
    package var losses: [String: Double] = [:]
    /// What is watched; nil until a log was named.
    package var watch: Watch?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case pane = "onlinePane"
        case row = "onlineRow"
        case outcome = "onlineOutcome"
        case round = "onlineRound"
        case users = "onlineUsers"
        case slice = "onlineSlice"
        case longTerm = "onlineLongTerm"
        case shares = "onlineShares"
        case losses = "onlineLosses"
        case watch = "onlineWatch"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let start = OnlineState()
        pane = try container.decode(.pane, or: start.pane)
        row = try container.decode(.row, or: start.row)
        outcome = try container.decode(.outcome, or: start.outcome)
        round = try container.decodeIfPresent(Int.self, forKey: .round)
        users = try container.decode(.users, or: start.users)
        slice = try container.decode(.slice, or: start.slice)
        longTerm = try container.decode(.longTerm, or: start.longTerm)
        shares = try container.decodeIfPresent(ShareRule.self, forKey: .shares)
        losses = try container.decode(.losses, or: start.losses)
        watch = try container.decodeIfPresent(Watch.self, forKey: .watch)
    }
}

/// What stands below the strip of rounds on the Online screen.
package enum OnlinePane: String, Sendable, Codable, CaseIterable {
    /// A round: what the log promised against what came out.
    case round
    /// The policies that are recommended, and those of the next round.
    case next
    /// A launched policy against its holdout.
    case monitor
}

extension WorkbenchState {
    package var online: OnlineState {
        get { self[OnlineScreen.self] }
        set { self[OnlineScreen.self] = newValue }
    }
}
