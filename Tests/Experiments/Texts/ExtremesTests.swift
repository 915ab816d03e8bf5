import Experiments
import Foundation
import Runtime
import Testing

/// Values, separators, names and shares at the edge of what can be read.
@Suite struct ExtremesTests {
    private static let outlierSpec = UncleanFile.spec.replacing("name: converted", with: "name: revenue")

    @Test(arguments: ["9223372036854775807", "1e18", "9999999999", "-1e17", "1e30"])
    func outliersThatFloatsCannotHoldApart(value: String) throws {
        var file = UncleanFile(rows: 3000)
        file.map("revenue") { row, _ in row == 3 ? value : "\(row * 7919 % 100)" }
        let reading = try file.read(Self.outlierSpec)
        guard reading.experiment.units.rows[reading.experiment.tune].contains(4) else {
            Issue.record("the extreme unit is to be one of the tune split")
            return
        }
        let told = try HealthReport.examine(reading).told(.outliers)
        #expect(told.count == 1 && told[0].hasPrefix("warning: 99.95% of the variance of the outcome"), "\(told)")
    }

    @Test func aRareEventIsNoOutlier() throws {
        var file = UncleanFile(rows: 3000)
        file.map("revenue") { row, _ in row < 3 ? "1" : "0" }
        let report = try file.report(Self.outlierSpec)
        #expect(report.told(.outliers).isEmpty)
        #expect(
            report.told(.outcomes).contains { $0.contains("has only 3 events, by arm \"control\" 2, \"treated\" 1") })
    }

    @Test(arguments: [(9, true), (30, false)])
    func fewEvents(events: Int, isTold: Bool) throws {
        var file = UncleanFile(rows: 400)
        file.map("converted") { row, _ in row % 2 == 1 && row < 2 * events ? "0" : row % 4 == 0 ? "0" : "1" }
        // Amounts that are nearly always 0 count as events too.
        file.map("revenue") { row, _ in row < 2 * events ? "\(row + 1).5" : "0" }
        let report = try file.report(Self.outlierSpec)
        #expect(report.told(.outcomes).contains { $0.contains("events, by arm") } == isTold)
    }

    @Test func winsorisingToAConstantIsSaid() throws {
        var file = UncleanFile()
        file.map("revenue") { row, _ in row % 10 == 0 ? "\(row)" : "0" }
        let spec = Self.outlierSpec.replacing("direction: maximize", with: "direction: maximize, winsorize: 0.6")
        let told = try file.report(spec).told(.outcomes)
        #expect(
            told.contains {
                $0.hasPrefix(
                    "blocking: winsorize: 0.6 clips every value of \"revenue\" to 0, because 90.53% of the units")
            }, "\(told)")
    }

    @Test(arguments: [
        (";", "\";\"; a CSV file needs commas"),
        ("\t", "\"\\t\"; a CSV file needs commas (name a file with tabs .tsv)"),
        ("|", "\"|\"; a CSV file needs commas"),
    ])
    func otherSeparators(mark: String, sentence: String) throws {
        var file = UncleanFile()
        file.separator = mark
        let scratch = try Scratch()
        let path = try scratch.write(file.text, as: "data.csv")
        let error = #expect(throws: EspalierError.self) { try SpecProposal.draft(dataPath: path) }
        #expect(error?.description == "\(path):1: the columns seem to be separated by \(sentence).")
        #expect(try file.failure()?.contains("the columns seem to be separated by \(sentence)") == true)
        // A comma in one name does not hide it.
        file.header[2] = "\"age, years\""
        _ = try scratch.write(file.text, as: "data.csv")
        let hidden = #expect(throws: EspalierError.self) { try SpecProposal.draft(dataPath: path) }
        #expect(hidden?.message.contains("seem to be separated") == true || hidden?.message.contains("quote") == true)
    }

    @Test(arguments: ["sep=;", "sep=,", "SEP=\t", "\"sep=;\""])
    func separatorsForSpreadsheets(line: String) throws {
        var file = UncleanFile()
        file.prefix = line + "\n"
        let scratch = try Scratch()
        let path = try scratch.write(file.text, as: "data.csv")
        let error = #expect(throws: EspalierError.self) { try SpecProposal.propose(dataPath: path) }
        #expect(error?.line == 1 && error?.message.contains("tells a spreadsheet the separator") == true)
        #expect(try file.failure()?.contains("remove that line") == true)
    }

    @Test(arguments: [
        ("\"visits\n(28 days)\"", "line break"), ("\"visits\r\n28\"", "line break"), ("vis\u{7}its", "control"),
    ])
    func namesThatNoSpecCanHold(name: String, kind: String) throws {
        var file = UncleanFile()
        file.header[4] = name
        let scratch = try Scratch()
        var draft = try SpecProposal.draft(dataPath: scratch.write(file.text, as: "data.csv"))
        #expect(draft.columns.count == 7)
        #expect(draft.yaml.contains("its name holds a \(kind)") && draft.yaml.contains("which no spec can name"))
        let column = draft.columns[4].name
        #expect(draft.part(of: column) == .leftOut && draft.give(.covariate, to: column) != nil)
        #expect(try ExperimentSpec.read(yaml: draft.yaml, file: "p.yaml").covariates.count == 2)
    }

    @Test func columnsWithoutANameAreCounted() throws {
        var file = UncleanFile()
        file.header[2] = ""
        #expect(try file.proposal().contains("left out: 1 column without a name"))
    }

    @Test(arguments: [(0.00001, "0.001%"), (0.000049, "0.005%"), (0.0001, "0.01%"), (0.25, "25.00%")])
    func smallProbabilities(share: Double, text: String) throws {
        var file = UncleanFile(rows: 400)
        file.add("p") { row in row == 0 ? "\(1 - share)" : "0.5" }
        file.add("q") { row in row == 0 ? "\(share)" : "0.5" }
        let spec = UncleanFile.spec.replacing("shares: [1, 1]", with: "propensities: [p, q]")
        let overlap = try #require(try file.report(spec).findings.first { $0.check == .overlap })
        #expect(overlap.sentence.contains("is \(text), of"), "\(overlap.sentence)")
    }

    @Test(arguments: [
        ("data.csv", "out", "../data.csv"), ("./data.csv", "out/deep", "../../data.csv"),
        ("out/data.csv", "out", "data.csv"),
        ("data.csv", "", "data.csv"), ("/tmp/data.csv", "out", "/tmp/data.csv"),
        ("../x/data.csv", ".", "../x/data.csv"),
    ])
    func pathsFromTheSpecsFolder(data: String, folder: String, path: String) {
        #expect(DataFile.relative(data, toFolder: folder) == path)
    }
}
