import Effects
import Experiments
import Online
import Policies
import Runtime
import Statistics

/// Writes the policy file of a candidate as it is launched: with a holdout, and with what it is to be watched by.
package struct LaunchPolicy: StudyOperation {
    package static let kind = "online.launch"

    /// Its id.
    package let candidate: Int
    /// Share of units that keep a random arm.
    package let holdout: Double
    /// For how many days it is planned to be watched, and of how many users by then.
    package let days: Int
    package let users: Int
    /// Where the file was written, as it was named; `-` is standard output.
    package let path: String
    private let tool: String
    /// nil in a replay, which writes no file.
    private let write: (@Sendable (PolicyDocument) throws -> Void)?

    package init(
        candidate: Int, holdout: Double, days: Int, users: Int, path: String, tool: String,
        write: @escaping @Sendable (PolicyDocument) throws -> Void
    ) {
        self.candidate = candidate
        self.holdout = holdout
        self.days = days
        self.users = users
        self.path = path
        self.tool = tool
        self.write = write
    }

    private enum CodingKeys: String, CodingKey {
        case candidate, holdout, days, users, path
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        candidate = try container.decode(Int.self, forKey: .candidate)
        holdout = try container.decode(Double.self, forKey: .holdout)
        days = try container.decode(Int.self, forKey: .days)
        users = try container.decode(Int.self, forKey: .users)
        path = try container.decode(String.self, forKey: .path)
        tool = ""
        write = nil
    }

    package static func == (a: LaunchPolicy, b: LaunchPolicy) -> Bool {
        (a.candidate, a.holdout, a.days, a.users, a.path) == (b.candidate, b.holdout, b.days, b.users, b.path)
    }

    /// The outcome is the candidate. The data are read again, for what the units are like.
    /// - Throws: `EspalierError` (.usage) for a holdout outside (0, 1) or where there is no such candidate; what reading the data
    ///   throws; whatever `write` throws.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Candidate> {
        guard holdout > 0, holdout < 1 else {
            throw EspalierError(
                .usage, "a launch without a holdout cannot be watched", remedy: "give --holdout, .02 to .05 as a rule")
        }
        guard study.description.spec.splits.rule != .md5 else {
            throw EspalierError(
                .usage, "the study splits its units by md5, and the holdout of a launch is drawn by the other rule",
                file: study.file.path, remedy: "fit the spec without rule: md5, or export the policy")
        }
        let candidate = try study.file.candidate(candidate)
        if let write {
            let entry = try study.launchEntry(of: candidate, days: days, users: users, context: context)
            let document = try study.document(of: candidate, holdout: holdout, tool: tool, context: context)
            try write(document.launched(entry))
        }
        let launch = OnlineDecisions.Launch(candidate: candidate.id, holdout: holdout, path: path)
        return StudyChange { _ in
            candidate
        } decide: { candidate, decisions in
            Decided(
                decisions.deciding { $0.launch = launch },
                step: History.Step(name: "launch \(candidate.name)", before: decisions))
        }
    }
}

extension Study {
    /// What a candidate is watched by once it is launched.
    func launchEntry(of candidate: Candidate, days: Int, users: Int, context: RunContext) throws -> LaunchEntry {
        let experiment = try readExperiment(context: context)
        let evaluation = candidate.confirm ?? candidate.tune
        let total = description.plannedShares.reduce(0, +)
        let outcomes = space.outcomes.enumerated().map { j, outcome in
            // Held-out units draw from the planned shares: that is what the policy is compared with.
            let random = space.arms.indices.reduce(0.0) {
                $0 + description.plannedShares[$1] / total * space.averageEffects[$1][j]
            }
            let difference = evaluation?.outcomes.first { $0.name == outcome.name }?.difference?.value
            let declared = description.spec.outcomes.first { $0.name == outcome.name }
            let costs = space.arms.indices.map { (space.arms[$0], description.armCosts[$0][j]) }.filter { $0.1 != 0 }
            return LaunchEntry.Outcome(
                name: outcome.name, direction: outcome.direction, source: declared?.source ?? .column(outcome.name),
                missing: declared?.missing, armCosts: Dictionary(costs) { first, _ in first },
                spread: outcome.scale * workspace.table.controlSpread(outcome: j),
                promised: difference.map { $0 - random }, index: outcome.indexError?.rule)
        }
        // Of all units, as the covariates' levels are: arms of some of them would differ from those of new units by more.
        let shares = try workspace.evaluator(.all, workers: context.workers)
            .evaluate(candidate.policy, weights: candidate.knobs.weights).shares
        let effects = netEffects(units.estimates.columns)
        let width = space.outcomeCount
        let calibration = space.outcomes.indices.compactMap { j in
            CalibrationSlope.of(
                space.outcomes[j].name, arms: units.assignment,
                effects: (0..<space.armCount - 1).map { effects[$0 * width + j] },
                outcome: units.observed[j].map { Double($0) })
        }
        return LaunchEntry(
            outcomes: outcomes, units: description.unitCount, days: days, users: users,
            shares: shares,
            levels: LaunchLevels.of(
                experiment.covariates.map { (name: $0.name, encoding: $0.encoding, values: $0.values) }),
            calibration: calibration)
    }
}
