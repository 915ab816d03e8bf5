import ArgumentParser
import Experiments
import Frames
import Online
import Policies
import Simulation
import Studies

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the schema of a file format: JSON Schema, of a study SQL.",
        discussion: """
            spec and theme help editors: `init` names the spec's schema in its first line, as `# yaml-language-server: \
            $schema=FILE`, and any other spec can. policy and plan are all it takes to score a file elsewhere; allocation and \
            confounding describe what `allocate STUDY --format json` and `lab --scenario confounded --format json` print.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case spec, policy, study, theme, plan, allocation, confounding
    }

    @Argument(help: "Which format: spec, policy, study, theme, plan, allocation or confounding.")
    var format: Format
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let text =
            switch format {
            case .spec: SpecSchema.text + "\n"
            case .policy: PolicySchema.text + "\n"
            case .study: try StudySchema.text()
            case .theme: ThemeSchema.text + "\n"
            case .plan: PlanSchema.text + "\n"
            case .allocation: AllocationSchema.text + "\n"
            case .confounding: ConfoundingSchema.text + "\n"
            }
        try Output.write(raw: text)
    }
}
