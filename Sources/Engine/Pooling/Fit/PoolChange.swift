import Effects
import Experiments
import Runtime

/// What a pool's effects moved by when it was fitted anew.
package struct PoolChange: Sendable, Equatable, Codable {
    package struct Row: Sendable, Equatable, Codable {
        package let experiment: String
        package let outcome: String
        /// Root mean square of the effects now, in units of control's standard deviation; over all arms.
        package let size: Double
        /// Root mean square of the difference from those before; nil where there were none.
        package let moved: Double?
    }

    package let rows: [Row]

    /// - Parameters:
    ///   - old: what was known before.
    ///   - experiments: of the new pool, in its order.
    /// - Throws: `EspalierError` where the experiments lack covariates that the old pool reads.
    package init(from old: PoolModel, to new: PoolModel, experiments: [Experiment]) throws {
        rows = try experiments.indices.flatMap { index -> [Row] in
            let experiment = experiments[index]
            let now = try new.effects(of: experiment, at: index)
            let place = old.shape.experiments.firstIndex { $0.name == experiment.spec.name }
            let before = try place.map { try old.effects(of: experiment, at: $0) }
            let entry = new.shape.experiments[index]
            return entry.outcomes.enumerated().map { slot, outcome in
                var (size, moved, count) = (0.0, 0.0, 0.0)
                let scale = new.scales[index][slot]
                let oldEntry = place.map { old.shape.experiments[$0] }
                let name = new.shape.outcomes[outcome]
                let oldSlot = oldEntry?.outcomes.firstIndex { old.shape.outcomes[$0] == name }
                for arm in entry.arms.indices.dropFirst() {
                    let own = now[(arm - 1) * entry.outcomes.count + slot]
                    let oldArm = oldEntry?.arms.firstIndex(of: entry.arms[arm])
                    var theirs: [Double]?
                    if let before, let oldEntry, let oldSlot, let oldArm, oldArm > 0 {
                        theirs = before[(oldArm - 1) * oldEntry.outcomes.count + oldSlot]
                    }
                    for unit in own.indices {
                        let value = own[unit] / scale
                        size += value * value
                        if let theirs { moved += (value - theirs[unit] / scale) * (value - theirs[unit] / scale) }
                        count += 1
                    }
                }
                let isKnown = oldSlot != nil
                return Row(
                    experiment: experiment.spec.name, outcome: name, size: (size / max(1, count)).squareRoot(),
                    moved: isKnown ? (moved / max(1, count)).squareRoot() : nil)
            }
        }
    }
}

extension PoolModel {
    fileprivate func effects(of experiment: Experiment, at index: Int) throws -> [[Double]] {
        let bound = try binding(to: experiment.covariates)
        return bound.effects(
            experiment: index, columns: experiment.covariates.map(\.values), rows: experiment.unitCount)
    }

    /// The same for the encoded covariates of an experiment.
    /// - Throws: `EspalierError` (.data) where one is not there.
    package func binding(to covariates: [Covariate]) throws -> PoolModel {
        PoolModel(
            network: network, shape: shape, embedding: try embedding.binding(to: covariates),
            coefficients: coefficients, intercepts: intercepts, arms: arms, centres: centres, scales: scales,
            heldRisk: heldRisk)
    }
}
