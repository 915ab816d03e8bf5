import Experiments
import Statistics

extension Study {
    /// The covariates of all units in canonical order, read again from the data: a study keeps none.
    /// - Throws: `EspalierError` (.data) where the data are no longer those of the fit; `.noInput`; `CancellationError`.
    package func readCovariates(conduct: Conduct) throws -> [Covariate] {
        let path = description.dataPath
        guard file.dataIsUnchanged(description) == true else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: path,
                remedy: "put them back, or fit again")
        }
        let table = try CovariateTable.read(
            path, unit: description.spec.unit,
            encodings: description.covariates.map { (name: $0.name, encoding: $0.encoding) }, conduct: conduct)
        guard
            units.rows.indices.allSatisfy({
                let record = Int(units.rows[$0]) - 1
                return record < table.count && table.ids.keys[record] == units.keys[$0]
            })
        else {
            throw EspalierError(
                .data, "the data are not those the study was fitted on", file: path, remedy: "fit again")
        }
        return table.covariates.map { covariate in
            Covariate(
                name: covariate.name, encoding: covariate.encoding,
                values: units.rows.map { covariate.values[Int($0) - 1] })
        }
    }
}
