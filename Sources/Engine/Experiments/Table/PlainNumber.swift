/// Reads the numbers that most files hold, digits with or without a point, straight from a record; a hot loop, hence the
/// pointers. `DecimalNumber` reads all others, and these to the same bits.
struct PlainNumber {
    let value: Double
    /// As `DecimalNumber.Reading` has it.
    let isPlain: Bool
    /// The byte after the number, which ends its field.
    let end: UnsafePointer<UInt8>

    /// More digits may not fit.
    private static let mostDigits = 18

    /// - Parameters:
    ///   - start: the first byte of a field; a line feed stands somewhere behind it.
    ///   - powers: of ten, from 10^0 to 10^18.
    /// - Returns: nil for what is to be read otherwise.
    /// - Complexity: O(digits).
    @inline(__always)
    init?(_ start: UnsafePointer<UInt8>, delimiter: UInt8, powers: UnsafePointer<Double>) {
        var byte = start
        let isNegative = byte.pointee == UInt8(ascii: "-")
        if isNegative { byte += 1 }
        let first = byte
        var mantissa: UInt64 = 0
        while case let digit = byte.pointee &- 48, digit < 10 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            byte += 1
        }
        let digits = byte - first
        guard digits > 0 else { return nil }
        var isPlain = digits == 1 || first.pointee != UInt8(ascii: "0")
        var decimals = 0
        if byte.pointee == UInt8(ascii: ".") {
            byte += 1
            let point = byte
            while case let digit = byte.pointee &- 48, digit < 10 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                byte += 1
            }
            decimals = byte - point
            guard decimals > 0 else { return nil }
            if (byte - 1).pointee == UInt8(ascii: "0") { isPlain = false }
        }
        let next = byte.pointee
        guard next == delimiter || next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r"),
            digits + decimals <= Self.mostDigits, mantissa <= 1 << 53
        else { return nil }
        // Both are exact, so that one division rounds correctly.
        let magnitude = Double(Int64(bitPattern: mantissa)) / powers[decimals]
        value = isNegative ? -magnitude : magnitude
        self.isPlain = isPlain
        end = byte
    }
}
