/// Records of CSV in memory that tell nothing, which is NULL, from the empty text in quotes.
enum CSVRecords {
    /// Hands each record's fields over.
    /// - Complexity: O(bytes).
    static func each(in bytes: [UInt8], _ take: ([String?]) throws -> Void) rethrows {
        let (quote, comma, feed) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"))
        var index = 0
        var record: [String?] = []
        while index < bytes.count {
            var field: [UInt8] = []
            let isQuoted = bytes[index] == quote
            if isQuoted {
                index += 1
                while index < bytes.count {
                    if bytes[index] == quote {
                        guard index + 1 < bytes.count, bytes[index + 1] == quote else { break }
                        index += 1
                    }
                    field.append(bytes[index])
                    index += 1
                }
                index += 1
            } else {
                let end = bytes[index...].firstIndex { $0 == comma || $0 == feed } ?? bytes.count
                field = Array(bytes[index..<end])
                index = end
            }
            record.append(field.isEmpty && !isQuoted ? nil : String(decoding: field, as: UTF8.self))
            // A comma at the very end is followed by a field of nothing.
            let endsWithComma = index < bytes.count && bytes[index] == comma
            if endsWithComma, index + 1 == bytes.count || bytes[index + 1] == feed {
                record.append(nil)
                index += 1
            }
            if index >= bytes.count || bytes[index] == feed {
                try take(record)
                record = []
            }
            index += 1
        }
    }
}
