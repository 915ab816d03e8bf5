import ArgumentParser
import Online
import Runtime
import Studies
import Texts

struct OnlineRead: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Read the results of a round: who is better than control, who is best, and what offline was worth.",
        discussion: """
            RESULTS has a row for each unit, with the columns unit, policy, arm (where it is known) and those of the plan's \
            outcomes; or a row for each policy and outcome, with policy, outcome, n, mean and variance. Intervals of all \
            policies and outcomes hold together (max-t, with the shared control); P(best) is that of the first outcome. \
            The round is kept in the study; the same results a second time change nothing, and --take-back lets a round \
            count no more.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Argument(help: "The results: csv, csv.gz, tsv, jsonl or parquet.")
    var results: String?
    @Option(name: .long, help: "The plan's file; default: the plan made last from the study.", completion: .policy)
    var plan: String?
    @Option(
        name: .long,
        help: "A file with the units' covariates under their ids; default: the results, where they hold them all.")
    var covariates: String?
    @Option(name: .long, help: "Number of a round that is to count no more, in place of results.")
    var takeBack: Int?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (results == nil) != (takeBack == nil) else {
            throw ValidationError("give results or --take-back, one of the two")
        }
    }

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        if let takeBack {
            let round = try study.perform(WithdrawRound(takeBack), common.context)
            Diagnostics.write("espalier: round \(round.number) counts no more.\n")
        }
        guard let results else { return }
        let found = try study.answer(ReadResults(results, planPath: plan, covariatesPath: covariates), common.context)
        let round: RoundRecord
        if let known = found.known {
            round = known
            Diagnostics.write("espalier: these results are round \(known.number) already.\n")
        } else {
            round = try study.perform(
                AddRound(results, planPath: plan, covariatesPath: covariates, found: found), common.context)
            if found.results.rows != nil, !found.hasCovariates {
                Diagnostics.write(
                    "espalier: the units' covariates are not known, so `online next` will go by the policies' averages; give them with --covariates.\n"
                )
            }
        }
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: RoundDocument(round.number, found.reading))
        case .csv: try Output.write(RoundText(round.number, found.reading).table(.csv))
        case .table: try Output.write(RoundText(round.number, found.reading).text)
        }
    }
}
