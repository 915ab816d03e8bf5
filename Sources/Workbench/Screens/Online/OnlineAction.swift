import Policies
import Studies

/// What can be done on the Online screen.
package enum OnlineAction: ScreenAction {
    /// Looks so many outcomes further.
    case cycleOutcome(Int)
    /// Looks at a later round, or at an earlier one.
    case turnRound(Int)
    /// What the next round is planned with.
    case setPlan(PlanSettings)
    /// Plans a first experiment by a spec alone, every arm for its share of the users.
    case planFirst(spec: String, path: String)
    /// Plans a round: of the policies that were proposed last where they are not planned yet, else of the picks.
    case plan(path: String, ofPicks: Bool)
    /// Reads the results of a round; no plan is the one that counts, no covariates are those that the results hold.
    case read(path: String, plan: String?, covariates: String?)
    /// Lets the round looked at count no more.
    case takeBack
    /// Chooses the policies of the next round.
    case next
    /// Has the next round repeat the focused policy alone.
    case replicate
    /// Writes the focused policy's file for everyone but a holdout.
    case launch(LaunchSettings, path: String)
    /// Fits the log and the rounds that count together, as another study.
    case fitRounds(path: String)
    /// Reads the log of a launched policy.
    case watch(policy: String, log: String)
    /// Asks what losses of such sizes take to be seen, by outcome; none asks it of what was promised.
    case setLosses([String: Double])

    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .cycleOutcome(let steps), .turnRound(let steps): ActionBounds.steps.contains(steps)
        case .setPlan(let settings): settings.isUsable
        case .launch(let settings, _): settings.isUsable
        case .setLosses(let losses): losses.count < 100 && losses.values.allSatisfy { $0 > 0 && $0.isFinite }
        default: true
        }
    }
}

/// With how many users a round is planned, and what it measures.
package struct PlanSettings: Sendable, Equatable, Codable {
    package var users: Int
    package var slice: Double
    package var longTerm: [PlanRequest.LongTerm]
    /// How users are shared; nil shares them equally.
    package var shares: ShareRule?

    package init(
        users: Int, slice: Double = 0, longTerm: [PlanRequest.LongTerm] = [], shares: ShareRule? = nil
    ) {
        self.shares = shares
        self.users = users
        self.slice = slice
        self.longTerm = longTerm
    }

    var isUsable: Bool { (2...1_000_000_000).contains(users) && (0..<1).contains(slice) && longTerm.count < 100 }
}

/// How a policy is launched.
package struct LaunchSettings: Sendable, Equatable, Codable {
    package var holdout = 0.03
    /// To be looked at once a day.
    package var days = 30
    /// Expected by the last day; nil for as many as the log has.
    package var users: Int?

    package init() {}

    var isUsable: Bool {
        holdout > 0 && holdout < 1 && (1...10_000).contains(days)
            && users.map((2...1_000_000_000).contains) ?? true
    }
}

extension Action {
    package static func online(_ action: OnlineAction) -> Action { .own(OwnAction(OnlineScreen.self, action)) }
}
