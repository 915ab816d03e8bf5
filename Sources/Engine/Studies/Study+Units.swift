import Experiments
import Policies
import Runtime

extension Study {
    /// The name under which units stand in files: the spec's column, or `row`.
    package var unitColumnName: String {
        if case .column(let column) = description.spec.unit { column } else { "row" }
    }

    /// The arms that an assignment gives to a range of units.
    /// - Throws: `EspalierError` (.data) where it leaves a unit out.
    package func assignment(_ given: AssignmentFile, units range: Range<Int>, file: String) throws -> [UInt8] {
        var missing = 0
        let arms = units.keys[range].map { key -> UInt8 in
            guard let arm = given.armByKey[key] else {
                missing += 1
                return 0
            }
            return arm
        }
        guard missing == 0 else {
            throw EspalierError(
                .data, "\(missing) of the split's \(range.count) units have no arm", file: file,
                remedy: "list every unit, or choose another --split")
        }
        return arms
    }
}
