import Experiments
import Foundation
import Runtime
import Testing

/// A pattern names many Parquet files, and what identifies the data covers all of them.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, InstalledEngine.missing)) struct SeveralFilesTests {
    private let scratch: Scratch
    private let spec: ExperimentSpec

    init() throws {
        scratch = try Scratch()
        spec = try ExperimentSpec.read(
            yaml: Scratch.plainSpec.replacing(
                "data: data.csv", with: "data: {file: \"units/*.parquet\"}"),
            file: "spec.yaml")
    }

    private func write(_ name: String, _ range: Range<Int>) throws -> String {
        try scratch.writeParquet(
            """
            SELECT 'u' || i AS id, CASE WHEN i % 2 = 0 THEN 'c' ELSE 't' END AS t, i % 5 AS y, i AS x
            FROM range(\(range.lowerBound), \(range.upperBound)) r(i)
            """, as: name)
    }

    private func read() throws -> Experiment {
        try Experiment.read(spec: spec, folder: scratch.folder).experiment
    }

    /// Rows come file by file in the order of the names.
    @Test func allFilesAreRead() throws {
        _ = try write("units/b.parquet", 30..<50)
        _ = try write("units/a.parquet", 0..<30)
        let experiment = try read()
        #expect(experiment.unitCount == 50)
        let byRow = zip(experiment.units.rows, experiment.covariates[0].values).sorted { $0.0 < $1.0 }.map(\.1)
        #expect(byRow == byRow.sorted())
    }

    @Test func aFileAddedLaterIsTold() throws {
        _ = try write("units/a.parquet", 0..<30)
        let digest = try read().dataDigest
        func now() throws -> DataDigest { try DataFile.quickDigest(of: spec, inFolder: scratch.folder) }
        func whole() throws -> DataDigest {
            try DataFile.digest(of: spec, inFolder: scratch.folder, cancellation: Cancellation())
        }
        #expect(try now().bytes == digest.bytes && now().modified == digest.modified)
        #expect(try whole() == digest)
        _ = try write("units/b.parquet", 30..<50)
        #expect(try now().bytes > digest.bytes)
        #expect(try whole().sha256 != digest.sha256)
    }

    @Test func patternsThatCannotBe() throws {
        #expect {
            try read()
        } throws: { "\($0)".hasSuffix("/units/*.parquet: no file matches this pattern; check the path.") }
        _ = try write("units/a.parquet", 0..<30)
        try AtomicFile.write(Data("id,t,y,x\n".utf8), to: scratch.folder + "/units/b.parquet")
        #expect {
            try read()
        } throws: { "\($0)".contains("/units/b.parquet: the pattern ") && "\($0)".contains("is no Parquet file") }
    }

    @Test func whereWhatIsMadeOfThemGoes() {
        #expect(DataFile.home(of: "/data/units/*.parquet") == ("/data/units", "units"))
        #expect(DataFile.home(of: "units/day=*/*.parquet") == ("units", "units"))
        #expect(DataFile.home(of: "/data/units.csv.gz") == ("/data", "units"))
        #expect(DataFile.home(of: "units.parquet") == ("", "units"))
    }
}
