import Experiments
import Foundation
import Runtime
import Testing
import Warehouses

/// Parquet files give what the same rows as CSV give.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, InstalledEngine.missing)) struct ParquetTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let rows = """
        SELECT 'u' || i AS id, CASE WHEN i % 2 = 0 THEN 'c' ELSE 't' END AS t, (i * 7 % 5)::DOUBLE AS y,
          CASE WHEN i % 9 = 0 THEN NULL ELSE i / 3.0::DOUBLE END AS x,
          CASE WHEN i % 7 = 0 THEN NULL ELSE 'city, ' || i % 4 END AS z, i % 3 = 0 AS b
        FROM range(200) r(i)
        """
    private static let spec = Scratch.plainSpec.replacing("[x]", with: "[x, z, b]")

    private func experiment(_ data: String, spec: String = spec) throws -> Experiment {
        try Experiment.read(
            spec: ExperimentSpec.read(yaml: spec.replacing("data.csv", with: data), file: "spec.yaml"),
            folder: scratch.folder, context: RunContext(workers: Workers(count: 2))
        ).experiment
    }

    /// Everything of an experiment that must not depend on the form of its file.
    private func arrays(_ experiment: Experiment) -> [[Double]] {
        var arrays: [[Double]] = [
            experiment.units.keys.map { Double($0 >> 11) }, experiment.units.rows.map { Double($0) },
        ]
        arrays.append(experiment.assignment.map { Double($0) })
        arrays.append(experiment.outcomes[0].observed.values.map { Double($0) })
        for covariate in experiment.covariates {
            arrays.append(covariate.values.map { $0.isNaN ? -1e9 : Double($0) })
        }
        return arrays
    }

    @Test func theSameExperimentAsFromCSV() throws {
        let path = try scratch.writeParquet(Self.rows, as: "data.parquet")
        let duckdb = DuckDBCommand(try #require(InstalledEngine.duckdb))
        let csv = try duckdb.stream("SELECT * FROM read_parquet('\(path)')").rest(cancellation: Cancellation())
        _ = try scratch.write(Array("id,t,y,x,z,b\n".utf8) + csv, as: "data.csv")
        let expected = try experiment("data.csv")
        let made = try experiment("data.parquet")
        #expect(arrays(made) == arrays(expected))
        #expect(made.covariates.map(\.encoding) == expected.covariates.map(\.encoding))
        #expect(made.arms == ["c", "t"])
        // By its bytes a file is Parquet, whatever its name.
        try FileManager.default.moveItem(atPath: path, toPath: scratch.folder + "/units.bin")
        #expect(try arrays(experiment("units.bin")) == arrays(expected))
    }

    /// Each type's values, as the reader takes them.
    @Test(arguments: [
        ("i::TINYINT", [-1, nil, 1]), ("i * 4503599627370496", [-4_503_599_627_370_496, nil, 4_503_599_627_370_496]),
        ("(0.1 * i)::FLOAT", [-Double(Float(0.1)), nil, Double(Float(0.1))]), ("0.1::DOUBLE * i", [-0.1, nil, 0.1]),
        ("(1.25 * i)::DECIMAL(38, 10)", [-1.25, nil, 1.25]), ("i > 0", [0, nil, 1]),
        ("(i * 170141183460469231731687303715884105727)::HUGEINT", [-0x1p127, nil, 0x1p127]),
    ])
    func numbers(expression: String, expected: [Double?]) throws {
        let path = try scratch.writeParquet(
            "SELECT \(expression) AS x FROM (VALUES (-1), (NULL), (1)) v(i)", as: "x.parquet")
        for reading in [ColumnReading.number, .undecided] {
            var reader = TableReader(path: path)
            try reader.want("x", reading, for: "covariate")
            #expect(try reader.read().numbers("x").map { $0.isNaN ? nil : $0 } == expected)
        }
    }

    @Test(arguments: [
        ("'0' || i", ["01", nil, "02"]), ("' a ' || i", [" a 1", nil, " a 2"]),
        ("'\"x\",' || i", ["\"x\",1", nil, "\"x\",2"]),
        ("E'two\\nlines' || i", ["two\nlines1", nil, "two\nlines2"]),
        ("DATE '2024-02-28' + i::INTEGER", ["2024-02-29", nil, "2024-03-01"]),
        (
            "TIMESTAMP '2024-05-01 12:30:00.5' + to_days(i::INTEGER)",
            ["2024-05-02 12:30:00.5", nil, "2024-05-03 12:30:00.5"]
        ),
        (
            "TIMESTAMPTZ '2024-05-01 12:30:00+02' + to_days(i::INTEGER)",
            ["2024-05-02 10:30:00", nil, "2024-05-03 10:30:00"]
        ),
        ("('v' || i)::ENUM('v1', 'v2')", ["v1", nil, "v2"]),
    ])
    func texts(expression: String, expected: [String?]) throws {
        let path = try scratch.writeParquet(
            "SELECT \(expression) AS x FROM (VALUES (1), (NULL), (2)) v(i)", as: "x.parquet")
        for reading in [ColumnReading.undecided, .text, .label] {
            var reader = TableReader(path: path)
            try reader.want("x", reading, for: "covariate")
            guard case .levels(let codes, let names)? = try reader.read()["x"] else {
                Issue.record("\(reading) gave no levels")
                continue
            }
            #expect(codes.map { $0 < 0 ? nil : names[Int($0)] } == expected)
        }
    }

    /// A level is called alike whether integers, decimals or doubles hold it.
    @Test func levelsOfNumbers() throws {
        let path = try scratch.writeParquet("SELECT i::DOUBLE AS d, i AS i FROM range(3) r(i)", as: "x.parquet")
        var reader = TableReader(path: path)
        for name in ["d", "i"] { try reader.want(name, .text, for: "covariate") }
        let table = try reader.read()
        for name in ["d", "i"] {
            guard case .levels(_, let names)? = table[name] else { continue }
            #expect(names == ["0", "1", "2"])
        }
    }

    @Test(arguments: [
        ("[1, 2]", "covariate", ColumnReading.undecided, "INTEGER[], which are neither numbers nor texts"),
        ("{'a': 1}", "covariate", .number, "STRUCT(a INTEGER), which are neither numbers nor texts"),
        ("'ab'::BLOB", "outcome", .number, "BLOB, which are neither numbers nor texts"),
        ("1.0::DOUBLE", "unit", .key, "DOUBLE, and ids are integers or texts"),
    ])
    func aTypeThatCannotBeReadIsOneSentence(
        expression: String, purpose: String, reading: ColumnReading, sentence: String
    ) throws {
        let path = try scratch.writeParquet("SELECT \(expression) AS x, 1 AS y", as: "x.parquet")
        var reader = TableReader(path: path)
        try reader.want("x", reading, for: purpose)
        #expect {
            try reader.read()
        } throws: { "\($0)".hasPrefix("\(path): the \(purpose) column \"x\" holds values of the type \(sentence); ") }
    }

    /// A row counts as a line, whatever line breaks texts hold.
    @Test func whatIsWrongIsToldByRow() throws {
        let path = try scratch.writeParquet(
            "SELECT E'a\\nb' || i AS id, CASE WHEN i = 2 THEN 'high' ELSE '1' END AS x FROM range(4) r(i)",
            as: "x.parquet")
        var reader = TableReader(path: path)
        try reader.want("id", .identity, for: "unit")
        try reader.want("x", .number, for: "outcome")
        #expect {
            try reader.read()
        } throws: { "\($0)".hasPrefix("\(path):3: the outcome column \"x\" holds \"high\", which is not a number") }
        var other = TableReader(path: path)
        try other.want("xx", .number, for: "outcome")
        #expect {
            try other.read()
        } throws: { "\($0)" == "\(path): there is no column \"xx\" for the outcome; perhaps \"x\" is meant." }
    }

    @Test func aDamagedFileIsOneSentence() throws {
        let path = try scratch.writeParquet(Self.rows, as: "data.parquet")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let cut = try scratch.write(Array(bytes[..<(bytes.count / 2)]), as: "cut.parquet")
        #expect {
            try experiment("cut.parquet")
        } throws: { "\($0)" == "\(cut): this is no whole Parquet file; write it again." }
    }

    @Test func aProposalLeavesOutWhatItCannotRead() throws {
        let path = try scratch.writeParquet(
            "SELECT *, i AS user_id, i * 1.5::DOUBLE AS account_id, [i] AS history FROM (\(Self.rows.replacing("SELECT", with: "SELECT i,"))) q",
            as: "units.parquet")
        let text = try SpecProposal.propose(dataPath: path)
        let spec = try ExperimentSpec.read(yaml: text, file: "proposal.yaml")
        #expect(spec.name == "units" && spec.treatment.column == "t")
        #expect(text.contains("\"history\", its values are of the type \"BIGINT[]\""))
        #expect(!spec.covariates.contains { $0.column == "history" })
    }
}
