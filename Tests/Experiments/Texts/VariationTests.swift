import Experiments
import Foundation
import Runtime
import Testing

/// Files as people bring them, by kind: what is read, what is told, and with which remedy.
@Suite struct VariationTests {
    private func covariate(_ name: String, _ reading: ExperimentReading) -> Covariate? {
        reading.experiment.covariates.first { $0.name == name }
    }

    private func clean() throws -> [Float]? { try covariate("visits", UncleanFile().read())?.values }

    /// Other ways to write a plain number are read as that number without a word.
    @Test(arguments: [
        "plus", "point behind", "full-width", "Arabic-Indic", "Devanagari", "padded", "exponent", "zeros behind",
    ])
    func numbersInOtherClothes(kind: String) throws {
        var file = UncleanFile()
        func digits(_ text: String, from zero: UInt32) -> String {
            String(String.UnicodeScalarView(text.unicodeScalars.compactMap { Unicode.Scalar($0.value - 48 + zero) }))
        }
        file.map("visits") { _, value in
            switch kind {
            case "plus": "+\(value)"
            case "point behind": "\(value)."
            case "full-width": digits(value, from: 0xff10)
            case "Arabic-Indic": digits(value, from: 0x660)
            case "Devanagari": digits(value, from: 0x966)
            case "padded": "\"\u{a0}\(value)\u{3000}\""
            case "exponent": "\(value)e0"
            default: "\(value).000"
            }
        }
        let reading = try file.read()
        #expect(try covariate("visits", reading)?.values == clean())
        #expect(covariate("visits", reading)?.encoding == .numeric(centre: 0))
    }

    /// What is declared is read: the formats of a column, whole and in part.
    @Test(arguments: [
        ("'", "{thousands: \"'\"}"), ("\u{a0}", "{thousands: \"\u{a0}\"}"), ("_", "{thousands: \"_\"}"),
    ])
    func thousandsAreReadAsDeclared(mark: String, format: String) throws {
        var plain = UncleanFile()
        plain.map("visits") { _, value in "\((Int(value) ?? 0) * 137)" }
        var file = plain
        file.map("visits") { _, value in
            value.count > 3 ? "\(value.dropLast(3))\(mark)\(value.suffix(3))" : value
        }
        #expect(try file.report().told(.covariates).contains { $0.contains("text: {thousands: ") })
        let spec = UncleanFile.spec.replacing("visits]", with: "{column: visits, kind: numeric, text: \(format)}]")
        #expect(try covariate("visits", file.read(spec))?.values == covariate("visits", plain.read())?.values)
    }

    @Test(arguments: ["-", "()"])
    func losses(kind: String) throws {
        var plain = UncleanFile()
        plain.map("visits") { row, value in row % 9 == 0 ? "-7" : value }
        var file = UncleanFile()
        file.map("visits") { row, value in row % 9 == 0 ? kind == "-" ? "7-" : "(7)" : value }
        let failure = try #require(try file.failure())
        #expect(failure.contains("data.csv:2") && failure.contains("text: {thousands: \",\"}"), "\(failure)")
        let spec = UncleanFile.spec.replacing(
            "visits]", with: "{column: visits, kind: numeric, text: {thousands: \",\"}}]")
        #expect(try covariate("visits", file.read(spec))?.values == covariate("visits", plain.read())?.values)
    }

    /// Quantities with units, as durations, in another base: never levels without a word.
    @Test(arguments: [
        ("kg", "{currency: \"kg\"}"), (" ms", "{currency: \"ms\"}"), ("h", "{currency: \"h\"}"),
        ("%", "{percent: true}"),
        (" €", "{currency: \"€\"}"), (":30", "all begin with a digit, such as"), (" x 3", "all begin with a digit"),
        ("k7", "all begin with a digit"),
    ])
    func quantitiesAreTold(suffix: String, part: String) throws {
        var file = UncleanFile()
        file.map("visits") { _, value in value + suffix }
        let told = try file.report().told(.covariates)
        #expect(told.contains { $0.hasPrefix("warning") && $0.contains("\"visits\"") && $0.contains(part) }, "\(told)")
        #expect(told.contains { $0.contains("kind: categorical") && $0.contains("visits") })
    }

    /// Levels that are one to a reader.
    @Test(arguments: [
        ("DE", "de"), ("DE", "\"DE\u{a0}\""), ("New York", "\"New  York\""), ("1x", "１x"), ("Ü", "ü"), ("a1", "A1"),
        ("007", "7"), ("1", "1.0"),
    ])
    func levelsThatLookAlike(usual: String, other: String) throws {
        var file = UncleanFile()
        file.map("country") { row, _ in row % 3 == 0 ? "Zz" : row % 10 == 1 ? other : usual }
        let spec = UncleanFile.spec.replacing(" country", with: " {column: country, kind: categorical}")
        let told = try file.report(spec).told(.covariates)
        #expect(
            told.count == 1 && told[0].hasPrefix("warning") && told[0].contains("holds levels that look alike"),
            "\(told)")
        #expect(told.first?.contains("rows and") == true)
    }

    @Test(arguments: [["4.1", "4.10"], ["A", "B"], ["a b", "ab"], ["v1", "v10"]])
    func levelsThatDiffer(levels: [String]) throws {
        var file = UncleanFile()
        file.map("country") { row, _ in levels[row % 2] }
        let spec = UncleanFile.spec.replacing(" country", with: " {column: country, kind: categorical}")
        #expect(try file.report(spec).told(.covariates).isEmpty)
    }

    /// What to write in the spec for outcomes of one or two words and a mark; written so, the file is read.
    @Test(arguments: [
        ("bought", "-", "text: {yes: [\"bought\"], no: [\"-\"]}", true),
        ("x", "-", "text: {yes: [\"x\"], no: [\"-\"]}", true),
        ("✓", "", "text: {yes: [\"✓\"]} and missing: zero", false), ("won", "lost", "under yes", false),
        ("Ja", "Nein", "text: {yes: [\"Ja\"], no: [\"Nein\"]}", true),
        ("T", "F", "text: {yes: [\"T\"], no: [\"F\"]}", true),
    ])
    func answersOfOutcomes(yes: String, no: String, remedy: String, isWhole: Bool) throws {
        var file = UncleanFile()
        file.map("converted") { _, value in value == "1" ? yes : no }
        let failure = try #require(try file.failure())
        #expect(failure.contains(remedy), "\(failure)")
        guard isWhole else { return }
        let spec = UncleanFile.spec.replacing("direction: maximize", with: "direction: maximize, \(remedy)")
        let (made, plain) = (try file.read(spec).experiment, try UncleanFile().read().experiment)
        #expect(made.outcomes[0].observed.values == plain.outcomes[0].observed.values)
    }

    /// A dash among answers is a no or a missing value; both are said.
    @Test func aDashAmongAnswers() throws {
        var file = UncleanFile()
        file.map("converted") { row, value in row % 10 == 0 ? "-" : value == "1" ? "yes" : "no" }
        let failure = try #require(try file.failure())
        #expect(
            failure.contains("text: {yes: [\"yes\"], no: [\"no\", \"-\"]} in the outcome's spec if \"-\" is a no"),
            "\(failure)")
        #expect(failure.contains("missing: drop if it is missing"))
        let spec = UncleanFile.spec.replacing(
            "direction: maximize", with: "direction: maximize, text: {yes: [\"yes\"], no: [\"no\", \"-\"]}")
        #expect(try file.read(spec).experiment.unitCount == 190)
    }

    @Test func aDashAmongZerosAndOnes() throws {
        var file = UncleanFile()
        file.map("converted") { row, value in row % 10 == 0 ? "-" : value }
        let failure = try #require(try file.failure())
        #expect(
            failure.contains("is missing in 19 rows, here first (\"-\" in 19); say missing: zero or missing: drop"),
            "\(failure)")
    }

    @Test func aWordAndAMarkAreProposedAsYesAndNo() throws {
        var file = UncleanFile()
        file.map("converted") { _, value in value == "1" ? "bought" : "-" }
        let proposal = try file.proposal()
        #expect(proposal.contains("name: converted") && proposal.contains("text: {yes: [\"bought\"], no: [\"-\"]}"))
    }

    /// Times as numbers are left out and told.
    @Test(arguments: [
        ("created_at", 1_714_550_400, 3_600, "seconds since 1970"),
        ("ts", 1_714_550_400_000, 3_600_000, "milliseconds since 1970"),
        ("signup", 45_000, 1, "days of a spreadsheet"),
    ])
    func timesAsNumbers(name: String, start: Int, step: Int, unit: String) throws {
        var file = UncleanFile()
        file.add(name) { "\(start + $0 * step)" }
        let proposal = try file.proposal()
        #expect(proposal.contains("left out: \"\(name)\", it holds dates"), "\(proposal)")
        let told = try file.report(UncleanFile.spec.replacing("[age", with: "[\(name), age")).told(.covariates)
        #expect(told.contains { $0.contains("\"\(name)\" seems to hold times as \(unit)") }, "\(told)")
    }

    @Test(arguments: [("balance_at", 1_000, 1), ("age_days", 40_000, 10_000), ("amount", 1_714_550_400, 60)])
    func otherNumbersAreNoTimes(name: String, start: Int, step: Int) throws {
        var file = UncleanFile()
        file.add(name) { "\(start + $0 * step)" }
        #expect(try file.report(UncleanFile.spec.replacing("[age", with: "[\(name), age")).told(.covariates).isEmpty)
    }

    /// Lines that are no units.
    @Test(arguments: ["Total", "TOTAL", "Grand Total", "sum"])
    func totalsRows(word: String) throws {
        var file = UncleanFile()
        file.rows.append([word, "control", "", "", "9000", "44", "2000"])
        for failure in [try #require(try file.failure()), try proposalFailure(file)] {
            #expect(failure.contains("data.csv:192: this line seems to hold totals, not a unit"), "\(failure)")
        }
    }

    @Test func aRepeatedHeader() throws {
        var file = UncleanFile()
        file.rows.insert(file.header, at: 99)
        for failure in [try #require(try file.failure()), try proposalFailure(file)] {
            #expect(failure.contains("data.csv:101: this line seems to repeat the header"), "\(failure)")
        }
    }

    private func proposalFailure(_ file: UncleanFile) throws -> String {
        do {
            return try file.proposal()
        } catch let error as EspalierError {
            return error.description
        }
    }

    /// Headers that are none, and other separators.
    @Test(arguments: [
        (
            "# exported in 2024\n", ",", "the first line must hold the columns' names",
            "the first line, \"# exported in 2024\", must hold"
        ),
        ("", ";", "separated by \";\"", "separated by \";\""), ("", "\t", "separated by", "separated by"),
        ("", "|", "separated by \"|\"", "separated by \"|\""),
    ])
    func headersThatAreNone(prefix: String, separator: String, proposed: String, checked: String) throws {
        var file = UncleanFile()
        file.prefix = prefix
        file.separator = separator
        if separator == ";" { file.map("revenue") { _, value in value.replacing(".", with: ",") } }
        #expect(try proposalFailure(file).contains(proposed))
        #expect(try #require(try file.failure()).contains(checked))
    }

    /// Ids are texts, however much they look like numbers.
    @Test(arguments: ["1e5", "blanks", "huge", "zeros", "hexadecimal", "email", "negative", "uuid"])
    func idsAreTexts(kind: String) throws {
        var file = UncleanFile()
        file.map("user_id") { row, _ in
            switch kind {
            case "1e5": "\(row)e5"
            case "blanks": "u \(row)"
            case "huge": "1234567890123456789012345\(1000 + row)"
            case "zeros": row % 2 == 0 ? "0\(row / 2)" : "\(row / 2)"
            case "hexadecimal": String(1_000_000 + row * 7919, radix: 16)
            case "email": "u\(row)@x.org"
            case "negative": "-\(row)"
            default: "0000\(1000 + row)-1e23-4a5b-8c7d-000000000000"
            }
        }
        let reading = try file.read()
        #expect(reading.experiment.unitCount == 190 && Set(reading.experiment.units.keys).count == 190)
        #expect(try HealthReport.examine(reading).told(.duplicateUnits).isEmpty)
        #expect(try file.proposal().contains("unit: user_id"))
    }

    /// JSON lines: objects may lack what others have.
    @Test func objectsMayLackKeys() throws {
        let file = UncleanFile()
        let lines = file.rows.enumerated().map { row, values in
            let fields = zip(file.header, values).filter { $0.0 != "visits" || row % 9 != 0 }
            return "{" + fields.map { "\"\($0)\": \(Double($1) == nil ? "\"\($1)\"" : $1)" }.joined(separator: ", ")
                + "}"
        }
        let scratch = try Scratch()
        let path = try scratch.write(lines.joined(separator: "\n") + "\n", as: "data.jsonl")
        let spec = try ExperimentSpec.read(
            yaml: UncleanFile.spec.replacing("data.csv", with: "data.jsonl"), file: "spec.yaml")
        let reading = try Experiment.read(spec: spec, folder: scratch.folder)
        #expect(covariate("visits", reading)?.values.count { $0.isNaN } == 22)
        #expect(try SpecProposal.propose(dataPath: path).contains("visits"))
    }

    @Test func anArrayIsNoLines() throws {
        let array = Array("[{\"a\": 1}, {\"a\": 2}]".utf8)
        let failure = try #require(try Scratch().failure(array, spec: UncleanFile.spec))
        #expect(failure.contains("this is one JSON array") && failure.contains("jq -c"))
    }
}
