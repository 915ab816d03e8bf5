import CKernels
import Foundation
import GRDB
import Runtime

/// Documents and arrays, each with a checksum that is compared when it is read.
extension StudyDatabase {
    private static let chunkBytes = 4 << 20

    /// As SQLite keeps it: 64 bits, signed.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        Int64(bitPattern: espalier_checksum(bytes.baseAddress, bytes.count))
    }

    static func checksum(_ data: Data) -> Int64 { data.withUnsafeBytes { checksum($0) } }

    static func put(_ value: some Encodable, named name: String, in database: Database) throws {
        let json = try JSONEncoder().encode(value)
        try database.execute(
            sql: "INSERT OR REPLACE INTO document (name, json, checksum) VALUES (?, ?, ?)",
            arguments: [name, json, checksum(json)])
    }

    /// A document's JSON; nil where the study has none of that name.
    /// - Throws: `DecodingError` where it is not as it was stored.
    static func json(_ name: String, in database: Database) throws -> Data? {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT json, checksum FROM document WHERE name = ?", arguments: [name])
        else { return nil }
        guard let json = Data.fromDatabaseValue(row[0]), Int64.fromDatabaseValue(row[1]) == checksum(json) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "the document \(name) has another checksum"))
        }
        return json
    }

    func document<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        try read { try document(name, in: $0) }
    }

    func document<Value: Decodable>(_ name: String, in database: Database) throws -> Value {
        guard let json = try? Self.json(name, in: database),
            let value = try? JSONDecoder().decode(Value.self, from: json)
        else {
            throw EspalierError(
                .data, "the study lacks a readable \(name)", file: path,
                remedy: "put a copy of it in its place, or make it again with `espalier fit SPEC`")
        }
        return value
    }

    /// Stores an array of plain numbers in chunks, in the machine's byte order (little-endian on all hosts supported), packed where
    /// that is shorter. Checksums are of the numbers: two fits are compared by them, however each is stored.
    static func put<Element: BitwiseCopyable>(array: [Element], named name: String, in database: Database) throws {
        var isPacked = false
        try array.withUnsafeBytes { bytes in
            var chunk = 0
            for start in stride(from: 0, to: max(1, bytes.count), by: chunkBytes) {
                let part = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + chunkBytes, bytes.count)])
                let packed = MemoryLayout<Element>.stride == 4 ? PackedChunk.pack(part) : nil
                isPacked = isPacked || packed != nil
                try database.execute(
                    sql: "INSERT OR REPLACE INTO array (name, chunk, bytes, checksum) VALUES (?, ?, ?, ?)",
                    arguments: [name, chunk, packed ?? Data(part), checksum(part)])
                chunk += 1
            }
        }
        if isPacked { try requireVersion(in: database) }
    }

    /// Says in the file that it holds what earlier versions may not read: policies of other kinds, or packed arrays.
    static func requireVersion(in database: Database) throws {
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// - Throws: `EspalierError` (.data) where the array is not as it was stored, or its length is not `count`.
    func array<Element: BitwiseCopyable>(
        _ name: String, count: Int, zero: Element, in database: Database
    ) throws -> [Element] {
        var result = [Element](repeating: zero, count: count)
        let isWhole = try result.withUnsafeMutableBytes { buffer in
            var offset = 0
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: "SELECT bytes, checksum FROM array WHERE name = ? ORDER BY chunk"),
                arguments: [name])
            while let row = try rows.next() {
                let stored = Int64.fromDatabaseValue(row[1])
                let part = UnsafeMutableRawBufferPointer(
                    rebasing: buffer[offset..<min(offset + Self.chunkBytes, buffer.count)])
                let fits = try row.withUnsafeData(atIndex: 0) { data -> Bool in
                    let data = data ?? Data()
                    guard data.count == part.count else {
                        return data.withUnsafeBytes { PackedChunk.unpack($0, into: part) }
                    }
                    data.copyBytes(to: part)
                    return true
                }
                guard fits, Self.checksum(UnsafeRawBufferPointer(part)) == stored else { return false }
                offset += part.count
            }
            return offset == buffer.count
        }
        guard isWhole else {
            throw EspalierError(
                .data, "the study's array \(name) is not what was stored", file: path,
                remedy: "put a copy of it in its place, or make it again with `espalier fit SPEC`")
        }
        return result
    }
}
