import ArgumentParser
import Experiments
import Ranking
import Runtime
import Texts

struct Rank: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge whom to target first, by what targeting brings against what it costs.",
        discussion: """
            The table has one row per unit that did not train the score: its score, 1 or 0 for treated or not, its value and \
            its cost. Printed are the cost curve, the area under it (1 at best, 0.5 for a random order) with its 95% interval, \
            and what it says.
            """)

    @Option(name: .long, help: "A CSV with the columns score, treated, value and cost.")
    var table: String
    @Option(name: .long, help: "The column that targeting is to raise.")
    var value = "value"
    @Option(name: .long, help: "The column that targeting costs.")
    var cost = "cost"
    @Option(name: .long, help: "What can be spent, as share:0.2 for the best 20% of the units.")
    var budget: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        guard value != cost else {
            throw EspalierError(
                .usage, "value and cost are both the column \(DisplayText.quoted(value))",
                remedy: "name two different columns with --value and --cost")
        }
        let share = try budget.map(Self.share)
        let context = common.context
        let units = try ScoredUnits.read(table, value: value, cost: cost, context: context)
        let comparison = try RankerComparison(
            names: ["score"], scores: [units.scores], sample: units.sample, extraShares: share.map { [$0] } ?? [],
            context: context)
        ProgressLine.clear()
        let document = RankingDocument(comparison, value: value, cost: cost, arm: "treated", units: units.sample.count)
        switch format.format {
        case .json: try Output.write(json: document)
        case .table, .csv: try Output.write(document.text(format.format))
        }
    }

    /// The share of `share:S`.
    private static func share(_ text: String) throws -> Double {
        guard text.hasPrefix("share:"), let share = Double(text.dropFirst("share:".count)) else {
            throw EspalierError(
                .usage, "--budget \(text) is not a share of the units", remedy: "write --budget share:0.2")
        }
        return share
    }
}
