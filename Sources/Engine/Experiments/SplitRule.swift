import Runtime

/// The splits of METHODS section 0: pure functions of (seed, salt of the split, unit key).
package struct SplitRule: Sendable, Equatable, Codable {
    package let seed: UInt64
    package let confirmShare: Double
    package let foldCount: Int

    package init(_ spec: SplitSpec) {
        self.init(seed: spec.seed, confirmShare: spec.confirm, foldCount: spec.folds)
    }

    package init(seed: UInt64, confirmShare: Double, foldCount: Int) {
        self.seed = seed
        self.confirmShare = confirmShare
        self.foldCount = foldCount
    }

    /// Salts "confirm", "fold" and "honest" name the splits; they are part of the policy file's contract.
    private func draw(_ salt: String) -> SaltedDraw { SaltedDraw(seed: seed, salt: salt) }

    /// Whether each unit belongs to the confirm split: uniform draw below `confirmShare`.
    package func confirm(_ keys: [UInt64]) -> [Bool] {
        let draw = draw("confirm")
        return keys.map { draw.uniform($0) < confirmShare }
    }

    /// The fold 0..<K of each unit, tune, confirm or new.
    package func folds(_ keys: [UInt64]) -> [UInt8] {
        let draw = draw("fold")
        return keys.map { UInt8(draw.group($0, of: foldCount)) }
    }

    /// Whether each unit is in the half of the honest trees that estimates leaves (the other half grows them).
    package func estimation(_ keys: [UInt64]) -> [Bool] {
        let draw = draw("honest")
        return keys.map { draw.uniform($0) < 0.5 }
    }
}
