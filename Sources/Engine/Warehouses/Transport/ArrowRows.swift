import CADBC

/// Rows of an answer as batches of Arrow columns (the C data interface): integers, floating-point numbers, truth values and texts.
///
/// The pointers of a batch hold until the next one is asked for.
final class ArrowRows {
    private var stream: ArrowArrayStream
    private var schema = ArrowSchema()
    private var batch = ArrowArray()
    private(set) var formats: [Character] = []
    private(set) var names: [String] = []
    private(set) var rowCount = 0

    /// Thrown where the stream breaks, with the driver's words.
    struct Failure: Error {
        let message: String
    }

    /// - Parameter stream: taken over.
    init(_ stream: ArrowArrayStream) throws {
        self.stream = stream
        guard let get = self.stream.get_schema, get(&self.stream, &schema) == 0 else { throw failure }
        formats = (0..<Int(schema.n_children)).map { column in
            guard let format = schema.children[column]?.pointee.format else { return "?" }
            return Self.kind(String(cString: format))
        }
        names = (0..<Int(schema.n_children)).map { column in
            schema.children[column]?.pointee.name.map { String(cString: $0) } ?? ""
        }
    }

    deinit {
        if let release = batch.release { release(&batch) }
        if let release = schema.release { release(&schema) }
        if let release = stream.release { release(&stream) }
    }

    private static func kind(_ format: String) -> Character { format.count == 1 ? format.first ?? "?" : "?" }

    /// Takes the next batch.
    /// - Returns: whether there is one.
    func advance() throws -> Bool {
        if let release = batch.release { release(&batch) }
        batch = ArrowArray()
        guard let next = stream.get_next, next(&stream, &batch) == 0 else { throw failure }
        rowCount = batch.release == nil ? 0 : Int(batch.length)
        return batch.release != nil
    }

    private var failure: Failure {
        guard let last = stream.get_last_error, let text = last(&stream) else {
            return Failure(message: "the answer broke off")
        }
        return Failure(message: String(cString: text))
    }

    private func column(_ column: Int) -> (array: ArrowArray, offset: Int)? {
        guard let array = batch.children[column]?.pointee else { return nil }
        return (array, Int(array.offset))
    }

    private static func isNull(_ array: ArrowArray, _ index: Int) -> Bool {
        guard array.null_count != 0, let bits = array.buffers[0]?.assumingMemoryBound(to: UInt8.self) else {
            return false
        }
        return bits[index >> 3] >> UInt8(index & 7) & 1 == 0
    }

    /// The values of a column of integers or truth values; nil for other columns.
    func integers(_ column: Int) -> [Int?]? {
        guard let (array, offset) = self.column(column), array.n_buffers > 1, let values = array.buffers[1] else {
            return rowCount == 0 ? [] : nil
        }
        func read<Number: BinaryInteger>(_ type: Number.Type) -> [Int?] {
            let numbers = values.assumingMemoryBound(to: type)
            return (offset..<offset + rowCount).map {
                Self.isNull(array, $0) ? nil : Int(truncatingIfNeeded: numbers[$0])
            }
        }
        switch formats[column] {
        case "c": return read(Int8.self)
        case "C": return read(UInt8.self)
        case "s": return read(Int16.self)
        case "S": return read(UInt16.self)
        case "i": return read(Int32.self)
        case "I": return read(UInt32.self)
        case "l": return read(Int64.self)
        case "L": return read(UInt64.self)
        case "b":
            let bits = values.assumingMemoryBound(to: UInt8.self)
            return (offset..<offset + rowCount).map {
                Self.isNull(array, $0) ? nil : Int(bits[$0 >> 3] >> UInt8($0 & 7) & 1)
            }
        default: return nil
        }
    }

    /// The values of a column of numbers; nil for other columns.
    func doubles(_ column: Int) -> [Double?]? {
        guard let (array, offset) = self.column(column), array.n_buffers > 1, let values = array.buffers[1] else {
            return rowCount == 0 ? [] : nil
        }
        switch formats[column] {
        case "g":
            let numbers = values.assumingMemoryBound(to: Double.self)
            return (offset..<offset + rowCount).map { Self.isNull(array, $0) ? nil : numbers[$0] }
        case "f":
            let numbers = values.assumingMemoryBound(to: Float.self)
            return (offset..<offset + rowCount).map { Self.isNull(array, $0) ? nil : Double(numbers[$0]) }
        default: return integers(column)?.map { $0.map { Double($0) } }
        }
    }

    /// The values of a column of texts; nil for other columns.
    func texts(_ column: Int) -> [String?]? {
        guard let (array, offset) = self.column(column), array.n_buffers > 2, let ends = array.buffers[1] else {
            return rowCount == 0 ? [] : nil
        }
        // A column of empty texts may have no bytes at all.
        let bytes = array.buffers[2]?.assumingMemoryBound(to: UInt8.self)
        func text(_ range: Range<Int>) -> String {
            guard let bytes, !range.isEmpty else { return "" }
            return String(
                decoding: UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count), as: UTF8.self)
        }
        switch formats[column] {
        case "u":
            let ends = ends.assumingMemoryBound(to: Int32.self)
            return (offset..<offset + rowCount).map {
                Self.isNull(array, $0) ? nil : text(Int(ends[$0])..<Int(ends[$0 + 1]))
            }
        case "U":
            let ends = ends.assumingMemoryBound(to: Int64.self)
            return (offset..<offset + rowCount).map {
                Self.isNull(array, $0) ? nil : text(Int(ends[$0])..<Int(ends[$0 + 1]))
            }
        default: return nil
        }
    }
}
