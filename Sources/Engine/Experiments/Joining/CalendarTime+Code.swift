extension CalendarTime {
    /// In a column of times: no time.
    static let missingCode = UInt64.max

    /// Microseconds since the year -9999 or so, doubled, and one more where a time of day is given; in order of the times.
    var code: UInt64 {
        let microseconds = Int64(day) * 86_400_000_000 + Int64(((seconds ?? 0) * 1e6).rounded())
        return UInt64(bitPattern: (microseconds + Self.bias) << 1) | (seconds == nil ? 0 : 1)
    }

    /// nil for the code of a missing time.
    init?(code: UInt64) {
        guard code != Self.missingCode else { return nil }
        let microseconds = Int64(bitPattern: code >> 1) - Self.bias
        let ofDay: Int64 = 86_400_000_000
        let day = microseconds >= 0 ? microseconds / ofDay : (microseconds - ofDay + 1) / ofDay
        self.init(day: Int(day), seconds: code & 1 == 0 ? nil : Double(microseconds - day * ofDay) / 1e6)
    }

    private static let bias: Int64 = 1 << 60

    /// As data files write it, in UTC: 2024-05-01, or 2024-05-01 12:30:00.
    var text: String {
        // Hinnant's civil_from_days.
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * ofYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let date = "\(digits(year, 4))-\(digits(month, 2))-\(digits(ofYear - (153 * monthFromMarch + 2) / 5 + 1, 2))"
        guard let seconds else { return date }
        let whole = Int(seconds)
        return "\(date) \(digits(whole / 3600, 2)):\(digits(whole / 60 % 60, 2)):\(digits(whole % 60, 2))"
    }
}
