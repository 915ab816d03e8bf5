import ArgumentParser
import Policies
import Studies

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of a file format.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case policy, allocation
    }

    @Argument(help: "Which format: policy, or allocation (what `allocate STUDY --format json` prints).")
    var format: Format

    func run() throws {
        let text =
            switch format {
            case .policy: PolicySchema.text
            case .allocation: AllocationSchema.text
            }
        try Output.write(raw: text + "\n")
    }
}
