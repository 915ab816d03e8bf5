import ArgumentParser
import Foundation
import Runtime
import Studies

struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What changes between two candidates, of one study or of two: every outcome, and whose arm.",
        discussion: """
            With two studies --from is of the first and --to of the second, whose scores judge both where the units are the \
            same. Changes are paired by unit then; on other units they are those of independent estimates.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Argument(help: "Another study of the same experiment, such as a later fit.", completion: .study)
    var other: String?
    @Option(
        name: .long, help: "Id or name of the first candidate; default: the only one picked.",
        completion: .candidates)
    var from: String?
    @Option(
        name: .long, help: "Id or name of the second candidate; default: the only one picked.",
        completion: .candidates)
    var to: String?
    @Option(
        name: .long, help: "One or two covariates to divide the units by, in place of cohorts, as zip_code,channel.")
    var by: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if other == nil && (from == nil || to == nil) {
            throw ValidationError("give --from and --to, or a second study")
        }
    }

    func run() throws {
        let first = try CommandStudy.open(study)
        let isSame = other.map { Self.resolved($0) == Self.resolved(study) } ?? true
        let second = isSame ? first : try CommandStudy.open(other ?? study)
        let before = try CommandStudy.candidate(from, of: first, option: "--from")
        let after = try CommandStudy.candidate(to, of: second, option: "--to")
        let covariates = by?.split(separator: ",").map(String.init) ?? []
        let comparison = try second.answer(
            ComparePolicies(from: before, of: isSame ? nil : first, to: after, by: covariates), common.context)
        ProgressLine.clear()
        switch format.format {
        case .json:
            try Output.write(
                json: WithCaveats(result: comparison, caveats: second.description.caveats ?? []))
        case .csv: try Output.write(ComparisonText.long(comparison).text(.csv))
        case .table:
            try Output.write(
                ComparisonText.text(comparison, from: before.name, to: after.name)
                    + Caveats.text(second.description.caveats ?? []))
        }
    }

    private static func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
}
