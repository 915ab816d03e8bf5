import Experiments
import Policies
import Statistics

/// What has changed since the launch: each a test at its share of 5% over all planned looks, and a warning at most.
package struct Drift: Sendable, Equatable, Encodable {
    package enum Kind: String, Sendable, Encodable {
        case covariate, arms, calibration, interference
    }

    package let kind: Kind
    package let name: String
    /// Standardised difference of a covariate; change of a slope; difference of the policy's value; largest change of a share.
    package let size: Double
    package let p: Double
    package let isWarning: Bool

    package init(_ kind: Kind, _ name: String, size: Double, p: Double, level: Double) {
        self.kind = kind
        self.name = name
        self.size = size
        self.p = p
        isWarning = p < level
    }

    /// Of the units' covariates, p adjusted by Holm over all of them.
    package static func covariates(
        _ launched: [LaunchEntry.Level], _ now: [LaunchEntry.Level?], level: Double
    ) -> [Drift] {
        let pairs = zip(launched, now).compactMap { before, now in now.map { (before: before, now: $0) } }
        let tests = pairs.map { before, now -> (size: Double, p: Double) in
            let variance =
                before.spread * before.spread / Double(before.units) + now.spread * now.spread / Double(now.units)
            let scale = ((before.spread * before.spread + now.spread * now.spread) / 2).squareRoot()
            guard variance > 0 else { return (0, now.mean == before.mean ? 1 : 0) }
            let z = (now.mean - before.mean) / variance.squareRoot()
            return ((now.mean - before.mean) / scale, 2 * Normal.cumulative(-abs(z)))
        }
        let adjusted = Holm.adjusted(tests.map(\.p))
        return pairs.indices.map {
            Drift(.covariate, pairs[$0].before.name, size: tests[$0].size, p: adjusted[$0], level: level)
        }
    }

    /// Of the arms that the policy gives, against those of the log's units.
    static func arms(_ counts: [Int], _ launch: LaunchEntry, arms: [String], level: Double) -> Drift {
        let total = Double(counts.reduce(0, +))
        let shares = arms.map { launch.shares[$0] ?? 0 }
        var statistic = 0.0
        var largest = 0.0
        for (count, share) in zip(counts, shares) {
            // A share that the log's units did not have is at most one of them.
            let expected = max(share, 0.5 / Double(max(1, launch.units)))
            let gap = Double(count) / max(1, total) - share
            statistic += gap * gap / (expected * (1 / max(1, total) + 1 / Double(max(1, launch.units))))
            if abs(gap) > abs(largest) { largest = gap }
        }
        let p = ChiSquare.survival(statistic, degreesOfFreedom: Double(max(1, arms.count - 1)))
        return Drift(.arms, "arms", size: largest, p: p, level: level)
    }

    static func calibration(
        _ launched: LaunchEntry.Calibration, _ now: LaunchEntry.Calibration, level: Double
    ) -> Drift {
        let error =
            (launched.standardError * launched.standardError + now.standardError * now.standardError).squareRoot()
        let change = now.slope - launched.slope
        let p = error > 0 ? 2 * Normal.cumulative(-abs(change) / error) : 1
        return Drift(.calibration, launched.outcome, size: change, p: p, level: level)
    }

    /// Of what the policy brings, against what held-out units say it would: where it is run for nearly everyone it may change what
    /// everyone meets.
    static func interference(_ name: String, _ value: Estimate, _ holdout: Estimate, level: Double) -> Drift {
        let (a, b) = (value.standardError ?? 0, holdout.standardError ?? 0)
        let error = (a * a + b * b).squareRoot()
        let gap = value.value - holdout.value
        return Drift(
            .interference, name, size: gap, p: error > 0 ? 2 * Normal.cumulative(-abs(gap) / error) : 1, level: level)
    }
}
