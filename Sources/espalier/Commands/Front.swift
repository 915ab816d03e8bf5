import ArgumentParser
import Foundation
import Frontier
import Policies
import Studies

extension SearchSettings.Method: ExpressibleByArgument {}

struct Front: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search the policies that cannot be beaten; they become the study's candidates.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(
        name: .long,
        help: """
            profiles (exact line searches), weights (the same without biases), nparego (Gaussian processes, for a \
            comparison), nsga2, sobol or random.
            """)
    var method: SearchSettings.Method = .profiles
    @Option(
        name: .long,
        help: """
            Passes over the data: lines, or policies for all methods but profiles and weights; nparego measures up to \
            100 more that its model recommends at the end.
            """)
    var evaluations: Int?
    @Option(name: .long, help: "Seed of the search.")
    var seed: UInt64 = 1
    @Flag(name: .long, help: "Only policies whose estimates keep every threshold; the search spends itself on them.")
    var feasible = false
    @Option(name: .long, help: "Reference point of the hypervolume, as ctr=0.1 in the outcome's unit; repeat for more.")
    var reference: [String] = []
    @Flag(name: .long, help: "Hypervolume by evaluations and seconds too: on stderr, or in the JSON.")
    var trace = false
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try IntegerRange.check(evaluations, 1...10_000_000, "--evaluations")
    }

    func run() throws {
        let study = try CommandStudy.open(study, for: .writing)
        var settings = SearchSettings(method: method, seed: seed, feasible: feasible)
        // A policy searched with a model costs as much as a thousand lines; more of them would only be slow.
        settings.evaluations = evaluations ?? (method == .nparego ? 100 : settings.evaluations)
        let names = study.space.outcomes.map(\.name)
        let reference = try reference.map { text in
            let (name, value) = try KnobOptions.split(text, "--reference")
            return (names[try KnobOptions.index(name, in: names, "outcome")], value)
        }
        let front = try study.perform(
            SearchFront(
                settings, reference: reference.isEmpty ? nil : Dictionary(reference) { _, last in last },
                inputs: study.description.inputsDigest), common.context)
        ProgressLine.clear()
        let feasibility =
            try study.space.hasLimits ? study.answer(EstimateFeasibility(of: front.candidates), common.context) : []
        let caveats = study.description.caveats ?? []
        if trace, format.format != .json {
            Diagnostics.write(TraceText.text(front.trace))
        }
        switch format.format {
        case .json:
            let document = FrontDocument(front, feasibility: feasibility, isTraced: trace, in: study.space)
            try Output.write(json: WithEngine(WithCaveats(result: document, caveats: caveats), of: study))
        case .csv:
            try Output.write(CandidateText.text(front.candidates, study.space, .csv, feasibility: feasibility))
        case .table:
            var text = CandidateText.text(front.candidates, study.space, .table, feasibility: feasibility)
            text +=
                "\n\(front.record.points.count) policies on the \(feasible ? "feasible " : "")front, \(front.candidates.count) of them shown; "
            let isDrawn = Hypervolume.isDrawn(width: study.space.outcomeCount)
            text += "hypervolume \(isDrawn ? "about " : "")\(cell(front.record.hypervolume, .table))"
            if let weightsOnly = front.record.weightsOnly {
                text += ", with weights alone \(cell(weightsOnly.hypervolume, .table))"
            }
            text += " (tune values: `espalier pick` shows how much of them is optimism)\n"
            try Output.write(text + Caveats.text(caveats))
        }
    }
}
