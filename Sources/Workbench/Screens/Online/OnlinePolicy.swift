import Foundation
import Frames
import Online
import Policies
import Statistics
import Studies
import Texts

/// A policy as the Online screen lists it: a row of a round, or one that is recommended.
struct OnlinePolicy {
    /// One outcome of it, from control, in the outcome's own unit.
    struct Outcome {
        let name: String
        let sign: Double
        let limit: LimitRule?
        let verdict: LimitVerdict?
        /// What the log promised; nil where it said nothing.
        let promise: Estimate?
        /// nil for control.
        let difference: Estimate?
        /// Of control itself; nil where it is not known.
        let level: Estimate?
    }

    let name: String
    let isCandidate: Bool
    let users: Int?
    let outcomes: [Outcome]
    /// To be the best in the first outcome.
    let probabilityBest: Double?
    let dominatedBy: [String]
    /// Share of the units whose arm never occurred.
    let modelShare: Double?

    /// The limits that it has, the worst first: how many there are of it.
    var limits: (verdict: LimitVerdict, count: Int)? {
        let verdicts = outcomes.compactMap(\.verdict)
        let worst: LimitVerdict? =
            verdicts.contains(.outside) ? .outside : verdicts.contains(.uncertain) ? .uncertain : verdicts.first
        return worst.map { worst in (worst, verdicts.count { $0 == worst }) }
    }

    /// The policies of a round, control first.
    static func all(of round: OnlineReview.Round) -> [OnlinePolicy] {
        zip(round.reading.policies, round.plan.policies).map { policy, entry in
            OnlinePolicy(
                name: policy.name, isCandidate: entry.candidate != nil, users: policy.users,
                outcomes: zip(policy.outcomes, round.plan.outcomes).map { found, outcome in
                    let promise = entry.offline.first { $0.outcome == outcome.name }
                    return Outcome(
                        name: outcome.name, sign: outcome.direction.sign, limit: outcome.limit, verdict: found.limit,
                        promise: promise.map { Estimate(value: $0.value, standardError: $0.standardError) },
                        difference: found.difference.map {
                            Estimate(
                                value: $0.value, standardError: $0.standardError, low: $0.simultaneousLow,
                                high: $0.simultaneousHigh)
                        },
                        level: found.difference == nil
                            ? Estimate(value: found.value, standardError: found.standardError) : nil)
                }, probabilityBest: policy.probabilityBest,
                dominatedBy: policy.dominatedBy.map { id in
                    round.plan.policies.first { $0.id == id }?.name ?? id
                }, modelShare: nil)
        }
    }

    /// The policies that are recommended.
    static func recommended(by proposal: NextRound.Record, _ plan: OnlinePlan?, _ state: WorkbenchState)
        -> [OnlinePolicy]
    {
        proposal.recommended.map { held in
            let tune = state.facts.candidates.first { $0.id == held.candidate }.flatMap { $0.confirm ?? $0.tune }
            return OnlinePolicy(
                name: Candidate.name(of: held.candidate), isCandidate: true, users: nil,
                outcomes: held.outcomes.map { outcome in
                    let declared = plan?.outcomes.first { $0.name == outcome.name }
                    let promised = tune?.outcomes.first { $0.name == outcome.name }?.difference
                    return Outcome(
                        name: outcome.name, sign: declared?.direction.sign ?? 1, limit: declared?.limit,
                        verdict: outcome.limit, promise: promised, difference: outcome.difference, level: nil)
                }, probabilityBest: nil, dominatedBy: [], modelShare: held.modelShare)
        }
    }
}

/// Differences in writing, with as many digits as the widest interval of a column bears.
struct OnlineFigures {
    private let decimals: Int
    private let glyphs: GlyphSet

    init(_ estimates: [Estimate?], _ glyphs: GlyphSet) {
        self.glyphs = glyphs
        let reaches = estimates.compactMap { $0.flatMap(Self.reach) }.filter { $0.isFinite && $0 > 0 }
        decimals = reaches.max().map { Int(min(6, max(0, 1 - log10($0).rounded(.down)))) } ?? 3
    }

    private static func reach(_ estimate: Estimate) -> Double? { estimate.interval.map { ($0.high - $0.low) / 2 } }

    /// "+0.123 ±0.045", in the colour of its verdict.
    func difference(_ estimate: Estimate?, sign: Double) -> StyledText {
        guard let estimate else { return StyledText("-", .secondary) }
        return StyledText(NumberText.signed(estimate.value, decimals), Verdict(estimate, sign: sign).style)
            + reach(estimate)
    }

    /// The same of a value that nothing is to be judged by.
    func plain(_ estimate: Estimate?, isSigned: Bool = true) -> StyledText {
        guard let estimate else { return StyledText("-", .secondary) }
        let value =
            isSigned ? NumberText.signed(estimate.value, decimals) : NumberText.fixed(estimate.value, decimals)
        return StyledText(value, .secondary) + reach(estimate)
    }

    private func reach(_ estimate: Estimate) -> StyledText {
        StyledText(
            Self.reach(estimate).map { " \(glyphs.plusMinus)\(NumberText.fixed($0, decimals))" } ?? "", .secondary)
    }
}
