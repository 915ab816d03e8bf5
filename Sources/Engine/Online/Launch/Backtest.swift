import Foundation
import Policies
import Runtime
import Statistics

/// A launched policy against its holdout, day by day (METHODS 8.5).
package struct Backtest: Sendable, Equatable {
    /// All units up to a day.
    package struct Day: Sendable, Equatable {
        package let day: Int
        package let units: Int
        package let holdout: Int
        /// Difference of the means, policy less holdout.
        package let value: Double
        /// Of the confidence sequence: all days' intervals hold together.
        package let low: Double
        package let high: Double
        /// Whether there is enough to judge by.
        package let isJudged: Bool
    }

    package struct Outcome: Sendable, Equatable {
        package let name: String
        /// +1 where more is better.
        package let sign: Double
        /// The difference that the launch knew of and accepted where it is a loss, 0 else: a policy on a front gives up some of one
        /// outcome for another, and that is no alarm.
        package let accepted: Double
        /// By day; at least one.
        package let days: [Day]
        /// What a loss of this size takes to be seen.
        package let loss: Double
        /// Units in all; nil where the sequence cannot see it.
        package let unitsNeeded: Int?
        package let daysNeeded: Int?

        package var last: Day { days[days.count - 1] }

        /// The first day on which the sequence lay wholly on the losing side of what was accepted.
        package var alarmDay: Int? {
            days.first { $0.isJudged && (sign > 0 ? $0.high < accepted : $0.low > accepted) }?.day
        }
    }

    package let outcomes: [Outcome]

    /// Held-out units and events that a judgement takes.
    package static let leastHoldout = 500
    package static let leastEvents = 30
    /// Standard errors that detection takes: by one look 1.96 + .84, by the sequence 3.04 + .84.
    private static let sequenceReach = 3.04 + 0.84
    /// Of a loss that nobody named, in standard deviations.
    private static let namelessLoss = 0.05

    /// - Parameters:
    ///   - adjusted: outcomes by unit, less what covariates tell of them.
    ///   - losses: by outcome's name, in its own unit.
    package init(
        _ log: MonitorLog, _ launch: LaunchEntry, holdout: Double, adjusted: [[Double]], losses: [String: Double]
    ) {
        let last = log.days.max() ?? 1
        let perDay = Double(log.keys.count) / Double(last)
        let alpha = (1 - Confidence.level) / Double(launch.outcomes.count)
        let byDay = (1...last).map { day in log.days.indices.filter { log.days[$0] == day } }
        outcomes = launch.outcomes.enumerated().map { j, outcome in
            let spread = outcome.spread > 0 ? outcome.spread : 1
            let shares = 1 / holdout + 1 / (1 - holdout)
            let sequence = ConfidenceSequence(
                alpha: alpha, plannedVariance: spread * spread * shares / Double(max(2, launch.users)))
            var (kept, given) = (Moments(), Moments())
            var events = (0, 0)
            var days: [Day] = []
            for (index, units) in byDay.enumerated() where !units.isEmpty {
                for unit in units {
                    if log.heldOut[unit] {
                        kept.add(adjusted[j][unit])
                        events.0 += log.events[j][unit] ? 1 : 0
                    } else {
                        given.add(adjusted[j][unit])
                        events.1 += log.events[j][unit] ? 1 : 0
                    }
                }
                guard kept.count >= 2, given.count >= 2 else { continue }
                let variance = kept.variance / Double(kept.count) + given.variance / Double(given.count)
                let interval = sequence.interval(given.mean - kept.mean, variance: variance)
                days.append(
                    Day(
                        day: index + 1, units: kept.count + given.count, holdout: kept.count,
                        value: given.mean - kept.mean, low: interval.low, high: interval.high,
                        isJudged: kept.count >= Self.leastHoldout && min(events.0, events.1) >= Self.leastEvents))
            }
            let loss = losses[outcome.name] ?? outcome.promised.map { abs($0) } ?? Self.namelessLoss * spread
            let deviation = max(kept.standardDeviation, given.standardDeviation)
            let ratio = loss > 0 && deviation > 0 ? Self.sequenceReach * deviation / loss : .infinity
            let needed = ratio * ratio * shares
            let isSeen = needed < OnlineSampleSize.largest * 100
            return Outcome(
                name: outcome.name, sign: outcome.direction.sign,
                accepted: outcome.direction.sign * min(0, outcome.direction.sign * (outcome.promised ?? 0)), days: days,
                loss: loss,
                unitsNeeded: isSeen ? Int(needed.rounded(.up)) : nil,
                daysNeeded: isSeen ? Int((needed / perDay).rounded(.up)) : nil)
        }
    }

    /// Units without an interval yet.
    package var isEmpty: Bool { outcomes.contains { $0.days.isEmpty } }
}

/// Outcomes less what covariates tell of them, by one regression for both groups: it narrows their difference and moves it by
/// nothing but chance.
enum CovariateAdjustment {
    private static let penalty = 1e-3

    /// - Parameter groups: of the units, by 0 and 1.
    static func adjusted(
        _ outcomes: [[Double]], by features: UnitFeatures, groups: [Bool], workers: Workers
    ) throws -> [[Double]] {
        let count = features.unitCount
        guard !features.columns.isEmpty, count > 10 * features.columns.count else { return outcomes }
        // Within groups: each column less its group's mean.
        func within(_ column: [Float]) -> [Float] {
            var (sums, counts) = ([0.0, 0.0], [0.0, 0.0])
            for (value, group) in zip(column, groups) {
                sums[group ? 1 : 0] += Double(value)
                counts[group ? 1 : 0] += 1
            }
            let means = zip(sums, counts).map { Float($1 > 0 ? $0 / $1 : 0) }
            return zip(column, groups).map { $0 - means[$1 ? 1 : 0] }
        }
        let columns = features.columns.map(within)
        let centred = outcomes.map { column in
            let mean = column.reduce(0, +) / Double(max(1, count))
            return within(column.map { Float($0 - mean) })
        }
        let gram = try ColumnProducts.gram(columns, columns, workers: workers)
        let right = try ColumnProducts.gram(columns, centred, workers: workers)
        let matrix = DenseMatrix(rowCount: columns.count, columnCount: columns.count) { a, b in
            gram[a][b] + (a == b ? penalty * Double(count) : 0)
        }
        guard let cholesky = Cholesky(matrix) else { return outcomes }
        return outcomes.indices.map { j in
            let slopes = cholesky.solve(right.map { $0[j] })
            var left = outcomes[j]
            for (column, slope) in zip(features.columns, slopes) {
                ColumnProducts.add(column, times: -slope, to: &left)
            }
            return left
        }
    }
}
