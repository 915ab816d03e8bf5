import Runtime

/// The splits of METHODS section 0: pure functions of (seed, unit id).
///
/// By `SplitHash.hash` they are draws by the id's `StableHash` key, salted by the split's name. By `SplitHash.md5` they are read off
/// m = md5("seed:id"), whose hexadecimal digits are four words: a unit is in confirm where the first is below confirmShare 2^32, its
/// fold is the second times foldCount over 2^32, rounded down, and it estimates the leaves of honest trees where the third is
/// below 2^31, prunes them where else the seventh digit of the fourth is below 4, and grows them else. The first six digits of the
/// fourth draw the sample that bins and scales are made of, so that data in memory and in a warehouse have the same.
package struct SplitRule: Sendable, Equatable, Codable {
    package let seed: UInt64
    package let confirmShare: Double
    package let foldCount: Int
    /// nil is `SplitHash.hash`.
    private let byHash: SplitHash?

    package var hash: SplitHash { byHash ?? .hash }

    package init(_ spec: SplitSpec) {
        self.init(seed: spec.seed, confirmShare: spec.confirm, foldCount: spec.folds, hash: spec.rule ?? .hash)
    }

    package init(seed: UInt64, confirmShare: Double, foldCount: Int, hash: SplitHash = .hash) {
        self.seed = seed
        self.confirmShare = confirmShare
        self.foldCount = foldCount
        byHash = hash == .hash ? nil : hash
    }

    private enum CodingKeys: String, CodingKey {
        case seed, confirmShare, foldCount
        case byHash = "hash"
    }

    /// Salts "confirm", "fold" and "honest" name the splits; they are part of the policy file's contract.
    private func draw(_ salt: String) -> SaltedDraw { SaltedDraw(seed: seed, salt: salt) }

    /// Whether each unit belongs to the confirm split: uniform draw below `confirmShare`.
    /// - Parameter keys: as `keys(of:)` gives them, here and below.
    package func confirm(_ keys: [UInt64]) -> [Bool] {
        if hash == .md5 {
            let limit = confirmShare * 0x1p32
            return keys.map { Double(MD5Key($0).confirmWord) < limit }
        }
        let draw = draw("confirm")
        return keys.map { draw.uniform($0) < confirmShare }
    }

    /// The fold 0..<K of each unit, tune, confirm or new.
    package func folds(_ keys: [UInt64]) -> [UInt8] {
        if hash == .md5 { return keys.map { MD5Key($0).fold } }
        let draw = draw("fold")
        return keys.map { UInt8(draw.group($0, of: foldCount)) }
    }

    /// Whether each unit is in the half of the honest trees that estimates leaves (the other half grows them).
    package func estimation(_ keys: [UInt64]) -> [Bool] {
        if hash == .md5 { return keys.map { MD5Key($0).estimates } }
        let draw = draw("honest")
        return keys.map { draw.uniform($0) < 0.5 }
    }

    /// The pruning fold of each unit of the half that grows honest trees.
    /// - Parameter count: of folds, fewer than 255; with 1 a quarter of the half is held out to prune the tree that the others,
    ///   which have fold 1 then, have grown.
    package func pruningFolds(_ keys: [UInt64], count: Int) -> [UInt8] {
        if count == 1, hash == .md5 { return keys.map { MD5Key($0).prunes ? 0 : 1 } }
        let draw = draw("prune")
        return count == 1
            ? keys.map { draw.group($0, of: 4) == 0 ? 0 : 1 } : keys.map { UInt8(draw.group($0, of: count)) }
    }

    /// Units of the sample that bins and scales are made of, about.
    package static let sampleSize = 50_000

    /// What the first six digits of the fourth word of a tune unit in the sample are below; nil where all units count, be it that
    /// there are few or that their keys are no MD5 keys.
    package func sampleLimit(tuneCount: Int) -> UInt32? {
        guard hash == .md5, tuneCount > Self.sampleSize else { return nil }
        return UInt32((Double(Self.sampleSize) / Double(tuneCount) * 0x1p24).rounded(.up))
    }

    /// Which of the first units, those of tune, are in the sample; nil where the rule draws none.
    package func sample(_ keys: [UInt64], tuneCount: Int) -> [Int]? {
        guard hash == .md5 else { return nil }
        guard let limit = sampleLimit(tuneCount: tuneCount) else { return Array(0..<tuneCount) }
        return (0..<tuneCount).filter { MD5Key(keys[$0]).sampleDigits < limit }
    }

    /// What stands for each unit in its splits.
    /// - Parameter ids: of the units, or of their clusters.
    /// - Complexity: O(bytes).
    package func keys(of ids: [String]) -> [UInt64] { ids.map(key) }

    /// The same on several threads.
    package func keys(of ids: [String], workers: Workers) throws -> [UInt64] {
        let piece = 16_384
        return try workers.map((ids.count + piece - 1) / piece) { number in
            ids[number * piece..<min(ids.count, (number + 1) * piece)].map(key)
        }.flatMap(\.self)
    }

    private func key(of id: String) -> UInt64 {
        switch hash {
        case .hash: StableHash.key(id)
        case .md5: MD5Key(MD5.words(of: "\(seed):\(id)"), foldCount: foldCount).bits
        }
    }
}
