import Experiments
import Runtime
import Testing

/// What a column is, judged on its texts.
@Suite struct ColumnKindTests {
    private func covariate(_ name: String, _ reading: ExperimentReading) -> Covariate? {
        reading.experiment.covariates.first { $0.name == name }
    }

    /// Marks of missing values among numbers: the column stays numeric, they are missing, and `check` names them.
    @Test(arguments: [
        "-", "--", ".", "n/a", "na", "Na", "N/a", "\\N", "#N/A", "#n/a", "<NA>", "none", "Null", "NONE", "(null)", "?",
        "nil",
        "NaT", "#DIV/0!", "missing", "—", "*", "#VALUE!", "\" - \"", "\"n/a \"",
    ])
    func marksOfMissingNumbers(mark: String) throws {
        var file = UncleanFile()
        file.map("visits") { row, value in row % 12 == 0 ? mark : value }
        let reading = try file.read()
        let visits = try #require(covariate("visits", reading))
        #expect(visits.encoding == .numeric(centre: 0) && visits.values.count { $0.isNaN } == 16)
        let told = try HealthReport.examine(reading).told(.covariates)
        #expect(told.count == 1 && told[0].hasPrefix("warning") && told[0].contains("in 16 rows of 190"))
        #expect(told[0].contains("first on line 2") && told[0].contains("text: {missing: ["))
    }

    /// The usual texts and blanks of every sort are missing without a word, as they always were.
    @Test(arguments: [
        "", "NA", "N/A", "NaN", "null", "NULL", "None", "\"   \"", "\"\u{a0}\"", "\"\t\"", "\"\u{3000} \"",
    ])
    func usualTextsOfMissingNumbers(text: String) throws {
        var file = UncleanFile()
        file.map("visits") { row, value in row % 12 == 0 ? text : value }
        let reading = try file.read()
        #expect(covariate("visits", reading)?.values.count { $0.isNaN } == 16)
        #expect(try HealthReport.examine(reading).told(.covariates).isEmpty)
    }

    /// Numbers with blanks around them, a typographic minus, a byte order mark, other line breaks: numbers like any other.
    @Test(arguments: [
        ("\"    ", "\""), ("\"", "  \""), ("\"\t", "\""), ("\"\u{a0}", "\""), ("\"", "\u{202f}\""),
        ("\"\u{feff}", "\""),
        ("\"", "\""), ("  ", " "),
    ])
    func paddedNumbers(before: String, after: String) throws {
        var file = UncleanFile()
        let clean = try file.read()
        file.map("visits") { _, value in before + value + after }
        file.prefix = "\u{feff}"
        file.lineBreak = "\r\n"
        let reading = try file.read()
        #expect(covariate("visits", reading)?.values == covariate("visits", clean)?.values)
        #expect(try HealthReport.examine(reading).told(.covariates).isEmpty)
    }

    @Test func aTypographicMinusIsAMinus() throws {
        var file = UncleanFile()
        file.map("visits") { _, value in "-\(value)" }
        let clean = try file.read()
        file.map("visits") { _, value in value.replacing("-", with: "\u{2212}") }
        #expect(try covariate("visits", file.read())?.values == covariate("visits", clean)?.values)
    }

    /// A few texts among numbers are an error that says which, how many, where first, and what to write.
    @Test(arguments: [
        ("TRUE", "holds \"TRUE\" in 2 of 190 rows, here first, which is not a number"),
        ("oops", "holds \"oops\" in 2 of 190 rows, here first, which is not a number"),
        ("12%", "holds \"12%\" in 2 of 190 rows, here first, which is not a number"),
        ("0x1F", "holds \"0x1F\" in 2 of 190 rows, here first, which is not a number"),
        ("Infinity", "holds \"Infinity\" in 2 of 190 rows, here first, which is not a finite number"),
        ("1e999", "holds \"1e999\" in 2 of 190 rows, here first, which is not a finite number"),
        ("unknown", "holds \"unknown\" in 2 of 190 rows, here first, which is not a number"),
    ])
    func textsInTheWay(text: String, part: String) throws {
        var file = UncleanFile()
        file.map("visits") { row, value in row % 100 == 20 ? text : value }
        let sentence = try #require(try file.failure())
        #expect(sentence.hasPrefix("data.csv:22: the covariate column \"visits\" \(part); "), "\(sentence)")
        #expect(sentence.contains("kind: categorical"))
        // What the sentence offers can be done.
        let declared = UncleanFile.spec.replacing(
            "visits]", with: "{column: visits, kind: numeric, text: {missing: [\"\(text)\"]}}]")
        let reading = try file.read(declared)
        #expect(covariate("visits", reading)?.values.count { $0.isNaN } == 2)
        #expect(try HealthReport.examine(reading).told(.covariates).isEmpty)
        let levels = UncleanFile.spec.replacing("visits]", with: "{column: visits, kind: categorical}]")
        guard case .categorical? = try covariate("visits", file.read(levels))?.encoding else {
            Issue.record("it was declared categorical")
            return
        }
    }

    @Test func severalTextsInTheWayAreCounted() throws {
        var file = UncleanFile()
        file.map("visits") { row, value in row % 50 == 30 ? "text \(row)" : value }
        let sentence = try #require(try file.failure())
        #expect(
            sentence.hasPrefix(
                "data.csv:32: the covariate column \"visits\" holds \"text 30\" and 3 more texts in 4 of 190 rows, here first,"
            ))
    }

    /// Texts stay texts, whatever one of them looks like.
    @Test(arguments: ["Infinity", "inf", "12E400", "1e782196", "3", "0x1F", "NaN2"])
    func aLoneNumberAmongTextsIsALevel(text: String) throws {
        var file = UncleanFile()
        file.map("country") { row, value in row == 1 ? text : value }
        let reading = try file.read()
        guard case .categorical(let levels)? = covariate("country", reading)?.encoding else {
            Issue.record("country holds texts")
            return
        }
        #expect(levels.contains(text) && levels.count == 5)
        #expect(try HealthReport.examine(reading).told(.covariates).isEmpty)
    }

    /// Between numbers and texts: levels as before, and told.
    @Test func manyNumbersAmongTextsAreTold() throws {
        var file = UncleanFile()
        file.map("visits") { row, value in row % 3 == 0 ? "code\(row % 11)" : value }
        let told = try file.report().told(.covariates)
        #expect(told.count == 1 && told[0].hasPrefix("warning") && told[0].contains("hold a number"))
    }

    /// Numbers that are all written with a mark are levels as before, and told, with the way to read them.
    @Test(arguments: [
        ("", "%", "{percent: true}"), ("$", "", "{currency: \"$\"}"), ("", " €", "{currency: \"€\"}"),
        ("", "kr", "{currency: \"kr\"}"),
    ])
    func numbersWithMarks(before: String, after: String, format: String) throws {
        var file = UncleanFile()
        let clean = try file.read()
        file.map("visits") { _, value in before + value + after }
        let told = try file.report().told(.covariates)
        #expect(told.count == 1 && told[0].contains(format), "\(told)")
        let declared = UncleanFile.spec.replacing("visits]", with: "{column: visits, kind: numeric, text: \(format)}]")
        let read = try #require(try covariate("visits", file.read(declared)))
        let scale: Float = format.contains("percent") ? 100 : 1
        for (one, other) in zip(read.values, try #require(covariate("visits", clean)).values) {
            #expect(abs(one * scale - other) < 1e-4)
        }
    }

    @Test func truthValuesAloneAreOneAndZero() throws {
        for (yes, no) in [("true", "false"), ("TRUE", "FALSE"), ("True", "False")] {
            var file = UncleanFile()
            file.map("visits") { row, _ in row % 3 == 0 ? yes : row % 7 == 0 ? "" : no }
            let visits = try #require(try covariate("visits", file.read()))
            #expect(visits.encoding == .numeric(centre: 0) && visits.values.contains(1) && visits.values.contains(0))
        }
    }

    /// The kinds stand in the finding of a healthy check.
    @Test func everyKindIsTold() throws {
        var file = UncleanFile()
        file.map("country") { row, value in row % 19 == 0 ? "" : value }
        let report = try file.report()
        let told = try #require(report.findings.first { $0.check == .covariates })
        #expect(
            told.sentence
                == "3 covariates looked at, and each varies: age numeric, country 4 levels and 10 missing, visits numeric"
        )
    }

    /// NA may be a level: it is told what it was taken for, and can be said.
    @Test(arguments: ["NA", "None", "null"])
    func missingTextsAmongLevels(text: String) throws {
        var file = UncleanFile()
        file.map("country") { row, value in row % 19 == 0 ? text : value }
        let told = try file.report().told(.covariates)
        #expect(told.count == 1 && told[0].contains("10 rows hold \"\(text)\", taken as missing"))
        let declared = UncleanFile.spec.replacing(
            "country,", with: "{column: country, kind: categorical, text: {missing: []}},")
        let reading = try file.read(declared)
        #expect(covariate("country", reading)?.values.contains { $0.isNaN } == false)
        #expect(try HealthReport.examine(reading).told(.covariates).isEmpty)
        let listed = declared.replacing("[]", with: "[DE]")
        let lacking = try #require(try covariate("country", file.read(listed)))
        #expect(lacking.values.count { $0.isNaN } == file.values("country").count { $0 == "DE" })
    }

    @Test(arguments: [(-999, "visits"), (9999, "visits"), (-1, "visits"), (999, "age")])
    func sentinels(value: Int, column: String) throws {
        var file = UncleanFile()
        file.map(column) { row, old in row % 8 == 3 ? "\(value)" : old }
        let told = try file.report().told(.covariates)
        #expect(told.count == 1 && told[0].contains("is \(value) in 24 of 190 rows"), "\(told)")
        let declared = UncleanFile.spec + "\ntext: {missing: [\"\(value)\"]}"
        let reading = try file.read(declared)
        #expect(covariate(column, reading)?.values.count { $0.isNaN } == 24)
        #expect(try HealthReport.examine(reading).told(.covariates).isEmpty)
        // Written with a fraction it is the same number.
        file.map(column) { _, old in old == "\(value)" ? "\(value).0" : old }
        #expect(try covariate(column, file.read(declared))?.values.count { $0.isNaN } == 24)
    }

    @Test func sentinelsOfOutcomesToo() throws {
        var file = UncleanFile()
        file.map("revenue") { row, old in row % 8 == 3 ? "-999" : "\(row % 37)" }
        let spec = UncleanFile.spec.replacing("name: converted", with: "name: revenue")
        #expect(try file.report(spec).told(.outcomes).contains { $0.contains("is -999 in 24 of 190 rows") })
    }

    @Test func codesOfSeveralTexts() throws {
        var file = UncleanFile()
        file.add("app_version") { ["4.1", "4.10", "4.2", "4.9"][$0 % 4] }
        file.add("zip") { ["02139", "10001", "94105", "00501", "60601"][$0 % 5] }
        let spec = UncleanFile.spec.replacing("visits]", with: "visits, app_version, zip]")
        let told = try file.report(spec).told(.covariates)
        #expect(told.count == 2)
        #expect(told[0].contains("\"4.1\" and \"4.10\"") && told[1].contains("all texts are 5 digits wide"))
        // Without a kind they stay numeric.
        #expect(try covariate("zip", file.read(spec))?.encoding == .numeric(centre: 0))
        let proposal = try file.proposal()
        #expect(proposal.contains("- {column: app_version, kind: categorical}"))
        #expect(proposal.contains("- {column: zip, kind: categorical}"))
    }

    @Test func datesAreNoLevels() throws {
        for form in ["2026-10-", "10/", "2026/10/"] {
            var file = UncleanFile()
            file.add("signup_date") { row in
                let day = row % 28 + 1
                return form == "10/" ? "10/\(day)/2026" : form + (day < 10 ? "0\(day)" : "\(day)")
            }
            let spec = UncleanFile.spec.replacing("visits]", with: "visits, {column: signup_date, kind: categorical}]")
            #expect(try file.report(spec).told(.covariates).contains { $0.contains("holds dates") })
            #expect(try file.proposal().contains("left out: \"signup_date\", it holds dates"))
        }
    }
}
