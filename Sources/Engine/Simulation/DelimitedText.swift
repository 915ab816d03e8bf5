/// Comma-separated text under construction. Numbers are printed with a fixed count of decimals by integer arithmetic, so
/// the text depends on no locale and no formatter.
///
/// Texts are the scenario's own words and hold no comma, quote or line end.
struct DelimitedText {
    private(set) var bytes: [UInt8] = []
    private var isAtLineStart = true

    init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    mutating func field(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    mutating func field(_ number: Int) {
        separate()
        append(number, width: 1)
    }

    /// Rounds half away from zero.
    mutating func field(_ number: Double, decimals: Int) {
        separate()
        var unit = 1
        for _ in 0..<decimals { unit *= 10 }
        let scaled = Int((number * Double(unit)).rounded())
        if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(unit))
        append(Int(whole), width: 1)
        guard decimals > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        append(Int(fraction), width: decimals)
    }

    /// A missing value is an empty field.
    mutating func missingField() {
        separate()
    }

    mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        isAtLineStart = true
    }

    private mutating func separate() {
        if !isAtLineStart { bytes.append(UInt8(ascii: ",")) }
        isAtLineStart = false
    }

    /// Decimal digits with leading zeros up to `width`.
    private mutating func append(_ number: Int, width: Int) {
        let digits = String(number)
        for _ in 0..<max(0, width - digits.utf8.count) { bytes.append(UInt8(ascii: "0")) }
        bytes.append(contentsOf: digits.utf8)
    }
}
