import Foundation

/// Tells columns of dates from other texts.
enum DateTexts {
    /// Nearly all texts are dates.
    private static let nearlyAll = 0.95
    private static let looked = 1000

    /// Whether the distinct texts of a column are dates: as data files write them, or as people do (31/12/2024, 5 Jan 2024).
    static func areDates(_ names: [String]) -> Bool {
        guard names.count > 2 else { return false }
        let shown = names.prefix(looked)
        let dates = shown.count(where: isDate)
        return Double(dates) >= nearlyAll * Double(shown.count)
    }

    /// Words of columns that hold times.
    private static let timeWords: Set<String> = [
        "at", "ts", "time", "timestamp", "date", "datetime", "created", "updated", "signup", "registered", "joined",
        "epoch", "unix", "day", "born", "birthday",
    ]
    /// Fewer distinct values than this may be anything.
    private static let fewestTimes = 10

    /// What the numbers of a column count if they are times: whole, within the years from 2000 to 2040, and named so.
    static func timeUnit(of values: [Double], words: [String]) -> String? {
        guard words.contains(where: timeWords.contains) else { return nil }
        let units: [(String, ClosedRange<Double>)] = [
            ("seconds since 1970", 946_684_800...2_208_988_800),
            ("milliseconds since 1970", 946_684_800e3...2_208_988_800e3),
            ("microseconds since 1970", 946_684_800e6...2_208_988_800e6),
            ("days of a spreadsheet", 36_526...51_136),
        ]
        guard let first = values.first(where: { !$0.isNaN }), let unit = units.first(where: { $0.1.contains(first) })
        else { return nil }
        var distinct: Set<Double> = []
        for value in values where !value.isNaN {
            guard unit.1.contains(value) else { return nil }
            if distinct.count < fewestTimes { distinct.insert(value) }
        }
        return distinct.count < fewestTimes ? nil : unit.0
    }

    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    static func isDate(_ text: String) -> Bool {
        if CalendarTime(text) != nil { return true }
        let day = text.split(separator: " ").first.map(String.init) ?? text
        for mark in ["/", "-", "."] {
            let parts = day.components(separatedBy: mark)
            guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.count <= 4 }) else { continue }
            let numbers = parts.compactMap { Int($0) }
            if numbers.count == 3 {
                let year = parts[0].count == 4 ? numbers[0] : numbers[2]
                let rest = parts[0].count == 4 ? [numbers[1], numbers[2]] : [numbers[0], numbers[1]]
                let isYear = parts[0].count == 4 || parts[2].count == 4 || parts[2].count == 2
                if isYear, year >= 0, rest.allSatisfy({ (1...31).contains($0) }), rest.contains(where: { $0 <= 12 }) {
                    return true
                }
            }
        }
        let words = text.replacing(",", with: " ").replacing("-", with: " ").split(separator: " ").map {
            $0.lowercased()
        }
        return (2...4).contains(words.count)
            && words.contains { months.contains(String($0.prefix(3))) && $0.count <= 9 }
            && words.contains { Int($0).map { (1...31).contains($0) || (1900...2200).contains($0) } ?? false }
    }
}
