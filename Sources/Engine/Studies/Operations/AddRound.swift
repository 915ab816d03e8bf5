import Online
import Runtime

/// Keeps the results of a round in the study. Results that it has already are that round; what they tell anew of its units, such as
/// covariates that were not known, is kept with it.
package struct AddRound: StudyOperation {
    package static let kind = "online.read"

    /// The file of results and that of their plan; no plan is the one that the study keeps.
    package let path: String
    package let planPath: String?
    /// A file with the covariates of the units, where the results do not hold them.
    package let covariatesPath: String?
    /// What was read already; nil where a log tells of it, which reads anew.
    private let found: ReadResults.Found?

    package init(
        _ path: String, planPath: String?, covariatesPath: String? = nil, found: ReadResults.Found? = nil
    ) {
        self.path = path
        self.planPath = planPath
        self.covariatesPath = covariatesPath
        self.found = found
    }

    private enum CodingKeys: String, CodingKey {
        case path, planPath, covariatesPath
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        path = try container.decode(String.self, forKey: .path)
        planPath = try container.decodeIfPresent(String.self, forKey: .planPath)
        covariatesPath = try container.decodeIfPresent(String.self, forKey: .covariatesPath)
        found = nil
    }

    package static func == (a: AddRound, b: AddRound) -> Bool {
        (a.path, a.planPath, a.covariatesPath) == (b.path, b.planPath, b.covariatesPath)
    }

    /// The outcome is the round. One that was taken back counts again, under its number.
    /// - Throws: as `ReadResults`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<RoundRecord> {
        let found =
            try found
            ?? study.answer(
                ReadResults(path, planPath: planPath, covariatesPath: covariatesPath), context)
        let path = path
        let fit = try study.file.fitNumber()
        let covariates = found.units == nil ? nil : study.description.covariates
        let counts = try study.file.rounds(in: study).contains { $0.digest == found.results.digest }
        return StudyChange { transaction in
            let all = try transaction.reading.allRounds()
            let former = all.first { $0.digest == found.results.digest }
            if let former, covariates == nil || former.stands(under: fit, covariates ?? []) { return former }
            let record = RoundRecord(
                number: former?.number ?? (all.last?.number ?? 0) + 1, file: path, digest: found.results.digest,
                plan: found.plan,
                means: found.results.means, unitCount: found.results.rows?.keys.count ?? 0, covariates: covariates,
                fit: covariates == nil ? nil : fit)
            try transaction.keep(record, rows: found.results.rows, units: found.units)
            return record
        } decide: { record, decisions in
            guard !counts else { return nil }
            let step = History.Step(name: "read round \(record.number)", before: decisions.withdrawing(record.number))
            return Decided(decisions.counting(record.number), step: step)
        }
    }
}

/// Takes a round back: its results stay in the study and count no more.
package struct WithdrawRound: StudyOperation {
    package static let kind = "online.withdraw"

    package let round: Int

    package init(_ round: Int) { self.round = round }

    /// - Throws: `EspalierError` (.usage) where no such round counts.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<RoundRecord> {
        let rounds = try study.file.rounds(in: study)
        guard let record = rounds.first(where: { $0.number == round }) else {
            throw EspalierError(
                .usage, "there is no round \(round)", file: study.file.path,
                remedy: rounds.isEmpty
                    ? "no round counts" : "choose one of: \(rounds.map { "\($0.number)" }.joined(separator: ", "))")
        }
        return StudyChange { _ in
            record
        } decide: { record, decisions in
            Decided(
                decisions.withdrawing(record.number),
                step: History.Step(name: "take back round \(record.number)", before: decisions))
        }
    }
}

extension Decisions {
    func withdrawing(_ round: Int) -> Decisions {
        var decisions = self
        decisions.withdrawnRounds = (withdrawnRounds ?? []).union([round])
        return decisions
    }

    func counting(_ round: Int) -> Decisions {
        var decisions = self
        let left = (withdrawnRounds ?? []).subtracting([round])
        decisions.withdrawnRounds = left.isEmpty ? nil : left
        return decisions
    }
}
