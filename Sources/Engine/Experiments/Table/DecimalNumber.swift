/// Reads decimal numbers from bytes, correct to the last bit and independent of the locale.
///
/// The texts are `[+-] digits [. digits] [e [+-] digits]` with at least one digit before the exponent; nothing else (no
/// hexadecimal, no separators of thousands, no words).
enum DecimalNumber {
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]
    private static let integerPowers: [UInt64] = (0...19).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    /// A text as a number.
    struct Reading {
        /// NaN when it is no number, an infinity when it is too large for a Double.
        let value: Double
        /// Whether the number is written in its plainest form: no zeros before or, after a point, behind it, no plus sign and
        /// no exponent.
        let isPlain: Bool
    }

    /// The value of the text; NaN when it is no number, an infinity when it is too large for a Double.
    @inline(__always)
    static func value(_ start: UnsafePointer<UInt8>, count: Int) -> Double { reading(start, count: count).value }

    /// The value of the text, and whether it is written plainly.
    ///
    /// Three ways, by cost: up to 2^53 and powers of ten up to 10^22 are exact doubles, so one multiplication or division
    /// rounds correctly (Clinger 1990); up to 19 digits over 10^1...10^19 are divided as integers, the remainder deciding
    /// the rounding; all else goes to the standard library, which reads any length and no locale.
    /// - Complexity: O(count).
    static func reading(_ start: UnsafePointer<UInt8>, count: Int) -> Reading {
        var index = 0
        var negative = false
        var isPlain = true
        if count > 0, start[0] == UInt8(ascii: "-") || start[0] == UInt8(ascii: "+") {
            negative = start[0] == UInt8(ascii: "-")
            isPlain = negative
            index = 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var significant = 0
        var exponent = 0
        while index < count, case let digit = start[index] &- 48, digit < 10 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            if mantissa != 0 { significant += 1 }
            digits += 1
            index += 1
        }
        if digits > 1, start[index - digits] == UInt8(ascii: "0") { isPlain = false }
        if index < count, start[index] == UInt8(ascii: ".") {
            index += 1
            let first = index
            while index < count, case let digit = start[index] &- 48, digit < 10 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                if mantissa != 0 { significant += 1 }
                index += 1
            }
            exponent = first - index
            if start[index - 1] == UInt8(ascii: "0") || index == first || digits == 0 { isPlain = false }
            digits += index - first
        }
        guard digits > 0 else { return notANumber }
        if index < count {
            guard start[index] | 0x20 == UInt8(ascii: "e") else { return notANumber }
            isPlain = false
            index += 1
            var minus = false
            if index < count, start[index] == UInt8(ascii: "-") || start[index] == UInt8(ascii: "+") {
                minus = start[index] == UInt8(ascii: "-")
                index += 1
            }
            guard index < count else { return notANumber }
            var written = 0
            while index < count, case let digit = start[index] &- 48, digit < 10 {
                if written < 100_000 { written = written * 10 + Int(digit) }
                index += 1
            }
            guard index == count else { return notANumber }
            exponent += minus ? -written : written
        }
        // A mantissa of more than 19 digits may have wrapped around.
        guard significant <= 19 else { return Reading(value: standard(start, count: count), isPlain: isPlain) }
        if mantissa == 0 { return Reading(value: negative ? -0.0 : 0, isPlain: isPlain) }
        let magnitude: Double
        if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            magnitude =
                exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
        } else if exponent < 0, exponent >= -19 {
            magnitude = quotient(mantissa, integerPowers[-exponent])
        } else {
            return Reading(value: standard(start, count: count), isPlain: isPlain)
        }
        return Reading(value: negative ? -magnitude : magnitude, isPlain: isPlain)
    }

    private static let notANumber = Reading(value: .nan, isPlain: false)

    /// numerator / denominator rounded once: 63 or 64 bits of the quotient, with a last bit that tells of a remainder.
    private static func quotient(_ numerator: UInt64, _ denominator: UInt64) -> Double {
        let up = numerator.leadingZeroBitCount
        let down = denominator.leadingZeroBitCount
        let divisor = denominator << UInt64(down)
        // Below the divisor, so that the quotient fits in 64 bits.
        let high = (numerator << UInt64(up)) >> 1
        let low: UInt64 = (numerator << UInt64(up)) << 63
        let (bits, remainder) = divisor.dividingFullWidth((high, low))
        // bits = numerator 2^(up - 1 + 64) / (denominator 2^down); Double(UInt64) rounds to nearest even.
        let sticky = bits | (remainder == 0 ? 0 : 1)
        return Double(sticky) * Double(bitPattern: UInt64(1023 + down - up - 63) << 52)
    }

    private static func standard(_ start: UnsafePointer<UInt8>, count: Int) -> Double {
        Double(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)) ?? .nan
    }
}
