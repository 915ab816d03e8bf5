import ArgumentParser
import Policies
import Runtime
import Studies

struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep a policy as a candidate: knobs, a policy file, or a hidden candidate shown again.",
        discussion: "Knobs that are a candidate already stay that candidate, under its id and name.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @OptionGroup var knobs: KnobOptions
    @Option(
        name: .long, help: "A policy file; its knobs are kept, or its weights and biases where these say otherwise.",
        completion: .policy)
    var policy: String?
    @Option(name: .long, help: "Id or name of a hidden candidate, to show it again.", completion: .candidates)
    var candidate: String?
    @Option(name: .long, help: "A note on it.")
    var note: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let ways = [policy != nil, candidate != nil, !knobs.isEmpty].count { $0 }
        guard ways == 1 else {
            throw ValidationError("give knobs (--weight, --bias, --shrink), --policy or --candidate, one of the three")
        }
    }

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        let wanted: PolicyKnobs
        if let policy {
            wanted = try PolicyFile.knobs(
                PolicyFile.read(policy), of: study, file: policy, context: common.context)
        } else if let candidate {
            let hidden = try CommandStudy.candidate(candidate, of: study, includingHidden: true)
            guard hidden.policy.linear != nil else {
                throw EspalierError(
                    .usage,
                    "candidate \(hidden.name) \(hidden.policy.ranking == nil ? "allocates cohorts" : "targets by a ranking")",
                    remedy: hidden.policy.ranking == nil
                        ? "allocate them again with `espalier allocate STUDY --add`, which shows it"
                        : "rank again with `espalier rank STUDY --budget ... --add`, which shows it")
            }
            wanted = hidden.knobs
        } else {
            wanted = try knobs.knobs(in: study.space)
        }
        var added = try study.perform(AddCandidate(wanted), common.context)
        if let note { added = try study.perform(SetNote(note, of: added.id), common.context) ?? added }
        try CandidateListText.write([added], study, format.format)
    }
}
