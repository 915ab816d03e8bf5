import Runtime
import Texts

/// Which column plays which part: a column known only after exposure must not pass for a covariate.
enum SpecRoles {
    static func check(_ spec: ExperimentSpec, in top: SpecMapping) throws {
        let outcomeColumns = try outcomeColumns(spec, in: top)
        if spec.sample != nil, spec.splits.rule != .md5 {
            throw try top.required("data").error(
                "a sample stands for units in an engine, which splits them by MD5",
                remedy: "say splits: {rule: md5}")
        }
        if spec.sample != nil, case .row = spec.unit {
            throw try top.required("data").error(
                "rows have no order in an engine and cannot be units", remedy: "name the column of the unit's id")
        }
        if let cluster = spec.cluster {
            var part: String?
            if cluster == spec.treatment.column { part = "the treatment column" }
            if case .column(cluster) = spec.unit { part = "the unit column" }
            if let outcome = outcomeColumns[cluster] { part = "read for the outcome \(DisplayText.quoted(outcome))" }
            if let part {
                throw try top.required("cluster").error(
                    "the cluster column \(DisplayText.quoted(cluster)) is also \(part)",
                    remedy: "name the column of what several units share, or leave cluster out")
            }
        }
        for (index, item) in try top.required("covariates").list().enumerated() {
            let column = spec.covariates[index].column
            func refuse(_ part: String, _ why: String) -> EspalierError {
                item.error(
                    "the covariate \(DisplayText.quoted(column)) is also \(part), \(why)",
                    remedy: "remove it from covariates")
            }
            if column == spec.treatment.column { throw refuse("the treatment column", "which is what is being tested") }
            if case .column(column) = spec.unit { throw refuse("the unit column", "which only says who it is") }
            if let outcome = outcomeColumns[column] {
                throw refuse("read for the outcome \(DisplayText.quoted(outcome))", "which is measured after exposure")
            }
        }
    }

    /// The outcome that reads each column, by column.
    private static func outcomeColumns(_ spec: ExperimentSpec, in top: SpecMapping) throws -> [String: String] {
        var owners: [String: String] = [:]
        for (index, item) in try top.required("outcomes").list().enumerated() {
            let outcome = spec.outcomes[index]
            if let before = outcome.preperiod, outcome.source.columns.contains(before) {
                throw item.error(
                    "the outcome \(DisplayText.quoted(outcome.name)) names its own column \(DisplayText.quoted(before)) as preperiod",
                    remedy: "name the column that holds its value from before exposure")
            }
            for column in outcome.source.columns {
                var part: String?
                if column == spec.treatment.column { part = "treatment" }
                if case .column(column) = spec.unit { part = "unit" }
                if let part {
                    throw item.error(
                        "the outcome \(DisplayText.quoted(outcome.name)) reads the \(part) column \(DisplayText.quoted(column))",
                        remedy: "name the column that measures it")
                }
                if outcome.source.measured.contains(column) { owners[column] = outcome.name }
            }
        }
        if case .column(spec.treatment.column) = spec.unit {
            throw try top.required("unit").error(
                "the unit column is also the treatment column", remedy: "name the column that holds the units' ids")
        }
        return owners
    }
}

extension OutcomeSource {
    /// The columns it reads, by name.
    package var columns: [String] {
        switch self {
        case .column(let column): [column]
        case .weightedSum(let weights): weights.keys.sorted()
        case .ratio(let numerator, let denominator): [numerator, denominator]
        case .surrogate(let surrogate): surrogate.regressors
        }
    }

    /// Those of them that are measured after exposure.
    var measured: [String] {
        if case .surrogate(let surrogate) = self { surrogate.columns } else { columns }
    }
}
