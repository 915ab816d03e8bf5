import ArgumentParser
import Effects
import Runtime
import Studies

struct Tree: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the causal tree of an arm and an outcome.")

    @Argument(help: "The study.")
    var study: String
    @Option(name: .long, help: "The arm.")
    var arm: String
    @Option(name: .long, help: "The outcome.")
    var outcome: String
    @OptionGroup var format: FormatOption

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
        case .json: try Output.write(json: tree)
        case .table, .csv:
            var table = TextTable(["rule", "units", "effect", "standard error", "low", "high"])
            func add(_ node: TreeOutline, depth: Int) {
                table.rows.append(
                    [String(repeating: "  ", count: depth) + node.rule, "\(node.units)"]
                        + [node.effect, node.standardError, node.low, node.high].map { cell($0, format.format) })
                for child in node.children { add(child, depth: depth + 1) }
            }
            add(tree, depth: 0)
            try Output.write(table.text(format.format))
        }
    }
}
