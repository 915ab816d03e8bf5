import ArgumentParser
import Policies
import Studies
import Texts

struct Shrinkage: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The shrinkage that stands for a candidate's biases, or the nearest there is.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Option(
        name: .long, help: "Id or name of the candidate; default: the only one picked.", completion: .candidates)
    var candidate: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    private struct Document: Encodable {
        let candidate: Int
        let isExact: Bool
        /// Null where the answer is not exact.
        let isUnique: Bool?
        let changedShare: Double
        let weights: [String: Double]
        let shrinkage: [String: Double]
        /// Biases that shrinkage can make; null with more than two arms.
        let reachableBiases: String?
    }

    func run() throws {
        let study = try CommandStudy.open(study)
        let space = study.space
        let chosen = try CommandStudy.candidate(candidate, of: study, option: "--candidate")
        let inverse = try study.answer(InvertShrinkage(of: chosen), common.context)
        let names = space.outcomes.map(\.name)
        var table = TextTable(["outcome", "weight", "shrinkage"])
        table.rows = names.indices.map { j in
            [names[j], cell(inverse.knobs.weights[j], format.format), cell(inverse.knobs.shrinkage[j], format.format)]
        }
        switch format.format {
        case .json:
            let answer: (isExact: Bool, isUnique: Bool?, changed: Double) =
                switch inverse.answer {
                case .exact(let isUnique): (true, isUnique, 0)
                case .nearest(let changed): (false, nil, changed)
                }
            try Output.write(
                json: Document(
                    candidate: chosen.id, isExact: answer.isExact, isUnique: answer.isUnique,
                    changedShare: answer.changed,
                    weights: Dictionary(uniqueKeysWithValues: zip(names, inverse.knobs.weights)),
                    shrinkage: Dictionary(uniqueKeysWithValues: zip(names, inverse.knobs.shrinkage)),
                    reachableBiases: inverse.halfline?.rawValue))
        case .csv: try Output.write(table.text(.csv))
        case .table: try Output.write(table.text(.table) + "\n" + Self.sentence(inverse, chosen.name))
        }
    }

    private static func sentence(_ inverse: ShrinkageInverse, _ name: String) -> String {
        var text: String
        switch inverse.answer {
        case .exact(isUnique: true):
            text = "candidate \(name) is exactly this shrinkage without biases, and no other\n"
        case .exact(isUnique: false):
            text =
                "candidate \(name) is exactly this shrinkage without biases; others make the same policy, "
                + "this one has the smallest sum of squares\n"
        case .nearest(let changed):
            text =
                "no shrinkage makes the biases of candidate \(name); the nearest found, with the same weights, "
                + "changes the arm of \(NumberText.percent(changed, 2)) of the tune units\n"
        }
        if let halfline = inverse.halfline {
            text += "biases that shrinkage can make of these weights: \(halfline.rawValue)\n"
        }
        return text
    }
}
