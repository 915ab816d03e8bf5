import Experiments
import Foundation
import Runtime

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
            context: RunContext(workers: Workers(count: 2)))
    }

    /// The sentence with which reading fails, the folder's path taken out; nil when it does not fail.
    func failure(_ csv: [UInt8], as name: String = "data.csv", spec: String = Scratch.plainSpec) throws -> String? {
        _ = try write(csv, as: name)
        do {
            _ = try Experiment.read(
                spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: folder,
                context: RunContext(workers: Workers(count: 2)))
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

extension Scratch {
    /// A file, with the folder that must outlive its reading.
    func keep(_ csv: String) throws -> (file: String, scratch: Scratch) { (try write(csv, as: "data.csv"), self) }
}
