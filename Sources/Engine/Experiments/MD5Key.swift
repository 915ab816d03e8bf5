import Runtime

/// What the MD5 rule says of a unit, in 64 bits: the first word; the first bit of the third; the fold in five bits; and the first
/// 26 bits of the fourth word, which tell units apart in draws, draw samples and hold units out for pruning.
struct MD5Key {
    let bits: UInt64

    init(_ bits: UInt64) { self.bits = bits }

    /// - Parameter foldCount: at most 20, as specs allow.
    init(_ words: MD5.Words, foldCount: Int) {
        let fold = (UInt64(words.second) * UInt64(foldCount)) >> 32
        bits =
            UInt64(words.first) << 32 | UInt64(words.third >> 31) << 31 | fold << 26 | UInt64(words.fourth >> 6)
    }

    var confirmWord: UInt32 { UInt32(bits >> 32) }
    var fold: UInt8 { UInt8(bits >> 26 & 31) }
    var estimates: Bool { bits >> 31 & 1 == 0 }
    /// Of a unit that grows trees: whether it is in the quarter that prunes them instead, by the two bits behind those that draw
    /// samples.
    var prunes: Bool { bits & 3 == 0 }
    /// The first six hexadecimal digits of the fourth word.
    var sampleDigits: UInt32 { UInt32(bits >> 2 & 0xff_ffff) }
}
