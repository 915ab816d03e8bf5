import CKernels
import Effects
import Experiments
import Runtime

/// Gives units their arms by a policy document alone.
package struct PolicyScorer: Sendable {
    /// What a unit got.
    package struct Assignment: Sendable, Equatable {
        /// Index into the document's arms.
        package let arms: [UInt8]
        /// Whether the unit keeps a random arm.
        package let heldOut: [Bool]
    }

    package let document: PolicyDocument
    private let slopes: [Double]
    private let offsets: [Double]

    package init(_ document: PolicyDocument) {
        self.document = document
        slopes = document.outcomes.map { (document.weights[$0.name] ?? 0) * $0.direction.sign * $0.scale }
        offsets = document.arms.map { document.biases[$0] ?? 0 }
    }

    /// The arms of units.
    /// - Parameters:
    ///   - keys: `StableHash.key` of each unit's id, or of its cluster's.
    ///   - covariates: encoded columns in the document's order (effects by models).
    ///   - supplied: raw columns by `ContrastIndex.position`, empty where the weight is 0 (supplied effects).
    package func assign(
        keys: [UInt64], covariates: [[Float]], supplied: [[Double]], context: RunContext
    ) throws -> Assignment {
        assign(
            keys: keys,
            effects: try effects(keys: keys, covariates: covariates, supplied: supplied, context: context))
    }

    /// The fold whose models score a unit.
    func fold(of key: UInt64) -> Int {
        SaltedDraw(seed: document.assignment.seed, salt: document.assignment.salts.fold)
            .group(key, of: document.assignment.foldCount)
    }

    /// Effects net of costs, in units of the outcomes' scales, by `ContrastIndex.position`; parameters as of `assign`.
    func effects(
        keys: [UInt64], covariates: [[Float]], supplied: [[Double]], context: RunContext
    ) throws -> [[Float]] {
        let outcomes = document.outcomes.count
        let rule = document.assignment
        let fold = SaltedDraw(seed: rule.seed, salt: rule.salts.fold)
        let gross: [[Float]]
        switch document.effects {
        case .models(_, let models):
            let folds = keys.map { UInt8(fold.group($0, of: models.foldCount)) }
            gross = try models.estimates(covariates, folds: folds, context: context).columns
        case .columns:
            gross = supplied.enumerated().map { index, raw in
                raw.isEmpty
                    ? Array(repeating: 0, count: keys.count)
                    : SuppliedEffects.scaled(
                        ScaledColumn(centre: 0, scale: 1, values: raw.map { Float($0) }),
                        by: document.outcomes[ContrastIndex(position: index, outcomeCount: outcomes).outcome].scale)
            }
        }
        return ContrastIndex.all(arms: document.arms.count, outcomes: outcomes).map { contrast in
            let outcome = document.outcomes[contrast.outcome]
            let shift =
                PolicyTable.scaledCost(outcome.armCosts[document.arms[contrast.arm]] ?? 0, by: outcome.scale)
                - PolicyTable.scaledCost(outcome.armCosts[document.arms[0]] ?? 0, by: outcome.scale)
            return net(gross[contrast.position(outcomeCount: outcomes)], shift: shift)
        }
    }

    /// - Parameter effects: as `effects` gives them.
    func assign(keys: [UInt64], effects: [[Float]]) -> Assignment {
        let rule = document.assignment
        let holdout = SaltedDraw(seed: rule.seed, salt: rule.salts.holdout)
        let holdoutArm = SaltedDraw(seed: rule.seed, salt: rule.salts.holdoutArm)
        let shares = document.arms.map { rule.shares[$0] ?? 0 }
        var result = choose(effects, count: keys.count)
        var heldOut = [Bool](repeating: false, count: keys.count)
        for (unit, key) in keys.enumerated() where holdout.uniform(key) < rule.holdout {
            heldOut[unit] = true
            result[unit] = UInt8(Self.draw(holdoutArm.uniform(key), from: shares))
        }
        return Assignment(arms: result, heldOut: heldOut)
    }

    private func choose(_ effects: [[Float]], count: Int) -> [UInt8] {
        let outcomes = document.outcomes.count
        let columns = effects.flatMap { $0 }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            columns.withUnsafeBufferPointer { columns in
                var table = EspalierPolicyTable()
                table.columns = columns.baseAddress
                table.stride = count
                table.arms = Int32(document.arms.count)
                table.outcomes = Int32(outcomes)
                if count > 0 { espalier_choose(&table, slopes, offsets, 0, count, buffer.baseAddress!) }
            }
            initialized = count
        }
    }

    /// The arm whose stretch of the cumulated shares holds a uniform draw.
    private static func draw(_ uniform: Double, from shares: [Double]) -> Int {
        let total = shares.reduce(0, +)
        var left = uniform * total
        for (arm, share) in shares.enumerated() {
            if left < share { return arm }
            left -= share
        }
        return shares.lastIndex { $0 > 0 } ?? 0
    }
}

extension PolicyDocument {
    /// Names of the columns that hold supplied effects, by `ContrastIndex.position`; nil where the weight is 0 or the
    /// effects come from models.
    package var suppliedColumns: [String?] {
        guard case .columns(let columns) = effects else { return [] }
        return ContrastIndex.all(arms: arms.count, outcomes: outcomes.count).map { contrast in
            let outcome = outcomes[contrast.outcome].name
            return weights[outcome] == 0 ? nil : columns[arms[contrast.arm]]?[outcome]
        }
    }
}
