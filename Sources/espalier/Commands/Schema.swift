import ArgumentParser
import Online
import Policies
import Simulation
import Studies

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of a file format.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case policy, plan, allocation, confounding
    }

    @Argument(
        help:
            "Which format: policy, plan (of an online test), allocation (what `allocate STUDY --format json` prints) or confounding (`lab --scenario confounded --format json`)."
    )
    var format: Format

    func run() throws {
        let text =
            switch format {
            case .policy: PolicySchema.text
            case .allocation: AllocationSchema.text
            case .plan: PlanSchema.text
            case .confounding: ConfoundingSchema.text
            }
        try Output.write(raw: text + "\n")
    }
}
