import Experiments
import Foundation
import Online
import Optimisers
import Policies
import Runtime
import Statistics
import Texts

/// Chooses the policies of the next round of an online test by all rounds that count, and those to recommend; both become
/// candidates (METHODS 8.2).
package struct ProposePolicies: StudyOperation {
    package static let kind = "online.next"

    /// In the next round.
    package let count: Int
    package let seed: UInt64
    /// Id of a candidate that the next round is to repeat alone; nil chooses new ones.
    package let repeated: Int?

    package init(count: Int = 6, seed: UInt64 = 1, repeating repeated: Int? = nil) {
        self.count = count
        self.seed = seed
        self.repeated = repeated
    }

    package func fits(_ space: PolicySpace) -> Bool { (1...200).contains(count) }

    /// - Throws: `EspalierError` (.usage) where no round counts, or the candidate is unknown; `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<NextRound> {
        let context = context.naming("choosing the next policies")
        let evidence = try OnlineEvidence(study, context)
        let search = try OnlineSearch(study, evidence, count: count, seed: seed, context)
        let recommended = try search.next.recommended(count: count, context: context)
        let batch: [NextPolicies.Held]
        if let repeated {
            guard let policy = try study.file.candidate(repeated).policy.linear, let place = search.place(of: policy)
            else {
                throw EspalierError(
                    .usage, "the candidate is no policy of weights and biases", file: study.file.path,
                    remedy: "repeat it with `espalier online plan STUDY --candidate ID`")
            }
            batch = try search.next.held([place], context: context)
        } else {
            batch = try search.next.held(search.next.batch(context: context), context: context)
        }
        let gain = try search.gain(of: batch, over: recommended, seed: seed, workers: context.workers)
        let chosen = try repeated.map { [try study.file.candidate($0).knobs] } ?? batch.map { search.knobs($0.place) }
        let shown = recommended.map { search.knobs($0.place) }
        let news = try (chosen + shown).map {
            try StudyTransaction.NewCandidate($0, of: study, workers: context.workers)
        }
        let held = try recommended.map { try search.outcomes(of: $0) }
        let finding = self.finding(gain, evidence)
        let (count, rounds) = (chosen.count, evidence.rounds.map(\.number))
        let number = 1 + (try study.file.read { try $0.count(ofEntries: Self.kind) })
        return StudyChange { transaction in
            let kept = try transaction.keep(news, origin: .hand)
            let (batch, recommended) = (Array(kept.candidates.prefix(count)), Array(kept.candidates.dropFirst(count)))
            let record = NextRound.Record(
                batch: batch.map(\.id),
                recommended: zip(recommended, held).map { candidate, held in
                    NextRound.Held(candidate: candidate.id, outcomes: held.outcomes, modelShare: held.modelShare)
                }, gain: gain.value, gainError: gain.error, hypervolume: gain.hypervolume, stops: gain.isSmall,
                reason: evidence.reason, finding: finding, rounds: rounds)
            try transaction.save(record, named: StudyReading.proposalPrefix + "\(number)")
            return NextRound(record: record, batch: batch, recommended: recommended, appeared: kept.appeared)
        } decide: { outcome, decisions in
            // Undo hides what was proposed.
            var before = decisions
            before.hidden.formUnion(outcome.appeared)
            return Decided(
                decisions.showing(outcome.appeared).deciding { $0.proposal = number },
                step: History.Step(name: "next policies after round \(rounds.last ?? 0)", before: before))
        }
    }

    private func finding(_ gain: NextPolicies.Gain, _ evidence: OnlineEvidence) -> String {
        if repeated != nil { return NextRound.repetition }
        let expectation = NextRound.expectation(gain.value, error: gain.error, hypervolume: gain.hypervolume)
        return gain.isSmall
            ? "\(expectation), less than its error: stop, and repeat or launch one of the recommended"
            : "\(expectation): plan it with `espalier online plan STUDY --next`"
    }
}

extension StudyReading {
    static let proposalPrefix = "online next "
    /// Of the one proposal that was kept before proposals had numbers.
    static let formerProposalName = "online next"
}

extension StudyFile {
    /// What was proposed last and not taken back; nil before the first time.
    package func nextRound(in study: Study) throws -> NextRound.Record? {
        let json = try read { reading in
            let number = try reading.decisions(in: study.space).online?.proposal
            return try reading.document(
                number.map { StudyReading.proposalPrefix + "\($0)" } ?? StudyReading.formerProposalName)
        }
        return try json.map { try JSONDecoder().decode(NextRound.Record.self, from: $0) }
    }

    /// Everything that was proposed, by number.
    func proposals() throws -> [Int: NextRound.Record] {
        try numbered(StudyReading.proposalPrefix).mapValues {
            try JSONDecoder().decode(NextRound.Record.self, from: $0)
        }
    }
}
