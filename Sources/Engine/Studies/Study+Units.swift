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
        try requireUnits(for: "a file of assignments")
        var missing = 0
        let arms = units.keys[range].map { key -> UInt8 in
            guard let arm = given.armByKey[key] else {
                missing += 1
                return 0
            }
            return arm
        }
        guard missing == 0 else { throw Self.unlisted(missing, range, "arm", file) }
        return arms
    }

    /// The probabilities over the arms that a file gives to a range of units.
    /// - Throws: `EspalierError` (.data) where it leaves a unit out.
    package func probabilities(
        _ given: ProbabilitiesFile, units range: Range<Int>, file: String
    ) throws -> ArmProbabilities {
        try requireUnits(for: "a file of probabilities")
        let distributions = units.keys[range].compactMap { given[$0] }
        guard distributions.count == range.count else {
            throw Self.unlisted(range.count - distributions.count, range, "probabilities", file)
        }
        return try ArmProbabilities(
            distributions: distributions, indices: distributions.indices.map { UInt32($0) })
    }

    private static func unlisted(_ missing: Int, _ range: Range<Int>, _ what: String, _ file: String) -> EspalierError {
        EspalierError(
            .data, "\(missing) of the split's \(range.count) units have no \(what)", file: file,
            remedy: "list every unit, or choose another --split")
    }
}
