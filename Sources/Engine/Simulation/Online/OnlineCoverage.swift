import Experiments
import Foundation
import Online
import Policies
import Runtime
import Statistics

/// How often intervals of the online phase hold, where the truth is known: each claim of METHODS section 8 as an experiment that
/// can be repeated.
package enum OnlineCoverage: String, CaseIterable, Sendable {
    /// The value of a policy from two rounds of others, with a change of level between them.
    case mixture
    /// The value of a policy from a log and two rounds together, whose levels differ and whose effects are no straight lines.
    case pooled
    /// The slope of online on offline, where it is told.
    case line
    /// Six policies and two outcomes against one control, all intervals together.
    case maximum
    /// Ninety daily looks, by the kind of outcome.
    case gaussianSequence, rareSequence, skewedSequence
    /// No alarm in thirty days of three outcomes without a loss.
    case quiet
    /// An alarm in thirty days with a loss of three tenths of a deviation.
    case loss
    /// The effect on a long-term outcome by an index of surrogates.
    case surrogate
    /// No refusal of an index that carries the whole effect of a past experiment's arm.
    case surrogatePass
    /// A refusal of one that misses a direct effect of a tenth of a deviation.
    case surrogateRefusal

    /// Whether the claim holds once; nil where nothing is claimed.
    /// - Throws: `CancellationError`.
    package func holds(seed: UInt64, context: RunContext) throws -> Bool? {
        var stream = RandomStream(seed: seed, purpose: "online coverage \(rawValue)")
        switch self {
        case .mixture: return try Self.mixture(&stream, context)
        case .pooled: return try Self.pooled(&stream, context)
        case .line: return try Self.line(&stream)
        case .maximum: return Self.maximum(&stream)
        case .gaussianSequence: return Self.sequence(&stream, deviation: 1) { $0.normal() }
        case .rareSequence:
            return Self.sequence(&stream, deviation: (0.03 * 0.97).squareRoot()) { $0.bernoulli(0.03) ? 1 : 0 }
        case .skewedSequence:
            return Self.sequence(&stream, deviation: ((exp(1) - 1) * exp(1)).squareRoot()) { exp($0.normal()) }
        case .quiet: return !Self.alarms(&stream, loss: 0)
        case .loss: return Self.alarms(&stream, loss: 0.3)
        case .surrogate: return try Self.surrogate(&stream)
        case .surrogatePass: return try Self.refuses(&stream, direct: 0).map { !$0 }
        case .surrogateRefusal: return try Self.refuses(&stream, direct: 0.1)
        }
    }

    /// Two rounds of 1,500 units; the arms of a unit depend on x by the rounds' policies, and the second round is .5 higher.
    private static func mixture(_ stream: inout RandomStream, _ context: RunContext) throws -> Bool? {
        let count = 3_000
        var (x, arms, periods): ([Float], [UInt8], [UInt8]) = ([], [], [])
        var outcome: [Double] = []
        var propensities: [[Float]] = [[], [], []]
        /// Thresholds of three policies a round: arm 1 above, arm 2 far below, control between.
        let cuts = [[-0.5, 0.2, 0.8], [0, 0.4, 1.2]]
        func arm(_ x: Double, _ cut: Double) -> Int { x > cut ? 1 : x < cut - 1.5 ? 2 : 0 }
        for unit in 0..<count {
            let own = stream.normal()
            let round = unit < count / 2 ? 0 : 1
            let given = arm(own, cuts[round][stream.index(below: 3)])
            let all = cuts.flatMap { $0 }.map { arm(own, $0) }
            for index in 0..<3 { propensities[index].append(Float(all.count { $0 == index }) / Float(all.count)) }
            x.append(Float(own))
            arms.append(UInt8(given))
            periods.append(UInt8(round))
            let effect = [0, 0.3 + 0.2 * own, -0.2 + 0.1 * own][given]
            outcome.append(tanh(own) + effect + 0.5 * Double(round) + stream.normal())
        }
        let regression = try ArmRegression(
            UnitFeatures([UnitFeatures.Covariate(values: x, isCategorical: false)], unitCount: count), arms: arms,
            armCount: 3, periods: periods, periodCount: 2, folds: x.indices.map { UInt8($0 % 2) },
            outcomes: [outcome], context: context)
        let scores = ArmScores(arms: arms, outcomes: [outcome], propensities: propensities, means: regression.means)
        // Between the policies that ran: arm 1 above .3. Control is possible everywhere it is asked for.
        let one = x.map { UInt8(arm(Double($0), 0.3)) }
        let other = x.map { UInt8(arm(Double($0), 0.8)) }
        let found = scores.differences(one, from: other)[0]
        // E[.3 + .2 x; .3 < x < .8] less E[-.2 + .1 x; -1.2 < x < -.7].
        func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
        let upper = Normal.cumulative(0.8) - Normal.cumulative(0.3)
        let lower = Normal.cumulative(-0.7) - Normal.cumulative(-1.2)
        let truth =
            0.3 * upper + 0.2 * (density(0.3) - density(0.8))
            - (-0.2 * lower + 0.1 * (density(-1.2) - density(-0.7)))
        return found.interval.map { $0.low <= truth && truth <= $0.high }
    }

    /// A log of 1,500 units with arms at random, and two rounds of 1,500 whose arms follow x by their policies.
    private static func pooled(_ stream: inout RandomStream, _ context: RunContext) throws -> Bool? {
        let count = 1_500
        let levels = [0, 0.5, -0.3]
        let cuts = [[-0.5, 0.2, 0.8], [0, 0.4, 1.2]]
        func arm(_ x: Double, _ cut: Double) -> Int { x > cut ? 1 : x < cut - 1.5 ? 2 : 0 }
        func effect(_ x: Double, _ arm: Int) -> Double { [0, 0.2 + 0.3 * tanh(2 * x), -0.2 + 0.1 * x][arm] }
        var (x, arms, periods): ([Float], [UInt8], [UInt8]) = ([], [], [])
        var outcome: [Double] = []
        var propensities: [[Float]] = [[], [], []]
        for unit in 0..<3 * count {
            let own = stream.normal()
            let period = unit / count
            let given = period == 0 ? stream.index(below: 3) : arm(own, cuts[period - 1][stream.index(below: 3)])
            for index in 0..<3 {
                let inRounds = cuts.flatMap { $0 }.count { arm(own, $0) == index }
                propensities[index].append(Float((1.0 + Double(inRounds)) / 9))
            }
            x.append(Float(own))
            arms.append(UInt8(given))
            periods.append(UInt8(period))
            outcome.append(tanh(own) + effect(own, given) + levels[period] + stream.normal())
        }
        let covariate = Covariate(name: "x", encoding: .numeric(centre: 0), values: x)
        let found = try PeriodLevels.estimate(
            [outcome.map { Float($0) }], periods: periods, periodCount: 3, arms: arms, armCount: 3,
            design: CovariateDesign([covariate], isFlexible: true).columns, context: context)[0]
        let levelled = zip(outcome, periods).map { $0 - found[Int($1)] }
        let regression = try ArmRegression(
            UnitFeatures([UnitFeatures.Covariate(values: x, isCategorical: false)], unitCount: x.count), arms: arms,
            armCount: 3, periods: Array(repeating: 0, count: x.count), periodCount: 1,
            folds: x.indices.map { UInt8($0 % 2) }, outcomes: [levelled], context: context)
        let scores = ArmScores(arms: arms, outcomes: [levelled], propensities: propensities, means: regression.means)
        let policy = x.map { UInt8($0 > 0.3 ? 1 : 0) }
        let estimate = scores.differences(policy, from: Array(repeating: 0, count: x.count))[0]
        // E[effect of arm 1; x > .3], by the midpoints of a grid.
        let width = 0.001
        let truth = stride(from: 0.3 + width / 2, to: 8, by: width).reduce(0.0) { sum, x in
            sum + width * effect(x, 1) * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
        }
        return estimate.interval.map { $0.low <= truth && truth <= $0.high }
    }

    /// Seven policies whose online effects are .6 of the offline ones, and vary about that.
    private static func line(_ stream: inout RandomStream) throws -> Bool? {
        let errors = (x: 0.02, y: 0.03)
        var points: [YorkLine.Point] = []
        for _ in 0..<7 {
            let truth = 0.1 * stream.normal()
            let online = 0.02 + 0.6 * truth + 0.01 * stream.normal()
            points.append(
                YorkLine.Point(
                    x: truth + errors.x * stream.normal(), xVariance: errors.x * errors.x,
                    y: online + errors.y * stream.normal(), yVariance: errors.y * errors.y))
        }
        // Told only where the offline error is a third of the spread at most.
        guard errors.x <= RoundReading.mostNoise * Moments(points.map(\.x)).standardDeviation,
            let interval = try YorkLine(points).slopeInterval()
        else { return nil }
        return interval.low <= 0.6 && 0.6 <= interval.high
    }

    /// Means of 500 users each; outcomes are correlated.
    private static func maximum(_ stream: inout RandomStream) -> Bool {
        let (policies, outcomes, users) = (6, 2, 500.0)
        let variances = [[1, 0.4], [0.4, 1]].map { $0.map { $0 / users } }
        func means(_ stream: inout RandomStream) -> [Double] {
            let (a, b) = (stream.normal(), stream.normal())
            return [a, 0.4 * a + (1 - 0.16).squareRoot() * b].map { $0 / users.squareRoot() }
        }
        let control = means(&stream)
        let others = (0..<policies).map { _ in means(&stream) }
        let count = policies * outcomes
        let joint = JointEstimates(
            values: (0..<count).map { others[$0 / outcomes][$0 % outcomes] - control[$0 % outcomes] },
            covariance: DenseMatrix(rowCount: count, columnCount: count) { a, b in
                let shared = variances[a % outcomes][b % outcomes]
                return a / outcomes == b / outcomes ? 2 * shared : shared
            })
        let family = SimultaneousIntervals(joint)
        return (0..<count).allSatisfy { abs(joint.values[$0]) <= family.critical * joint.standardError($0) }
    }

    /// Policy and holdout alike, 180 and 20 units a day, judged from 500 held out and 30 events on.
    private static func sequence(
        _ stream: inout RandomStream, deviation: Double, _ draw: (inout RandomStream) -> Double
    ) -> Bool {
        !crosses(days: 90, alpha: 0.05, deviation: deviation, onLossOnly: false) { _ in
            draw(&stream)
        }
    }

    private static func alarms(_ stream: inout RandomStream, loss: Double) -> Bool {
        (0..<3).contains { outcome in
            crosses(days: 30, alpha: 0.05 / 3, deviation: 1, onLossOnly: true) { isHeld in
                stream.normal() - (isHeld || outcome > 0 ? 0 : loss)
            }
        }
    }

    private static func crosses(
        days: Int, alpha: Double, deviation: Double, onLossOnly: Bool, _ draw: (Bool) -> Double
    ) -> Bool {
        let (kept, given) = (20, 180)
        let planned = deviation * deviation * (1 / Double(days * kept) + 1 / Double(days * given))
        let sequence = ConfidenceSequence(alpha: alpha, plannedVariance: planned)
        var (held, others) = (Moments(), Moments())
        var events = 0
        for _ in 0..<days {
            for _ in 0..<kept {
                let value = draw(true)
                held.add(value)
                events += value != 0 ? 1 : 0
            }
            for _ in 0..<given { others.add(draw(false)) }
            guard held.count >= Backtest.leastHoldout, events >= Backtest.leastEvents else { continue }
            let variance = held.variance / Double(held.count) + others.variance / Double(others.count)
            let interval = sequence.interval(others.mean - held.mean, variance: variance)
            if interval.high < 0 || (!onLossOnly && interval.low > 0) { return true }
        }
        return false
    }

    /// What it has to hold in, of all runs in which something is claimed.
    package var goal: ClosedRange<Double> {
        switch self {
        case .mixture, .pooled: 0.90...1
        case .line: 0.93...1
        case .maximum: 0.935...0.965
        case .gaussianSequence, .rareSequence, .skewedSequence, .quiet, .loss: 0.95...1
        case .surrogate, .surrogatePass: 0.935...0.965
        // METHODS 8.7 tells a power of .56 to .91, by the size of the past experiment.
        case .surrogateRefusal: 0.56...1
        }
    }

    /// Share of the runs in which the claim holds, and in how many it was made.
    /// - Throws: `CancellationError`.
    package func measure(runs: Int, from first: UInt64 = 1, context: RunContext) throws -> (share: Double, claims: Int)
    {
        let one = RunContext(workers: Workers(count: 1), cancellation: context.cancellation)
        let found = try context.workers.map(runs) { try holds(seed: first + UInt64($0), context: one) }.compactMap {
            $0
        }
        return (Double(found.count { $0 }) / Double(max(1, found.count)), found.count)
    }

    /// How far the told probability of being best is from the frequency with which the policy told most likely is: METHODS 8.3.
    package static func bestProbability(runs: Int, from first: UInt64 = 1) -> (told: Double, frequency: Double) {
        var (told, right) = (0.0, 0)
        for run in 0..<runs {
            var stream = RandomStream(seed: first + UInt64(run), purpose: "online coverage best")
            let truth = (0..<6).map { _ in 0.02 * stream.normal() }
            let seen = truth.map { $0 + 0.02 * stream.normal() }
            let best = BestProbability(values: seen, variances: seen.map { _ in 0.0004 })
            let top = best.probabilities.indices.max { best.probabilities[$0] < best.probabilities[$1] } ?? 0
            told += best.probabilities[top]
            if truth[top] == truth.max() { right += 1 }
        }
        return (told / Double(runs), Double(right) / Double(runs))
    }
}
