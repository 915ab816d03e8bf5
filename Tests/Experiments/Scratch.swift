import Experiments
import Foundation
import Statistics

/// A temporary folder that goes with its test.
final class Scratch {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "espalier-experiments-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ text: String, as name: String) throws -> String { try write(Array(text.utf8), as: name) }

    func write(_ bytes: [UInt8], as name: String) throws -> String {
        let path = folder + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Reads an experiment from the text of its data and of its spec.
    func read(_ csv: String, spec: String = Scratch.plainSpec) throws -> ExperimentReading {
        _ = try write(csv, as: "data.csv")
        return try Experiment.read(
            spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: folder,
            conduct: Conduct(workers: Workers(count: 2)))
    }

    /// The sentence with which reading fails, the folder's path taken out; nil when it does not fail.
    func failure(_ csv: [UInt8], as name: String = "data.csv", spec: String = Scratch.plainSpec) throws -> String? {
        _ = try write(csv, as: name)
        do {
            _ = try Experiment.read(
                spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: folder,
                conduct: Conduct(workers: Workers(count: 2)))
            return nil
        } catch let error as EspalierError {
            return error.description.replacing(folder + "/", with: "")
        }
    }

    static let plainSpec = """
        name: test
        data: data.csv
        unit: id
        treatment: {column: t, control: c}
        outcomes:
          - {name: y, direction: maximize}
        covariates: [x]
        """
}

/// Gzip without compression (stored blocks, RFC 1951 and 1952), so that tests need no zlib.
enum StoredGzip {
    static func member(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        var rest = text[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(block.count)
            let length = UInt16(block.count)
            bytes.append(rest.isEmpty ? 1 : 0)
            bytes += little(length) + little(~length) + block
        } while !rest.isEmpty
        return bytes + little(checksum(text)) + little(UInt32(text.count))
    }

    private static func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

/// Public data beside the checkout, where they are.
enum PublicData {
    static let hillstrom: String? = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let path = folder.appendingPathComponent("shared/data/hillstrom.csv.gz").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()
}
