import Experiments
import Foundation
import Statistics
import Testing

/// Expected outcomes by unit, from a file beside an experiment's data.
struct TruthFile {
    private let table: CovariateTable
    private let rows: [UInt64: Int]

    init(_ path: String, unit: UnitIdentity, columns: [String]) throws {
        table = try CovariateTable.read(path, unit: unit, encodings: [], extras: columns)
        rows = Dictionary(uniqueKeysWithValues: table.ids.keys.enumerated().map { ($1, $0) })
    }

    /// The mean square of an estimate's distance from the true effect over all units, and that of the true mean effect.
    /// - Parameter effects: scaled.
    func pehe(
        _ effects: [Float], _ experiment: Experiment, outcome: Int, control: String, treated: String
    ) throws -> (pehe: Double, constant: Double) {
        let (base, own) = (try #require(table.extras[control]), try #require(table.extras[treated]))
        let scale = experiment.outcomes[outcome].observed.scale
        var (errors, truth) = (Moments(), Moments())
        for (unit, key) in experiment.units.keys.enumerated() {
            let row = try #require(rows[key])
            let effect = own[row] - base[row]
            let error = scale * Double(effects[unit]) - effect
            errors.add(error * error)
            truth.add(effect)
        }
        return (errors.mean, truth.deviations / Double(truth.count))
    }

    /// A file of the bundled sample.
    static func sample(_ name: String) -> String {
        folder(above: 3).appendingPathComponent("sample-data/notifications/\(name)").path
    }

    /// Public data beside the checkout, where they are.
    static let ihdp: String? = {
        let path = folder(above: 4).appendingPathComponent("shared/data/ihdp_npci_1.csv.gz").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    private static func folder(above levels: Int) -> URL {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<levels { folder.deleteLastPathComponent() }
        return folder
    }
}
