import Runtime

extension PolicyDocument {
    /// The part of the units that a policy gives an arm at random, so that what happens under it can be learned from. Arms are drawn
    /// from shares that are known beforehand, and so is the propensity of what every unit got.
    package struct ExplorationEntry: Sendable, Equatable, Codable {
        /// What the shares are.
        package enum Kind: String, Sendable, Codable, CaseIterable {
            /// Those of the experiment's plan.
            case epsilon
            /// How likely each arm is to be the best, with a floor (`ThompsonShares`).
            case thompson
        }

        package let kind: Kind
        /// Of the units that are not held out, how many explore: above 0 and at most 1.
        package let share: Double
        /// What they draw from, by arm; 1 together, none of them 0.
        package let shares: [String: Double]
        /// Seconds after which units draw again whether they explore and what; nil: what they drew holds for good.
        package let period: Int?

        package init(kind: Kind, share: Double, shares: [String: Double], period: Int?) {
            self.kind = kind
            self.share = share
            self.shares = shares
            self.period = period
        }
    }
}

/// Who explores in one period, and with which arm.
struct ExplorationDraw: Sendable {
    private let share: Double
    /// By arm, in the document's order; 1 together.
    let shares: [Double]
    private let explores: SaltedDraw
    private let arm: SaltedDraw

    /// - Parameter period: its number; what it is does not matter where the draws hold for good.
    init(_ entry: PolicyDocument.ExplorationEntry, of document: PolicyDocument, period: Int) {
        share = entry.share
        let own = document.arms.map { entry.shares[$0] ?? 0 }
        let total = own.reduce(0, +)
        shares = own.map { $0 / total }
        let salts = document.assignment.salts
        func draw(_ salt: String) -> SaltedDraw {
            SaltedDraw(
                seed: document.assignment.seed, salt: entry.period == nil ? salt : "\(salt):\(period)")
        }
        explores = draw(salts.exploration ?? PolicyDocument.salts.exploration)
        arm = draw(salts.explorationArm ?? PolicyDocument.salts.explorationArm)
    }

    /// The arm that a unit draws; nil where it does not explore.
    func arm(of key: UInt64) -> UInt8? {
        explores.uniform(key) < share ? UInt8(arm.index(key, of: shares)) : nil
    }

    /// The probability of an arm, given that of the policy alone.
    func propensity(of arm: Int, policy: Double) -> Double { share * shares[arm] + (1 - share) * policy }
}
