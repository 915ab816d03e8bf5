/// The physical line of each record, kept only where the distance between line and record changes (blank lines, and line
/// breaks in quotes).
package struct RecordLines: Sendable {
    private var steps: [(record: Int, shift: Int)] = []

    /// Notes the line on which a record begins; records come in ascending order.
    mutating func note(record: Int, line: Int) {
        if line - record != steps.last?.shift { steps.append((record, line - record)) }
    }

    /// The lines of some of the records.
    func keeping(_ records: [Int]) -> RecordLines {
        var kept = RecordLines()
        for (index, record) in records.enumerated() { kept.note(record: index, line: line(of: record)) }
        return kept
    }

    /// The line, from 1, on which record `record` (from 0) begins.
    /// - Complexity: O(log(number of changes)).
    package func line(of record: Int) -> Int {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].record <= record { low = middle + 1 } else { high = middle }
        }
        return record + (low > 0 ? steps[low - 1].shift : 2)
    }
}
