import Experiments
import Runtime
import Warehouses

/// The draws of units by their ids, as `SaltedDraw` and `SplitRule` make them: a number of 64 bits is held in two columns of whole
/// numbers, its upper and its lower half, so that no engine's products run over.
struct DrawSQL {
    /// What is drawn, and the column that holds it.
    enum Draw: Equatable {
        /// A group of so many, by the rule of folds.
        case group(seed: UInt64, salt: String, count: Int, column: String)
        /// A double in [0, 1).
        case uniform(seed: UInt64, salt: String, column: String)
    }

    let rule: SplitRule
    let dialect: SQLDialect
    /// The column of the text that is hashed.
    let key: String

    private typealias Word = (high: String, low: String)

    /// - Returns: false where the dialect cannot hash so.
    func add(_ draws: [Draw], to layers: inout QueryLayers) -> Bool {
        guard !draws.isEmpty else { return true }
        guard dialect.hashes else { return false }
        var hashed = draws
        if rule.hash == .md5 {
            layers.add([.init("digest", dialect.digest(dialect.concatenation(dialect.literal("\(rule.seed):"), key)))])
            let fold = dialect.shifted("\(dialect.word("digest", at: 9)) * \(rule.foldCount)", right: 32)
            layers.add(
                draws.compactMap { draw in
                    guard case .group(_, _, let count, let column) = draw else { return nil }
                    return .init(column, count == rule.foldCount ? fold : dialect.remainder(fold, by: count))
                })
            hashed = draws.filter { if case .uniform = $0 { true } else { false } }
            guard !hashed.isEmpty else { return true }
            let low =
                "\(dialect.shifted(dialect.word("digest", at: 17), right: 31)) * 2147483648 + \(fold) * 67108864 + "
                + dialect.shifted(dialect.word("digest", at: 25), right: 6)
            layers.add([.init("key_h", dialect.word("digest", at: 1)), .init("key_l", low)])
        } else {
            guard dialect.loops, layers.add({ dialect.hashed(key, of: $0, names: ("key_h", "key_l")) }) else {
                return false
            }
        }
        let mixed = mix([("key_h", "key_l")], as: "k", &layers)[0]
        let masked = hashed.enumerated().map { index, draw -> (Word, [QueryLayers.Column]) in
            let mask = StableHash.key(draw.text)
            let own = ("m\(index)_h", "m\(index)_l")
            return (
                own,
                [
                    .init(own.0, dialect.xor(mixed.high, dialect.integer(mask >> 32))),
                    .init(own.1, dialect.xor(mixed.low, dialect.integer(mask & 0xffff_ffff))),
                ]
            )
        }
        layers.add(masked.flatMap(\.1))
        let words = mix(masked.map(\.0), as: "d", &layers)
        layers.add(zip(hashed, words).map(column))
        return true
    }

    private func column(_ draw: Draw, _ word: Word) -> QueryLayers.Column {
        switch draw {
        case .group(_, _, let count, let column):
            let upper = "\(dialect.remainder(word.high, by: count)) * \((1 << 32) % count)"
            return .init(column, dialect.remainder("\(upper) + \(dialect.remainder(word.low, by: count))", by: count))
        case .uniform(_, _, let column):
            let bits = "(\(word.high) * 2097152 + \(dialect.shifted(word.low, right: 11)))"
            return .init(column, "\(dialect.double(bits)) * \(dialect.literal(0x1p-53))")
        }
    }

    // MARK: The finaliser of SplitMix64

    /// `StableHash.mix` of each number.
    private func mix(_ words: [Word], as prefix: String, _ layers: inout QueryLayers) -> [Word] {
        var words = words
        func step(_ number: Int, _ next: (Word) -> Word) {
            var columns: [QueryLayers.Column] = []
            words = words.enumerated().map { index, word in
                let (own, text) = (("\(prefix)\(index)_h\(number)", "\(prefix)\(index)_l\(number)"), next(word))
                columns += [.init(own.0, text.high), .init(own.1, text.low)]
                return own
            }
            layers.add(columns)
        }
        step(1) { folded($0, right: 30) }
        step(2) { product($0, 0xbf58_476d_1ce4_e5b9) }
        step(3) { folded($0, right: 27) }
        step(4) { product($0, 0x94d0_49bb_1331_11eb) }
        step(5) { folded($0, right: 31) }
        return words
    }

    /// z xor (z >> bits), for fewer than 32 bits.
    private func folded(_ word: Word, right bits: Int) -> Word {
        let carried =
            "\(dialect.lowest(bits, of: word.high)) * \(1 << (32 - bits)) + \(dialect.shifted(word.low, right: bits))"
        return (
            dialect.xor(word.high, dialect.shifted(word.high, right: bits)), dialect.xor(word.low, "(\(carried))")
        )
    }

    /// The lower 64 bits of a product, by pieces of 16 bits, none of which needs more than 50 in the products.
    private func product(_ word: Word, _ factor: UInt64) -> Word {
        let (high, low) = (factor >> 32, factor & 0xffff_ffff)
        func pieces(_ half: String, _ factor: UInt64) -> (sum: String, over: String) {
            let upper = "\(dialect.shifted(half, right: 16)) * \(dialect.integer(factor))"
            let sum =
                "\(dialect.lowest(16, of: half)) * \(dialect.integer(factor)) + \(dialect.lowest(16, of: upper)) * 65536"
            return (sum, dialect.shifted(upper, right: 16))
        }
        let lower = pieces(word.low, low)
        let carry = "\(dialect.shifted(lower.sum, right: 32)) + \(lower.over)"
        let upper = "\(carry) + \(pieces(word.high, low).sum) + \(pieces(word.low, high).sum)"
        return (dialect.lowest(32, of: upper), dialect.lowest(32, of: lower.sum))
    }
}

extension DrawSQL.Draw {
    /// What the draw's mask is the key of.
    fileprivate var text: String {
        switch self {
        case .group(let seed, let salt, _, _), .uniform(let seed, let salt, _): "\(seed):\(salt)"
        }
    }
}

extension SQLDialect {
    /// The place whose stretch of the cumulated shares holds a uniform draw, as `SaltedDraw.index` finds it.
    /// - Parameter places: what stands for each.
    func index(of draw: String, in shares: [Double], places: [String]) -> String {
        let positive = shares.indices.filter { shares[$0] > 0 }
        guard let last = positive.last else { return places[0] }
        var left = "\(draw) * \(literal(shares.reduce(0, +)))"
        var branches: [String] = []
        for place in positive.dropLast() {
            branches.append("WHEN \(left) < \(literal(shares[place])) THEN \(places[place])")
            left += " - \(literal(shares[place]))"
        }
        return branches.isEmpty ? places[last] : "CASE \(branches.joined(separator: " ")) ELSE \(places[last]) END"
    }
}
