import Allocation
import ArgumentParser
import Effects
import Experiments
import Foundation
import Groups
import Runtime
import Studies

struct Cohorts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the cohorts and their effects, or with --units the cohort of every unit.",
        discussion: """
            merged: the trees of all arms and outcomes crossed; effects are the leaves', so that cohorts of one leaf share \
            one estimate. joint: one tree for all arms and outcomes, at most \(JointTree.maximumCohorts) cohorts. \
            heuristic:a:4,b: cells by quantiles of one to four covariates, 2 where no number is given.
            Effects of trees are estimated from the half of the tune units that chose no leaf, those of heuristic cohorts \
            from all. Shrunk effects are each cohort's own, drawn to its leaf's by their error; joint and heuristic cohorts \
            are leaves themselves, and have but one estimate.
            --groups joins merged cohorts that differ only where the trees tell least, with the effects of the nodes they \
            lie in.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Flag(name: .long, help: "Print unit,cohort instead of the table.")
    var units = false
    @Option(name: .long, help: "merged, joint or heuristic:COVARIATE:CELLS,...")
    var kind = "merged"
    @Option(name: .long, help: "inherited (the leaf's effect) or shrunk (the cohort's own, drawn to the leaf's).")
    var effects: CohortEffects = .inherited
    @Option(name: .long, help: "Merged cohorts in at most so many groups.")
    var groups: Int?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    private struct Document: Encodable {
        struct Effect: Encodable {
            let arm: String
            let outcome: String
            let value: Double
            let standardError: Double
        }
        let id: Int
        let rule: String
        /// The rule in quantile words.
        let words: String?
        let units: Int
        let share: Double
        let effects: [Effect]
    }

    func run() throws {
        let kind = try CohortKind(kind)
        let study = try CommandStudy.open(study)
        let (cohorts, cohortOf) = try grouping(of: study, kind)
        ProgressLine.clear()
        if units {
            try Output.write(raw: try unitTable(study, cohortOf))
            return
        }
        let space = study.space
        let estimates =
            switch effects {
            case .inherited: CohortEstimates(inherited: cohorts)
            case .shrunk: try CohortEstimates(shrunk: kind, study, context: common.context)
            }
        let documents = cohorts.table.rows.enumerated().map { index, row in
            Document(
                id: row.id, rule: row.rule, words: row.words, units: row.units, share: row.share,
                effects: (1..<space.armCount).flatMap { arm in
                    space.outcomes.indices.map { j in
                        let estimate = estimates[index, arm, j]
                        return Document.Effect(
                            arm: space.arms[arm], outcome: space.outcomes[j].name, value: estimate.value,
                            standardError: estimate.standardError)
                    }
                })
        }
        if format.format == .json {
            try Output.write(json: documents.map { WithEngine($0, of: study) })
            return
        }
        if format.format == .csv {
            var long = TextTable(["cohort", "rule", "units", "share", "arm", "outcome", "effect", "standard_error"])
            long.rows = documents.flatMap { row in
                row.effects.map {
                    ["\(row.id)", row.rule, "\(row.units)", cell(row.share, .csv), $0.arm, $0.outcome]
                        + [$0.value, $0.standardError].map { cell($0, .csv) }
                }
            }
            try Output.write(long.text(.csv))
            return
        }
        let columns = documents.first?.effects.flatMap { ["\($0.arm) \($0.outcome)", "error"] } ?? []
        var table = TextTable(["cohort", "rule", "units", "share"] + columns, textColumns: [1])
        table.rows = documents.map { row in
            ["\(row.id)", row.rule, "\(row.units)", cell(row.share, .table)]
                + row.effects.flatMap { [cell($0.value, .table), cell($0.standardError, .table)] }
        }
        try Output.write(table.text(.table))
    }

    /// The cohorts, and the cohort of every unit.
    private func grouping(of study: Study, _ kind: CohortKind) throws -> (CohortGrouping, of: [UInt32]) {
        let (cohorts, cohortOf) = try study.grouping(of: kind, common.context)
        guard let most = groups else { return (cohorts, cohortOf) }
        guard kind == .merged, effects == .inherited else {
            throw EspalierError(
                .usage, "groups are of merged cohorts with inherited effects",
                remedy: "leave out --kind and --effects, or --groups")
        }
        guard (1...Self.mostGroups).contains(most) else {
            throw EspalierError(
                .usage, "there cannot be \(most) groups", remedy: "ask for 1 to \(Self.mostGroups)")
        }
        let groups = study.trees.groups(atMost: most)
        return (groups.grouping, cohortOf.map { UInt32(groups.groupOf[Int($0)]) })
    }

    private static let mostGroups = 10_000

    /// unit,cohort in the order of the data file, which is read again for the ids.
    private func unitTable(_ study: Study, _ cohortOf: [UInt32]) throws -> String {
        let rows = try StudyRows(study, context: common.context)
        var text = "unit,cohort\n"
        for (unit, id) in zip(rows.units, rows.ids) {
            text += OutputStyle.current.field(id) + ",\(cohortOf[unit] + 1)\n"
        }
        return text
    }
}
