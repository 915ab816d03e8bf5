/// Reads numbers that are written as a `TextFormat` says. Not for the innermost loop: columns of plain numbers never get here.
struct FormattedNumber: Sendable {
    private let values: [[UInt8]: Double]
    private let percent: Bool
    private let thousands: [UInt8]
    private let decimal: [UInt8]
    private let currency: [UInt8]
    /// Whether anything but yes and no can be read.
    private let readsDigits: Bool

    init(_ format: TextFormat) {
        var values: [[UInt8]: Double] = [:]
        for text in format.yes ?? [] { values[Array(text.utf8)] = 1 }
        for text in format.no ?? [] { values[Array(text.utf8)] = 0 }
        self.values = values
        percent = format.percent == true
        thousands = Array((format.thousands ?? "").utf8)
        decimal = Array((format.decimal ?? ".").utf8)
        currency = Array((format.currency ?? "").utf8)
        readsDigits = values.isEmpty
    }

    /// The value of a text without blanks around it; nil where it is not written so.
    /// - Complexity: O(count), with a few small arrays.
    func value(_ text: some Collection<UInt8>) -> Double? {
        var rest = Array(text)[...]
        if let value = values[Array(rest)] { return value }
        guard readsDigits else { return nil }
        var isNegative = false
        // Accountants write losses in brackets.
        if rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")"), rest.count > 2 {
            isNegative = true
            rest = Blanks.trimmed(rest.dropFirst().dropLast())
        }
        if !isNegative, rest.count > 1, rest.last == UInt8(ascii: "-") {
            isNegative = true
            rest = Blanks.trimmed(rest.dropLast())
        }
        var isSigned = isNegative
        Self.dropSign(&rest, &isNegative, &isSigned)
        if percent, rest.last == UInt8(ascii: "%") { rest = Blanks.trimmed(rest.dropLast()) }
        dropCurrency(&rest)
        Self.dropSign(&rest, &isNegative, &isSigned)
        guard let digits = plain(rest), let first = digits.first, first != UInt8(ascii: "-"),
            first != UInt8(ascii: "+")
        else { return nil }
        let value = digits.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { DecimalNumber.value($0, count: bytes.count) } ?? .nan
        }
        guard value.isFinite else { return nil }
        return (isNegative ? -value : value) / (percent ? 100 : 1)
    }

    /// Takes a sign off, before or behind the currency but not both.
    private static func dropSign(_ rest: inout ArraySlice<UInt8>, _ isNegative: inout Bool, _ isSigned: inout Bool) {
        let isMinus = rest.first == UInt8(ascii: "-")
        guard !isSigned, isMinus || rest.first == UInt8(ascii: "+") else { return }
        rest = Blanks.trimmed(rest.dropFirst())
        (isNegative, isSigned) = (isMinus, true)
    }

    private func dropCurrency(_ rest: inout ArraySlice<UInt8>) {
        guard !currency.isEmpty, rest.count > currency.count else { return }
        if rest.starts(with: currency) {
            rest = Blanks.trimmed(rest.dropFirst(currency.count))
        } else if rest.suffix(currency.count).elementsEqual(currency) {
            rest = Blanks.trimmed(rest.dropLast(currency.count))
        }
    }

    /// The number with a point and without marks between its groups; nil where the groups are not of three digits (of two or
    /// three before the last).
    private func plain(_ rest: ArraySlice<UInt8>) -> [UInt8]? {
        let places = Self.places(of: decimal, in: rest)
        guard places.count <= 1 else { return nil }
        var whole = rest
        var fraction: ArraySlice<UInt8> = []
        if let place = places.first {
            whole = rest[..<place]
            fraction = rest[(place + decimal.count)...]
        }
        guard fraction.allSatisfy(Self.isDigit) || thousands.isEmpty else { return nil }
        var digits = Array(whole)
        if !thousands.isEmpty {
            let groups = Self.split(whole, at: thousands)
            guard groups.allSatisfy({ $0.allSatisfy(Self.isDigit) }) else { return nil }
            if groups.count > 1 {
                guard let first = groups.first, (1...3).contains(first.count), groups.last?.count == 3,
                    groups.dropFirst().allSatisfy({ $0.count == 2 || $0.count == 3 })
                else { return nil }
            }
            digits = groups.flatMap { $0 }
        }
        return places.isEmpty ? digits : digits + [UInt8(ascii: ".")] + fraction
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private static func places(of mark: [UInt8], in text: ArraySlice<UInt8>) -> [Int] {
        text.indices.filter { text[$0...].starts(with: mark) }
    }

    private static func split(_ text: ArraySlice<UInt8>, at mark: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        for place in places(of: mark, in: text) where place >= start {
            parts.append(text[start..<place])
            start = place + mark.count
        }
        return parts + [text[start...]]
    }
}
