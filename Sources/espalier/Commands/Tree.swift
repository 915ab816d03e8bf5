import ArgumentParser
import Effects
import Runtime
import Studies

struct Tree: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the causal tree of an arm and an outcome.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(name: .long, help: "The arm.", completion: .arms)
    var arm: String
    @Option(name: .long, help: "The outcome.", completion: .outcomes)
    var outcome: String
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let study = try CommandStudy.open(study)
        let space = study.space
        guard let i = space.arms.firstIndex(of: arm), i > 0 else {
            throw EspalierError(
                .usage, "there is no tree of arm \(arm)",
                remedy: "choose one of: \(space.arms.dropFirst().joined(separator: ", "))")
        }
        guard let j = space.outcomes.firstIndex(where: { $0.name == outcome }) else {
            throw EspalierError(
                .usage, "there is no outcome \(outcome)",
                remedy: "choose one of: \(space.outcomes.map(\.name).joined(separator: ", "))")
        }
        let tree = study.trees.outline(of: (i - 1) * space.outcomeCount + j)
        switch format.format {
        case .json: try Output.write(json: WithEngine(tree, of: study))
        case .table, .csv:
            try Output.write(Self.table(tree, format.format).text(format.format))
        }
    }

    /// One row a node, parents first: in a table indented by depth, in CSV with the number of the parent.
    private static func table(_ tree: TreeOutline, _ format: FormatOption.Format) -> TextTable {
        let isCSV = format == .csv
        var table = TextTable(
            (isCSV ? ["node", "parent", "depth"] : []) + ["rule", "units", "effect", "standard error", "low", "high"])
        func add(_ node: TreeOutline, depth: Int, parent: Int?) {
            let number = table.rows.count + 1
            let place =
                isCSV
                ? ["\(number)", parent.map { "\($0)" } ?? "", "\(depth)", node.rule]
                : [String(repeating: "  ", count: depth) + node.rule]
            table.rows.append(
                place + ["\(node.units)"]
                    + [node.effect, node.standardError, node.low, node.high].map { cell($0, format) })
            for child in node.children { add(child, depth: depth + 1, parent: number) }
        }
        add(tree, depth: 0, parent: nil)
        return table
    }
}
