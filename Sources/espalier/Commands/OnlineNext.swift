import ArgumentParser
import Runtime
import Studies

struct OnlineNext: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Choose the policies of the next round, and say which are best by all that is known online.",
        discussion: """
            Where the covariates of the rounds' units are known, every policy is evaluated on all of them, doubly robust by the \
            plans' propensities, and a Gaussian process learns what that misses; where only averages came back, the process goes \
            by what the log says of policies. The policies chosen and those recommended become candidates of the study: \
            `online plan STUDY --next` plans the round.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(name: .long, help: "Policies in the next round.")
    var policies = 6
    @Flag(name: .long, help: "Repeat one policy alone beside control: --candidate, or the best that was tested.")
    var replicate = false
    @Option(name: .long, help: "With --replicate: id or name of the candidate.", completion: .candidates)
    var candidate: String?
    @Option(name: .long, help: "Seed.")
    var seed: UInt64 = 1
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(policies, 1...200, "--policies")
        guard candidate == nil || replicate else { throw ValidationError("--candidate goes with --replicate") }
    }

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        var repeated: Int?
        if replicate {
            repeated =
                try candidate.map { try CommandStudy.candidate($0, of: study).id } ?? study.answer(BestTested()).id
        }
        let next = try study.perform(
            ProposePolicies(count: policies, seed: seed, repeating: repeated), common.context)
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: NextDocument(next, in: study.space))
        case .csv: try Output.write(NextText(next).table(.csv))
        case .table: try Output.write(NextText(next).text)
        }
    }
}
