import Foundation

/// Records of CSV that hold nothing but numbers, without a text for each of them: the answers to questions for sums, of which there
/// are tens of thousands a level.
struct NumberRecords {
    private(set) var columns: [AnswerColumn]
    private(set) var rowCount = 0

    /// nil where a column is of texts, and for anything that is not in order: whoever asks reads it again and says what it is.
    /// - Complexity: O(bytes).
    init?(_ csv: [UInt8], _ kinds: [AnswerColumn.Kind]) {
        guard !kinds.isEmpty, !kinds.contains(.text), csv.last == UInt8(ascii: "\n") || csv.isEmpty else { return nil }
        var integers = kinds.map { _ in [Int?]() }
        var doubles = kinds.map { _ in [Double?]() }
        var rows = 0
        // A zero behind the last byte ends every number, for `strtod` wants one.
        let isRead = (csv + [0]).withUnsafeBufferPointer { buffer -> Bool in
            guard let start = UnsafeRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self) else {
                return false
            }
            let end = buffer.count - 1
            var place = 0
            while place < end {
                for (column, kind) in kinds.enumerated() {
                    var next: UnsafeMutablePointer<CChar>?
                    let isEmpty = buffer[place] == UInt8(ascii: ",") || buffer[place] == UInt8(ascii: "\n")
                    switch kind {
                    case .integer:
                        let value = isEmpty ? 0 : strtol(start + place, &next, 10)
                        integers[column].append(isEmpty ? nil : value)
                    default:
                        let value = isEmpty ? 0 : strtod(start + place, &next)
                        doubles[column].append(isEmpty ? nil : value)
                    }
                    if !isEmpty {
                        guard let next, next > UnsafeMutablePointer(mutating: start + place) else { return false }
                        place = UnsafePointer(next) - start
                    }
                    let wanted = column == kinds.count - 1 ? UInt8(ascii: "\n") : UInt8(ascii: ",")
                    guard place < end, buffer[place] == wanted else { return false }
                    place += 1
                }
                rows += 1
            }
            return true
        }
        guard isRead else { return nil }
        columns = kinds.indices.map { kinds[$0] == .integer ? .integers(integers[$0]) : .doubles(doubles[$0]) }
        rowCount = rows
    }
}
