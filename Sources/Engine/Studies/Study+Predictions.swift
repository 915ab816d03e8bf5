import Effects
import Experiments
import Policies
import Runtime

extension Study {
    /// The policy table with outcome models made elsewhere: policies choose by the study's effects as ever, and what they
    /// are worth is estimated by the given predictions.
    /// - Throws: `EspalierError` (.data) where a unit has no predictions.
    /// - Complexity: O(units x arms x outcomes).
    package func table(predictions: PredictionsFile, file: String) throws -> PolicyTable {
        try requireUnits(for: "a file of predictions")
        let outcomes = space.outcomes
        let records = try units.keys.enumerated().map { unit, key -> Int in
            guard let record = predictions.recordByKey[key] else {
                throw EspalierError(
                    .data, "the unit in row \(units.rows[unit]) of the data has no predictions", file: file,
                    remedy: "list every unit of the study, of all splits")
            }
            return record
        }
        let scaled = predictions.columns.enumerated().map { index, column -> [Float] in
            let outcome = outcomes[index % outcomes.count]
            return records.map { Float((column[$0] - outcome.centre) / outcome.scale) }
        }
        let contrasts = FoldModels.effects(
            scaled, armCount: space.armCount, outcomeCount: outcomes.count, unitCount: records.count)
        let residuals = outcomes.indices.map { j in
            records.indices.map { unit in
                let own = scaled[Int(units.assignment[unit]) * outcomes.count + j][unit]
                return (units.observed[j][unit] - own) / units.observedPropensity[unit]
            }
        }
        return units.replacing(
            scores: ScoreTable(
                control: Array(scaled[0..<outcomes.count]), contrasts: contrasts, residuals: residuals)
        ).policyTable(description, unitGroups: unitGroups)
    }
}

extension StudyUnits {
    /// The same units with other scores.
    fileprivate func replacing(scores: ScoreTable) -> StudyUnits {
        StudyUnits(
            keys: keys, rows: rows, clusters: clusters, splitKeys: splitKeys, assignment: assignment,
            observedPropensity: observedPropensity, observed: observed,
            estimates: estimates, scores: scores, tuneCount: tuneCount, cohorts: cohorts,
            jointCohorts: jointCohorts)
    }
}
