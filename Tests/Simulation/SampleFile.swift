import CZlib
import Foundation

/// A gzip-compressed text of the bundled sample or of a folder written by a test.
struct SampleFile {
    /// The bundled sample of the notification scenario.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("sample-data/notifications")

    /// The uncompressed bytes of a file, compressed or not.
    static func bytes(_ name: String, in folder: URL = folder) throws -> [UInt8] {
        let path = folder.appendingPathComponent(name).path
        guard let file = gzopen(path, "rb") else { throw CocoaError(.fileReadNoSuchFile) }
        defer { gzclose(file) }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = gzread(file, &buffer, UInt32(buffer.count))
            guard count >= 0 else { throw CocoaError(.fileReadCorruptFile) }
            if count == 0 { return all }
            all.append(contentsOf: buffer[..<Int(count)])
        }
    }
}
