import Experiments
import Runtime
import Testing

/// Ids are texts: identity is judged on how they are written.
@Suite struct IdTests {
    private func unit(_ proposal: String) throws -> UnitIdentity {
        try ExperimentSpec.read(yaml: proposal, file: "proposal.yaml").unit
    }

    private static let ids: [@Sendable (Int) -> String] = [
        { "\(1_152_921_504_606_846_976 + $0)" }, { "0x\(String($0 + 4096, radix: 16))" },
        { String(0x1e78_2196 + $0 * 7_919_317, radix: 16) },
        { $0 == 9 ? "NA" : "\(100 + $0)" }, { $0 == 9 ? "None" : "u\($0)" }, { $0 % 2 == 0 ? "\($0)" : "0\($0 - 1)" },
        { $0 == 4 ? "Infinity" : "name\($0)" }, { "-\($0)" }, { "\($0).0" }, { "9007199254740\($0 + 993)" },
    ]

    @Test(arguments: ids)
    func idsAreTexts(id: @Sendable (Int) -> String) throws {
        var file = UncleanFile()
        file.map("user_id") { row, _ in id(row) }
        #expect(try unit(file.proposal()) == .column("user_id"))
        let reading = try file.read()
        #expect(reading.notes.duplicates == DuplicateUnits() && reading.experiment.unitCount == 190)
        // On the set-up screen too it can be made the unit.
        let scratch = try Scratch()
        let draft = try SpecProposal.draft(dataPath: scratch.write(file.text, as: "data.csv"))
        #expect(draft.refusal(of: .unit, for: "user_id") == nil && draft.unit == "user_id")
        #expect(draft[column: "user_id"]?.examples.first == id(0))
    }

    @Test func idsThatRepeatAreTold() throws {
        var file = UncleanFile()
        file.map("user_id") { row, _ in "\(row / 3)" }
        let proposal = try file.proposal()
        #expect(try unit(proposal) == .row)
        #expect(proposal.contains("# ") && proposal.contains("user_id repeats (64 values in 190 rows)"))
        #expect(!proposal.contains("  - user_id"))
        #expect(proposal.contains("left out: \"user_id\", it is named like an id"))
    }

    /// A second id is no covariate; a class that is named like an id is one of levels.
    @Test func idsAreNoCovariates() throws {
        var file = UncleanFile()
        file.add("household_id") { "\(5_000 + $0 / 2 * 3 % 170)\($0 % 2)" }
        file.add("session_key") { "\(700_000 + $0 * 13)" }
        file.add("store_id") { "\($0 % 9)" }
        let spec = try ExperimentSpec.read(yaml: file.proposal(), file: "proposal.yaml")
        #expect(
            spec.covariates.map(\.column) == ["age", "country", "store_id"]
                && spec.covariates.last?.kind == .categorical)
    }

    @Test(arguments: ["1.23E+12", "9.87654E+11", "1e+15"])
    func idsThatASpreadsheetRounded(id: String) throws {
        var file = UncleanFile()
        file.map("user_id") { row, old in row < 40 ? id : "12345678901\(row)" }
        let report = try file.report()
        let told = report.told(.duplicateUnits)
        #expect(told.contains { $0.contains("40 ids of \"user_id\" are written as 1.23E+12, first on line 2") })
        #expect(try file.proposal().contains("ids that a spreadsheet has rounded (line 2)"))
    }

    /// An id as it is written in the first file and, in every tenth row, in the joined one.
    struct Spelling: Sendable {
        let here: @Sendable (Int) -> String
        let there: @Sendable (Int) -> String
        let sentence: String
    }

    private static let spellings = [
        Spelling(here: { "\($0)" }, there: { "\($0).0" }, sentence: "\"0.0\" where data.csv has \"0\""),
        Spelling(here: { "U\($0)" }, there: { "u\($0)" }, sentence: "\"u0\" where data.csv has \"U0\""),
        Spelling(here: { "0\($0 + 100)" }, there: { "\($0 + 100)" }, sentence: "\"100\" where data.csv has \"0100\""),
        Spelling(
            here: { "\"a \($0)\"" }, there: { "\"a \($0) \"" }, sentence: "\"a 0 \" where data.csv has \"a 0\""),
    ]

    @Test(arguments: spellings)
    func joinsThatAreSpeltInTwoWays(spelling: Spelling) throws {
        let (here, there) = (spelling.here, spelling.there)
        var file = UncleanFile()
        file.map("user_id") { row, _ in here(row) }
        let outcomes = file.values("converted")
        for row in file.rows.indices { file.rows[row].removeSubrange(5...) }
        file.header.removeSubrange(5...)
        let scratch = try Scratch()
        _ = try scratch.write(
            (["user_id,converted"] + outcomes.enumerated().map { "\($0 % 10 == 0 ? there($0) : here($0)),\($1)" })
                .joined(separator: "\n"), as: "metrics.csv")
        let spec = UncleanFile.spec.replacing("data: data.csv", with: "data: [data.csv, {file: metrics.csv}]")
        let failed = try #require(try scratch.failure(Array(file.text.utf8), spec: spec))
        #expect(
            failed.hasPrefix(
                "data.csv: 19 units of data.csv have no row in metrics.csv, and 19 rows there are of units"))
        #expect(failed.contains(spelling.sentence), "\(failed)")
        // With a rule for missing outcomes the check says the same.
        let ruled = spec.replacing("direction: maximize", with: "direction: maximize, missing: drop")
        let report = try HealthReport.examine(scratch.read(file.text, spec: ruled))
        let told = report.told(.joins)
        #expect(told.count == 1 && told[0].hasPrefix("warning") && told[0].contains("stands here where data.csv has"))
    }
}
