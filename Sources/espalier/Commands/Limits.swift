import ArgumentParser
import Policies
import Runtime
import Studies

struct Limits: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the best policy whose intervals keep every limit, and keep it as a candidate.",
        discussion: """
            Looked for from the given knobs, whose shrinkage stays; the workbench finds its knobs turned there. Its price is \
            what the first outcome changes by against the given knobs, or against --candidate. Exit 1, and no candidate, where \
            none of the policies met keeps every limit.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String
    @OptionGroup var knobs: KnobOptions
    @Option(name: .long, help: "Id or name of a candidate to look from, in place of knobs.", completion: .candidates)
    var candidate: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    private struct Document: Encodable {
        let candidate: CandidateListDocument
        let verdict: LimitVerdict
        /// Of the first outcome.
        let price: PolicyComparison.Outcome
        let comparison: PolicyComparison
    }

    func validate() throws {
        if candidate != nil && !knobs.isEmpty { throw ValidationError("give knobs or --candidate, not both") }
    }

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        guard study.space.hasLimits else {
            throw EspalierError(
                .usage, "no outcome has a threshold, so there is no limit to hold", file: study.file.path,
                remedy: "give an outcome of the spec a threshold and fit again")
        }
        let chosen = try candidate.map { try CommandStudy.candidate($0, of: study) }
        let start = try chosen?.knobs ?? knobs.knobs(in: study.space)
        let found = try study.perform(HoldLimits(from: start), common.context)
        guard let verdict = found.verdict, verdict == .inside else {
            throw EspalierError(
                .check, "none of the policies met keeps every limit with its whole interval", file: study.file.path,
                remedy: "look from other knobs or loosen a threshold of the spec; no candidate was added")
        }
        let held = try study.perform(AddCandidate(found.knobs), common.context)
        let from =
            chosen
            ?? Candidate(id: 0, origin: .hand, knobs: start, policy: .linear(LinearPolicy(start, in: study.space)))
        let comparison = try study.answer(ComparePolicies(from: from, to: held), common.context)
        switch format.format {
        case .json:
            try Output.write(
                json: Document(
                    candidate: CandidateListDocument(held, in: study.space), verdict: verdict,
                    price: comparison.splits[0].outcomes[0], comparison: comparison))
        case .csv: try CandidateListText.write([held], study, .csv)
        case .table:
            try Output.write(
                CandidateListText.knobs(held, study.space)
                    + (held.tune.map { "\n" + EvaluationText.text($0, study.space, .table) } ?? "")
                    + "\nlimits: \(verdict.rawValue); candidate \(held.name)\n"
                    + ComparisonText.price(comparison, from: chosen?.name))
        }
    }
}
