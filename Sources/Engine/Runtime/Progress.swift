/// Where a long computation stands: `done` of `total` in a named phase.
package struct Progress: Sendable, Equatable {
    /// What is counted.
    package enum Unit: Sendable {
        case steps, bytes
    }

    package let phase: String
    package let done: Int
    package let total: Int
    package let unit: Unit
    /// What there is to say beyond the count, such as "hypervolume 1.23"; may be empty.
    package let detail: String

    package init(phase: String, done: Int, total: Int, unit: Unit = .steps, detail: String = "") {
        self.phase = phase
        self.done = done
        self.total = total
        self.unit = unit
        self.detail = detail
    }

    /// Between 0 and 1; nil where there is nothing to count.
    package var share: Double? { total > 1 ? min(1, Double(done) / Double(total)) : nil }

    /// The phase and its count: "fitting effects, 3 of 12 (25%)", "reading, 1.2 of 4.8 MB (25%)".
    package var words: String {
        guard let share else { return phase }
        let percent = "(\(Int(share * 100))%)"
        switch unit {
        case .steps: return "\(phase), \(done) of \(total) \(percent)"
        case .bytes: return "\(phase), \(Self.megabytes(done)) of \(Self.megabytes(total)) MB \(percent)"
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
