import ArgumentParser

/// Whole numbers on the command line.
enum IntegerRange {
    /// - Throws: `ValidationError` that names the option and the range.
    static func check(_ value: Int?, _ range: ClosedRange<Int>, _ option: String) throws {
        guard let value, !range.contains(value) else { return }
        throw ValidationError(
            value < range.lowerBound
                ? "\(option) must be at least \(range.lowerBound)" : "\(option) must be at most \(range.upperBound)")
    }
}
