import Experiments
import Runtime
import Studies

/// A study's units in the order of its data file, which is read again for their ids; without those of rounds of online tests.
struct StudyRows {
    /// Units of the study, by row.
    let units: [Int]
    /// Their ids, in the same order.
    let ids: [String]

    /// - Throws: `EspalierError(.data)` where the data are not those the study was fitted on.
    init(_ study: Study, context: RunContext) throws {
        try study.requireUnits(for: "a row for each unit")
        let description = study.description
        let changed = EspalierError(
            .data, "the data are not those the study was fitted on", file: description.dataPath,
            remedy: "put them back, or fit again")
        guard study.file.dataIsUnchanged(description) == true else { throw changed }
        let known = try UnitIds.read(description.dataPath, unit: description.spec.unit, context: context)
        units = study.units.rows.indices.filter { study.units.rows[$0] > 0 }.sorted {
            study.units.rows[$0] < study.units.rows[$1]
        }
        ids = try units.map { unit in
            // Size and time of the file may be the same although its rows are not.
            let row = Int(study.units.rows[unit]) - 1
            guard known.texts.indices.contains(row), known.keys[row] == study.units.keys[unit] else { throw changed }
            return known.texts[row]
        }
    }
}
