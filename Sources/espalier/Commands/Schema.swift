import ArgumentParser
import Policies

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of a file format.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case policy
    }

    @Argument(help: "Which format: policy.")
    var format: Format

    func run() throws {
        try Output.write(raw: PolicySchema.text + "\n")
    }
}
