import Experiments

/// Balance as a table or CSV: one row per covariate.
enum BalanceText {
    static func text(_ balance: BalanceReport?, _ format: FormatOption.Format) -> String {
        guard let balance else { return "" }
        guard format == .table else { return long(balance).text(.csv) }
        var table = TextTable(
            ["covariate", "level"] + balance.arms.map { "SMD \($0)" } + balance.arms.map { "SMD missing \($0)" }
                + ["chi-square", "df", "p", "Holm p"], textColumns: [0, 1])
        table.rows = balance.covariates.map { covariate in
            let missing = covariate.missingDifferences.map { $0.map(Optional.some) } ?? balance.arms.map { _ in nil }
            return [covariate.name, covariate.level ?? ""] + covariate.differences.map { cell($0, format) }
                + missing.map { cell($0, format) }
                + [
                    cell(covariate.test?.statistic, format), covariate.test.map { "\($0.degreesOfFreedom)" } ?? "",
                    cell(covariate.test?.p, format), cell(covariate.adjustedP, format),
                ]
        }
        let body = table.text(format)
        let weights = balance.isWeighted ? ", weighted by 1/e" : ""
        let omnibus =
            balance.omnibus.map {
                "all together: chi-square \(cell($0.statistic, format)) with \($0.degreesOfFreedom) degrees of freedom, "
                    + "p = \(cell($0.p, format))\n"
            } ?? ""
        return body + "\nstandardised differences from \(balance.control)\(weights)\n" + omnibus
    }

    /// One row per covariate, level and arm.
    private static func long(_ balance: BalanceReport) -> TextTable {
        var table = TextTable([
            "covariate", "level", "arm", "difference", "difference_missing", "chi_square", "degrees_of_freedom", "p",
            "p_holm",
        ])
        for covariate in balance.covariates {
            for (index, arm) in balance.arms.enumerated() {
                table.rows.append([
                    covariate.name, covariate.level ?? "", arm, cell(covariate.differences[index], .csv),
                    cell(covariate.missingDifferences?[index], .csv), cell(covariate.test?.statistic, .csv),
                    covariate.test.map { "\($0.degreesOfFreedom)" } ?? "", cell(covariate.test?.p, .csv),
                    cell(covariate.adjustedP, .csv),
                ])
            }
        }
        return table
    }
}
