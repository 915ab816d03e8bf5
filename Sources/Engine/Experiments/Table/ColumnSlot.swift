import Runtime

/// One wanted column while it is being read. Plain memory only: the reader works on it through a pointer.
struct ColumnSlot {
    let reading: ColumnReading
    private var numbers = GrowingBuffer<Double>()
    private var codes = GrowingBuffer<Int32>()
    private var keys = GrowingBuffer<UInt64>()
    private var bytes = GrowingBuffer<UInt8>()
    private var ends = GrowingBuffer<Int>()
    private var levels = LevelTable()
    /// An undecided column in which a text was found.
    private(set) var holdsText = false

    init(_ reading: ColumnReading) { self.reading = reading }

    /// Why a field cannot be taken.
    enum Refusal {
        case notNumber, notFinite, empty, notUTF8
    }

    /// Takes in the next field.
    /// - Complexity: O(count), without allocation but for growth.
    @inline(__always)
    mutating func take(_ start: UnsafePointer<UInt8>, count: Int) -> Refusal? {
        switch reading {
        case .number, .undecided:
            let value = DecimalNumber.value(start, count: count)
            if value.isFinite {
                numbers.append(value)
                return nil
            }
            return takeWord(start, count: count, value: value)
        case .text, .label:
            let isMissing = reading == .text ? MissingText.matches(start, count: count) : count == 0
            if isMissing {
                codes.append(-1)
                return nil
            }
            guard let code = levels.number(start, length: count) else { return .notUTF8 }
            codes.append(code)
            return nil
        case .key, .identity:
            guard count > 0 else { return .empty }
            guard UTF8Text.isValid(start, count: count) else { return .notUTF8 }
            keys.append(StableHash.key(UnsafeBufferPointer(start: start, count: count)))
            if reading == .identity {
                bytes.append(start, count: count)
                ends.append(bytes.count)
            }
            return nil
        }
    }

    /// A field of a numeric column that is no finite number: missing, a truth value, or not to be had.
    private mutating func takeWord(_ start: UnsafePointer<UInt8>, count: Int, value: Double) -> Refusal? {
        if value.isInfinite { return .notFinite }
        if MissingText.matches(start, count: count) {
            numbers.append(.nan)
            return nil
        }
        switch count <= 9 ? String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) : "" {
        case "true", "TRUE", "True": numbers.append(1)
        case "false", "FALSE", "False": numbers.append(0)
        case let word where Self.infinities.contains(word.lowercased()): return .notFinite
        default:
            guard reading == .undecided else { return .notNumber }
            holdsText = true
            numbers.append(.nan)
        }
        return nil
    }

    private static let infinities: Set<String> = [
        "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞",
    ]

    /// Hands the values of the first `count` records over and frees the slot (a reading that stops early may hold some fields
    /// of one record more).
    mutating func finish(count: Int) -> Table.Column {
        switch reading {
        case .number, .undecided:
            return .numbers(numbers.take(count))
        case .text, .label:
            return .levels(codes: codes.take(count), names: levels.take())
        case .key:
            return .keys(keys.take(count))
        case .identity:
            let ends = ends.take(count)
            let bytes = bytes.take()
            var texts: [String] = []
            texts.reserveCapacity(ends.count)
            var start = 0
            for end in ends {
                texts.append(String(decoding: bytes[start..<end], as: UTF8.self))
                start = end
            }
            return .identities(keys: keys.take(count), texts: texts)
        }
    }

    mutating func free() {
        numbers.free()
        codes.free()
        keys.free()
        bytes.free()
        ends.free()
        levels.free()
    }
}
