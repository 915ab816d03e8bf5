extension TextFormat {
    /// Currencies that stand before or after amounts.
    private static let currencies = [
        "US$", "A$", "C$", "R$", "$", "€", "£", "¥", "₹", "₽", "₩", "zł", "kr", "Kč", "USD", "EUR", "GBP", "CHF", "JPY",
        "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "BRL", "INR",
    ]
    /// Marks between groups and before the fraction, the usual first.
    private static let marks: [(thousands: String?, decimal: String?)] = [
        (nil, nil), (",", nil), (nil, ","), (".", ","), (" ", nil), (" ", ","), ("\u{a0}", nil), ("\u{a0}", ","),
        ("\u{202f}", nil), ("\u{202f}", ","), ("'", nil), ("’", nil), ("_", nil),
    ]
    private static let answers: [(yes: String, no: String)] = [
        ("yes", "no"), ("y", "n"), ("true", "false"), ("t", "f"), ("on", "off"), ("ja", "nein"), ("oui", "non"),
        ("si", "no"), ("sí", "no"), ("sim", "não"), ("converted", "not converted"),
    ]
    /// Units that stand behind numbers; a spec says them as it says a currency.
    private static let units = [
        "kg", "mg", "g", "lbs", "lb", "oz", "km", "cm", "mm", "m", "mi", "ft", "ms", "seconds", "secs", "sec", "s",
        "minutes", "mins", "min", "hours", "hrs", "hour", "h", "days", "day", "d", "weeks", "months", "years", "yrs",
        "y", "kB", "KB", "MB", "GB", "TB", "px", "pts", "°C", "°F", "°", "kWh", "x", "‰",
    ]
    /// So many distinct texts tell.
    private static let looked = 2000

    /// The plain way in which all texts of a column that are no numbers are written; nil where there is none.
    static func guess(_ texts: ColumnTexts) -> TextFormat? {
        let words = texts.words.filter { $0.part == .stray || $0.part == .truth }.map(\.text)
        guard !words.isEmpty else { return nil }
        return guess(words, besideNumbers: texts.numberRows > 0)
    }

    /// - Parameter besideNumbers: whether the column also holds plain numbers.
    static func guess(_ words: [String], besideNumbers: Bool) -> TextFormat? {
        guard !words.isEmpty else { return nil }
        if let answers = yesAndNo(words) { return besideNumbers ? nil : answers }
        let shown = words.prefix(looked).map { Array(Blanks.trimmed(Array($0.utf8)[...])) }
        // Every number has a digit; this parts words from numbers at once.
        guard shown.allSatisfy({ $0.contains { $0 >= 48 && $0 <= 57 } }) else { return nil }
        let isPercent = shown.allSatisfy { $0.last == UInt8(ascii: "%") }
        let currency = currencies.first { mark in
            let mark = Array(mark.utf8)
            return shown.contains { field in
                let bare = field.filter {
                    $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")")
                }
                return bare.starts(with: mark) || bare.suffix(mark.count).elementsEqual(mark)
            }
        }
        let unit =
            currency != nil || isPercent
            ? nil
            : units.first { unit in
                let unit = Array(unit.utf8)
                return shown.count > 2
                    && shown.allSatisfy { field in
                        field.count > unit.count && field.suffix(unit.count).elementsEqual(unit)
                            && Blanks.trimmed(field.dropLast(unit.count)).last.map { $0 >= 48 && $0 <= 57 } == true
                    }
            }
        // Beside plain numbers a comma before three digits is one of thousands; alone it may be either.
        let formats = marks.map { marks in
            TextFormat(
                percent: isPercent ? true : nil, thousands: marks.thousands, decimal: marks.decimal,
                currency: currency ?? unit)
        }
        return formats.first { format in
            guard format.rewritesNumbers else { return false }
            let reader = FormattedNumber(format)
            return shown.allSatisfy { reader.value($0) != nil }
        }
    }

    private static func yesAndNo(_ words: [String]) -> TextFormat? {
        let texts = Set(words)
        guard texts.count <= 6 else { return nil }
        func lowered(_ text: String) -> String {
            String(decoding: Blanks.trimmed(Array(text.utf8)[...]), as: UTF8.self).lowercased()
        }
        for (yes, no) in answers {
            let (positive, negative) = (texts.filter { lowered($0) == yes }, texts.filter { lowered($0) == no })
            if positive.count + negative.count == texts.count, !positive.isEmpty {
                return TextFormat(yes: positive.sorted(), no: negative.isEmpty ? nil : negative.sorted())
            }
        }
        return nil
    }
}
