import Experiments
import Policies
import Runtime
import Statistics
import Texts

/// A launched policy, watched: against its holdout day by day, what has drifted, and whether to fit anew (METHODS 8.5).
package struct MonitorReading: Sendable {
    /// Whether a policy fitted anew would do better than the running one.
    package struct Retrain: Sendable, Equatable, Encodable {
        /// Of the paired difference on held-out units; null where there are too few, or no covariates.
        package let z: Double?
        package let verdict: String

        private enum CodingKeys: CodingKey { case z, verdict }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(z, forKey: .z)
            try container.encode(verdict, forKey: .verdict)
        }

        /// Beyond it a refit is put in the running policy's place.
        static let swap = 1.645

        init(_ refit: Estimate?) {
            guard let refit, let error = refit.standardError, error > 0 else {
                z = nil
                verdict = "too few held-out units with covariates to tell"
                return
            }
            let z = refit.value / error
            self.z = z
            verdict =
                z > Self.swap
                ? "fit anew: a policy fitted to the held-out units does better" : "keep the running policy"
        }
    }

    package let day: Int
    package let units: Int
    package let holdout: Int
    package let backtest: Backtest
    package let drift: [Drift]
    package let retrain: Retrain
    /// One sentence without its full stop.
    package let finding: String

    /// Names of the outcomes whose sequence has lain wholly on the losing side.
    package var alarms: [String] { backtest.outcomes.filter { $0.alarmDay != nil }.map(\.name) }
    package var isAlarm: Bool { !alarms.isEmpty }

    /// - Parameter losses: to be seen, by outcome, in its own unit; others take what was promised.
    /// - Throws: `EspalierError` (.data) where there is nothing to compare; `CancellationError`.
    package init(
        _ log: MonitorLog, _ policy: PolicyDocument, losses: [String: Double], file: String, context: RunContext
    ) throws {
        guard let launch = policy.launch, let last = log.days.max() else {
            throw EspalierError(.data, "the log is empty", file: file, remedy: "give the units of the first day")
        }
        day = last
        units = log.keys.count
        holdout = log.heldOut.count { $0 }
        let encoded = try log.covariates.map { columns in
            try zip(policy.covariates, columns).map { entry, values in
                (name: entry.name, encoding: try entry.encoding(), values: values)
            }
        }
        let features = encoded.map { covariates in
            UnitFeatures(
                covariates.map { UnitFeatures.Covariate(values: $0.values, isCategorical: $0.encoding.isCategorical) },
                hasProducts: false, unitCount: log.keys.count)
        }
        let adjusted = try features.map {
            try CovariateAdjustment.adjusted(log.outcomes, by: $0, groups: log.heldOut, workers: context.workers)
        }
        backtest = Backtest(
            log, launch, holdout: policy.assignment.holdout, adjusted: adjusted ?? log.outcomes, losses: losses)
        guard !backtest.isEmpty else {
            throw EspalierError(
                .data, "the log has fewer than two held-out units, or fewer than two others", file: file,
                remedy: "give the log of all units that were assigned by the policy, the held-out among them")
        }
        let level = (1 - Confidence.level) / Double(max(1, launch.days))
        let evidence = try HoldoutEvidence(log, policy, context: context)
        var drift: [Drift] = []
        if let encoded {
            drift += Drift.covariates(launch.levels, LaunchLevels.again(launch.levels, encoded), level: level)
        }
        let given = policy.arms.indices.map { arm in
            log.arms.indices.count { Int(log.arms[$0]) == arm && !log.heldOut[$0] }
        }
        drift.append(.arms(given, launch, arms: policy.arms, level: level))
        if let evidence {
            for now in evidence.calibration {
                guard let before = launch.calibration.first(where: { $0.outcome == now.outcome }) else { continue }
                drift.append(.calibration(before, now, level: level))
            }
            for (j, outcome) in launch.outcomes.enumerated() {
                let own = Moments(log.outcomes[j].indices.filter { !log.heldOut[$0] }.map { log.outcomes[j][$0] })
                drift.append(
                    .interference(
                        outcome.name, Estimate(value: own.mean, standardError: own.standardError), evidence.values[j],
                        level: level))
            }
        }
        self.drift = drift
        retrain = Retrain(evidence?.refit)
        finding = Self.finding(backtest, drift: drift, retrain: retrain)
    }

    /// Of each kind that changed the one that changed most surely, and how many others did.
    private static func warning(_ drift: [Drift]) -> String? {
        let warnings = drift.filter(\.isWarning)
        let kinds = Set(warnings.map(\.kind.rawValue)).sorted().map { kind -> String in
            let own = warnings.filter { $0.kind.rawValue == kind }
            guard let first = own.min(by: { $0.p < $1.p }), first.name != kind else { return kind }
            return "\(kind) (\(first.name)\(own.count > 1 ? " and \(own.count - 1) more" : ""))"
        }
        return kinds.isEmpty ? nil : kinds.joined(separator: " and ")
    }

    private static func finding(_ backtest: Backtest, drift: [Drift], retrain: Retrain) -> String {
        let losing = backtest.outcomes.filter { $0.alarmDay != nil }
        let left = Self.warning(drift).map { "; a warning, no alarm: \($0) changed since the launch" } ?? ""
        if let first = losing.first, let day = first.alarmDay {
            return
                "the policy surely loses in \(losing.map(\.name).joined(separator: ", ")) against its holdout, since day \(day): "
                + "take it back and find out why\(left)"
        }
        guard backtest.outcomes.contains(where: { $0.last.isJudged }) else {
            return
                "nothing is judged before \(Backtest.leastHoldout) held-out units and \(Backtest.leastEvents) events\(left)"
        }
        let better = backtest.outcomes.filter { $0.sign > 0 ? $0.last.low > 0 : $0.last.high < 0 }.map(\.name)
        let verdict =
            better.isEmpty
            ? "no loss against the holdout, and no sure gain yet"
            : "the policy is surely better than its holdout in \(better.joined(separator: ", "))"
        let next = (retrain.z ?? 0) > Retrain.swap ? "; fit anew, which would do better" : ""
        return verdict + next + left
    }
}
