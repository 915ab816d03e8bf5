import Experiments
import Groups

/// Subgroups as tables, CSV or JSON.
struct SubgroupText {
    let experiment: Experiment
    let arm: Int
    let outcome: Int
    let format: FormatOption.Format

    private var what: String { "\(experiment.arms[arm]) on \(experiment.outcomes[outcome].name)" }
    private var names: [String] { experiment.outcomes.map(\.name) }

    private func numbers(_ estimate: SubgroupEstimate?) -> [String] {
        [
            estimate?.effect.effect, estimate?.effect.standardError, estimate?.effect.low, estimate?.effect.high,
            estimate?.p,
        ].map { cell($0, format) }
    }

    private var ending: String { format == .table ? Caveats.text(experiment.caveats) : "" }

    // MARK: Search

    private struct SearchDocument: Encodable {
        let arm: String
        let outcome: String
        let outcomes: [String]
        let search: SubgroupSearch
        let importance: [CovariateImportance]
        let note: String?
        let caveats: [String]
    }

    /// Why a search looked at nothing.
    private func note(_ search: SubgroupSearch) -> String? {
        guard search.candidateCount == 0, let fewest = search.minimumUnits else { return nil }
        return "no subgroup could be looked at: none leaves \(fewest) units of \(experiment.arms[arm]) and of "
            + "\(experiment.arms[0]) both inside and outside, in the half that chooses"
    }

    func write(_ search: SubgroupSearch, _ importance: [CovariateImportance]) throws {
        guard format != .json else {
            try Output.write(
                json: SearchDocument(
                    arm: experiment.arms[arm], outcome: names[outcome], outcomes: names, search: search,
                    importance: importance, note: note(search), caveats: experiment.caveats))
            return
        }
        guard format == .table else { return try Output.write(long(search).text(.csv)) }
        let others = names.indices.filter { $0 != outcome }
        var table = TextTable(
            ["", "subgroup", "units", "effect", "SE", "low", "high", "p", "Holm p", "BH p", "less the rest", "Holm p"]
                + others.flatMap { [names[$0], "SE"] }, textColumns: [0, 1])
        table.rows = search.found.map { found in
            [found.direction.rawValue, found.text, "\(found.estimate.units)"] + numbers(found.estimate)
                + [found.holm, found.falseDiscovery, found.estimate.againstRest?.difference, found.holmAgainstRest]
                .map { cell($0, format) }
                + others.flatMap { j in
                    let other = found.decomposition.outcomes[j]
                    return [cell(other?.effect.effect, format), cell(other?.effect.standardError, format)]
                }
        }
        var ranks = TextTable(["covariate", "spread", "lowest", "highest", "F", "p", "Holm p", "BH p"])
        ranks.rows = importance.map { row in
            [row.covariate]
                + [row.spread, row.lowest, row.highest, row.test.f, row.test.p, row.holm, row.falseDiscovery]
                .map { cell($0, format) }
        }
        try Output.write(
            table.text(format)
                + "\n\(what): \(search.candidateCount) subgroups looked at on \(search.choosingUnits) units, estimated on "
                + "\(search.estimatingUnits) others\n" + (note(search).map { "\($0)\n" } ?? "") + "\n"
                + ranks.text(format)
                + "\nhow the effect differs along each covariate; spread is its standard deviation beyond chance\n"
                + ending)
    }

    /// One row per subgroup and outcome; what was tested goes with the outcome that was searched.
    private func long(_ search: SubgroupSearch) -> TextTable {
        var table = TextTable([
            "direction", "subgroup", "units", "outcome", "searched", "effect", "standard_error", "low", "high", "p",
            "p_holm", "p_false_discovery", "less_the_rest", "less_the_rest_p_holm",
        ])
        for found in search.found {
            func row(_ j: Int, _ estimate: SubgroupEstimate?, tests: [Double?]) -> [String] {
                [found.direction.rawValue, found.text, "\(found.estimate.units)", names[j], j == outcome ? "1" : "0"]
                    + numbers(estimate) + tests.map { cell($0, .csv) }
            }
            table.rows.append(
                row(
                    outcome, found.estimate,
                    tests: [
                        found.holm, found.falseDiscovery, found.estimate.againstRest?.difference,
                        found.holmAgainstRest,
                    ]))
            for j in names.indices where j != outcome {
                table.rows.append(row(j, found.decomposition.outcomes[j], tests: [nil, nil, nil, nil]))
            }
        }
        return table
    }

    // MARK: Drill-down

    private struct DrillDocument: Encodable {
        let arm: String
        let outcome: String
        let drillDown: EffectDrillDown
        let caveats: [String]
    }

    func write(_ drill: EffectDrillDown) throws {
        guard format != .json else {
            try Output.write(
                json: DrillDocument(
                    arm: experiment.arms[arm], outcome: names[outcome], drillDown: drill,
                    caveats: experiment.caveats))
            return
        }
        var table = TextTable(
            drill.dimensions + ["units", "effect", "SE", "low", "high", "p", "Holm p", "BH p"],
            textColumns: Set(drill.dimensions.indices))
        table.rows = drill.cells.map { row in
            row.groups + [row.estimate.map { "\($0.units)" } ?? "0"] + numbers(row.estimate)
                + [cell(row.holm, format), cell(row.falseDiscovery, format)]
        }
        guard format == .table else {
            try Output.write(table.text(format))
            return
        }
        var tests = TextTable(["differs by", "F robust", "df", "p", "F classical", "p"])
        tests.rows = drill.variance.terms.map { term in
            [
                term.name, cell(term.robust.f, format), "\(term.robust.numerator)", cell(term.robust.p, format),
                cell(term.classical?.f, format), cell(term.classical?.p, format),
            ]
        }
        try Output.write(table.text(format) + "\n\(what), tune units\n\n" + tests.text(format) + ending)
    }

    // MARK: One subgroup

    private struct DecompositionDocument: Encodable {
        let arm: String
        let subgroup: String
        let outcomes: [String: SubgroupEstimate?]
        let caveats: [String]
    }

    func write(_ subgroup: Subgroup, _ decomposition: SubgroupDecomposition) throws {
        let text = subgroup.text(experiment.covariates)
        guard format != .json else {
            try Output.write(
                json: DecompositionDocument(
                    arm: experiment.arms[arm], subgroup: text,
                    outcomes: Dictionary(uniqueKeysWithValues: zip(names, decomposition.outcomes)),
                    caveats: experiment.caveats))
            return
        }
        var table = TextTable(["outcome", "units", "effect", "SE", "low", "high", "p", "less the rest", "p"])
        table.rows = zip(names, decomposition.outcomes).map { name, estimate in
            [name, estimate.map { "\($0.units)" } ?? "0"] + numbers(estimate)
                + [cell(estimate?.againstRest?.difference, format), cell(estimate?.againstRest?.p, format)]
        }
        let note = "\n\(experiment.arms[arm]) among units with \(text), tune units\n"
        try Output.write(table.text(format) + (format == .table ? note + ending : ""))
    }
}
