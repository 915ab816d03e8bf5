import ArgumentParser
import Runtime
import Studies

struct Card: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What to know of a candidate before it is exported, as text for a chat or a ticket.",
        discussion: """
            Whether it is shown to beat giving everybody the best single arm, what it changes on confirm and on tune, its limits, \
            how many units get another arm than control and than the best single arm, how often confirm was looked at, and what \
            nobody knows. Reading it is no look. The workbench shows the same before `e` writes the policy.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(
        name: .long, help: "Id or name of the candidate; default: the only one picked.", completion: .candidates)
    var candidate: String?
    @Option(name: .long, help: "How to write the card: text or json.")
    var format: Format = .text
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study)
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let card = try study.answer(DescribeDecision(of: chosen), common.context)
        ProgressLine.clear()
        switch format {
        case .text: try Output.write(raw: card.text())
        case .json: try Output.write(json: card)
        }
    }
}
