import Runtime

/// Universal Binary JSON (ubjson.org, draft 12) as XGBoost writes its models: numbers need no parsing, arrays of one type no
/// value of their own for each element.
enum UBJSON {
    case object([String: UBJSON])
    case array([UBJSON])
    case integers([Int64])
    case floats([Float])
    case text(String)
    case integer(Int64)
    case real(Double)
    case bool(Bool)
    case null

    /// - Throws: `EspalierError` (.internal) where the bytes are cut off or of another format.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        var reader = Reader(bytes: bytes)
        self = try reader.value(try reader.byte())
    }

    /// The value under a name, which has to be there.
    subscript(name: String) -> UBJSON {
        get throws {
            guard case .object(let members) = self, let value = members[name] else {
                throw EspalierError(.internal, "the model has no \"\(name)\"")
            }
            return value
        }
    }

    var elements: [UBJSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// Whole numbers, or true and false as 1 and 0, of an array of one type or of many.
    var wholeNumbers: [Int64]? {
        switch self {
        case .integers(let values): return values
        case .array(let elements):
            var values: [Int64] = []
            for element in elements {
                switch element {
                case .integer(let value): values.append(value)
                case .bool(let flag): values.append(flag ? 1 : 0)
                default: return nil
                }
            }
            return values
        default: return nil
        }
    }

    var realNumbers: [Float]? {
        switch self {
        case .floats(let values): return values
        case .array(let elements):
            var values: [Float] = []
            for element in elements {
                guard case .real(let value) = element else { return nil }
                values.append(Float(value))
            }
            return values
        default: return nil
        }
    }

    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        var position = 0
        /// Objects and arrays in each other; a model has about eight.
        private var depth = 0
        private static let deepest = 64

        init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        mutating func byte() throws -> UInt8 {
            guard position < bytes.count else { throw Reader.unreadable("it ends too early") }
            defer { position += 1 }
            return bytes[position]
        }

        /// The next number of the width of its type, most significant byte first.
        private mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
            let width = MemoryLayout<Number>.size
            guard bytes.count - position >= width else { throw Reader.unreadable("it ends too early") }
            defer { position += width }
            return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: type))
        }

        private mutating func integer(_ marker: UInt8) throws -> Int64? {
            switch marker {
            case UInt8(ascii: "i"): try Int64(number(Int8.self))
            case UInt8(ascii: "U"): try Int64(number(UInt8.self))
            case UInt8(ascii: "I"): try Int64(number(Int16.self))
            case UInt8(ascii: "l"): try Int64(number(Int32.self))
            case UInt8(ascii: "L"): try number(Int64.self)
            default: nil
            }
        }

        /// A length or a count: every element takes a byte at least, so that no false one asks for memory.
        private mutating func count() throws -> Int {
            let marker = try byte()
            guard let count = try integer(marker), count >= 0, count <= Int64(bytes.count - position) else {
                throw Reader.unreadable("a length is none")
            }
            return Int(count)
        }

        private mutating func text() throws -> String {
            let count = try count()
            guard bytes.count - position >= count else { throw Reader.unreadable("it ends too early") }
            defer { position += count }
            return String(decoding: bytes[position..<position + count], as: UTF8.self)
        }

        mutating func value(_ marker: UInt8) throws -> UBJSON {
            if let value = try integer(marker) { return .integer(value) }
            switch marker {
            case UInt8(ascii: "d"): return .real(Double(Float(bitPattern: try number(UInt32.self))))
            case UInt8(ascii: "D"): return .real(Double(bitPattern: try number(UInt64.self)))
            case UInt8(ascii: "S"): return .text(try text())
            case UInt8(ascii: "T"): return .bool(true)
            case UInt8(ascii: "F"): return .bool(false)
            case UInt8(ascii: "Z"): return .null
            case UInt8(ascii: "["): return try nested { try $0.array() }
            case UInt8(ascii: "{"): return try nested { try $0.object() }
            default: throw Reader.unreadable("byte \(position) starts no value")
            }
        }

        private mutating func nested(_ read: (inout Reader) throws -> UBJSON) throws -> UBJSON {
            depth += 1
            defer { depth -= 1 }
            guard depth <= Reader.deepest else { throw Reader.unreadable("it is nested too deeply") }
            return try read(&self)
        }

        /// What stands before the elements: the type of all, and how many there are.
        private mutating func header() throws -> (type: UInt8?, count: Int?) {
            var type: UInt8?
            if position < bytes.count, bytes[position] == UInt8(ascii: "$") {
                position += 1
                type = try byte()
            }
            guard position < bytes.count, bytes[position] == UInt8(ascii: "#") else {
                guard type == nil else { throw Reader.unreadable("a typed array has no count") }
                return (nil, nil)
            }
            position += 1
            return (type, try count())
        }

        private mutating func array() throws -> UBJSON {
            switch try header() {
            case (UInt8(ascii: "d")?, let count?):
                return .floats(try (0..<count).map { _ in Float(bitPattern: try number(UInt32.self)) })
            case (let type?, let count?):
                return .integers(
                    try (0..<count).map { _ in
                        guard let value = try integer(type) else {
                            throw Reader.unreadable("an array's type is unknown")
                        }
                        return value
                    })
            case (nil, let count?): return .array(try (0..<count).map { _ in try value(try byte()) })
            case (_, nil):
                var elements: [UBJSON] = []
                while true {
                    let marker = try byte()
                    if marker == UInt8(ascii: "]") { return .array(elements) }
                    elements.append(try value(marker))
                }
            }
        }

        private mutating func object() throws -> UBJSON {
            var members: [String: UBJSON] = [:]
            while position < bytes.count, bytes[position] != UInt8(ascii: "}") {
                let name = try text()
                members[name] = try value(try byte())
            }
            _ = try byte()
            return .object(members)
        }

        static func unreadable(_ what: String) -> EspalierError {
            EspalierError(.internal, "XGBoost's model could not be read (\(what))")
        }
    }
}
