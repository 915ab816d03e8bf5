/// A date, or a date and time of day, as data files write them: 2024-05-01, 20240501, 2024-05-01 12:30:00,
/// 2024-05-01T12:30:00.5Z, 2024-05-01T12:30+02:00. Without an offset the time is taken as UTC.
struct CalendarTime: Sendable, Equatable {
    /// Days since 1970-01-01, in UTC where a time is given.
    let day: Int
    /// Seconds into the day; nil where only a date is given.
    let seconds: Double?

    init(day: Int, seconds: Double?) {
        self.day = day
        self.seconds = seconds
    }

    /// nil for a text of any other form, or a date that no calendar has.
    init?(_ text: String) {
        var text = text
        guard let time = text.withUTF8({ CalendarTime($0) }) else { return nil }
        self = time
    }

    /// The same of the bytes of a text.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[range] {
                guard byte >= 48, byte <= 57 else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        let isCompact = bytes.count == 8
        guard let year = number(0..<4), let month = number(isCompact ? 4..<6 : 5..<7),
            let date = number(isCompact ? 6..<8 : 8..<10), isCompact || (bytes[4] == 45 && bytes[7] == 45),
            (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(date)
        else { return nil }
        let first = Self.daysSinceEpoch(year, month, date)
        guard bytes.count > 10 else {
            guard isCompact || bytes.count == 10 else { return nil }
            (day, seconds) = (first, nil)
            return
        }
        guard bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "T"), let hour = number(11..<13),
            hour < 24, bytes.count >= 16, bytes[13] == UInt8(ascii: ":"), let minute = number(14..<16), minute < 60
        else { return nil }
        var time = Double(hour * 3600 + minute * 60)
        var place = 16
        if place < bytes.count, bytes[place] == UInt8(ascii: ":") {
            guard let second = number(17..<19), second < 61 else { return nil }
            time += Double(second)
            place = 19
            if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
                place += 1
                var unit = 0.1
                while place < bytes.count, let digit = number(place..<place + 1) {
                    time += unit * Double(digit)
                    unit /= 10
                    place += 1
                }
            }
        }
        if place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "Z"):
                place += 1
            case UInt8(ascii: "+"), UInt8(ascii: "-"):
                guard let hours = number(place + 1..<place + 3), place + 6 == bytes.count,
                    bytes[place + 3] == UInt8(ascii: ":"), let minutes = number(place + 4..<place + 6)
                else { return nil }
                let offset = Double(hours * 3600 + minutes * 60)
                time -= bytes[place] == UInt8(ascii: "+") ? offset : -offset
                place += 6
            default: return nil
            }
        }
        guard place == bytes.count else { return nil }
        let whole = (time / 86_400).rounded(.down)
        (day, seconds) = (first + Int(whole), time - whole * 86_400)
    }

    /// Whether it is on or after the other: by the clock where both have one, else by the day.
    func isOnOrAfter(_ other: CalendarTime) -> Bool {
        guard day == other.day, let seconds, let theirs = other.seconds else { return day >= other.day }
        return seconds >= theirs
    }

    /// Whether it is in a window of so many seconds that begins with the other: by the clock where both have one, else by days.
    func isWithin(_ seconds: Double, from start: CalendarTime) -> Bool {
        guard isOnOrAfter(start) else { return false }
        guard self.seconds != nil, start.seconds != nil else { return Double(day - start.day) * 86_400 < seconds }
        return instant - start.instant < seconds
    }

    /// For the latest of several: a date alone is the start of its day.
    var instant: Double { Double(day) * 86_400 + (seconds ?? 0) }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Proleptic Gregorian calendar (Hinnant's days_from_civil).
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ date: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}
