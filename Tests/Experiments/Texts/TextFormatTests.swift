import Experiments
import Runtime
import Testing

/// Values that are written otherwise than as plain numbers.
@Suite struct TextFormatTests {
    /// The outcome's values under a format, in the order of the rows.
    private func outcome(_ texts: [String], _ format: String) throws -> [Double] {
        let rows = texts.enumerated().map { "u\($0),\($0 % 2 == 0 ? "c" : "t"),\"\($1)\",\($0)" }
        let experiment = try Scratch().read(
            (["id,t,y,x"] + rows).joined(separator: "\n"),
            spec: Scratch.plainSpec.replacing("direction: maximize", with: "direction: maximize, text: \(format)")
        ).experiment
        return experiment.units.rows.indices.sorted { experiment.units.rows[$0] < experiment.units.rows[$1] }
            .map { experiment.outcomes[0].observed.value($0) }
    }

    @Test(arguments: [
        (["Yes", "No", "Yes", "No"], "{yes: [\"Yes\"], no: [\"No\"]}", [1, 0, 1, 0]),
        (["y", "N", "Y", "n"], "{yes: [y, Y], no: [n, N]}", [1, 0, 1, 0]),
        (["8%", "12.5 %", "-3%", "0%"], "{percent: true}", [0.08, 0.125, -0.03, 0]),
        (["$9.99", "-$5", "$-7", "($1.50)"], "{currency: \"$\"}", [9.99, -5, -7, -1.5]),
        (["1,234.5", "12", "1,234,567", "-2,000"], "{thousands: \",\"}", [1234.5, 12, 1_234_567, -2000]),
        (["1.234,5", "12", "0,25", "1.000"], "{thousands: \".\", decimal: \",\"}", [1234.5, 12, 0.25, 1000]),
        (["1 234,5", "12,0", "0,25", "7"], "{thousands: \" \", decimal: \",\"}", [1234.5, 12, 0.25, 7]),
        (["12,34,567", "1", "2", "3"], "{thousands: \",\"}", [1_234_567, 1, 2, 3]),
        (["9,99 €", "€ 5", "1,5€", "-2 €"], "{currency: \"€\", decimal: \",\"}", [9.99, 5, 1.5, -2]),
        (["US$ 1,000", "US$2", "3", "4"], "{currency: \"US$\", thousands: \",\"}", [1000, 2, 3, 4]),
    ])
    func values(texts: [String], format: String, expected: [Double]) throws {
        // Outcomes are kept in single precision, on the scale of their spread.
        let largest = expected.map { abs($0) }.max() ?? 1
        for (value, wanted) in zip(try outcome(texts, format), expected) {
            #expect(abs(value - wanted) < 1e-6 * largest)
        }
    }

    @Test(arguments: [
        ("1,23", "{thousands: \",\"}"), ("$$5", "{currency: \"$\"}"), ("maybe", "{yes: [Yes], no: [No]}"),
        ("1.2.3", "{decimal: \",\", thousands: \".\"}"), ("yes", "{yes: [Yes], no: [No]}"),
        ("5", "{yes: [Yes], no: [No]}"),
        ("--5", "{percent: true}"), ("1,2,3", "{decimal: \",\"}"),
    ])
    func whatIsNotWrittenSoIsRefused(text: String, format: String) throws {
        let error = #expect(throws: EspalierError.self) { _ = try outcome([text, text, text, text], format) }
        #expect(error?.message.contains("not a number") == true || error?.message.contains("are missing") == true)
    }

    /// What an outcome's values look like is offered, and the offer can be taken.
    @Test(arguments: [
        (["Yes", "No"], "{yes: [\"Yes\"], no: [\"No\"]}"), (["t", "f"], "{yes: [\"t\"], no: [\"f\"]}"),
        (["$1.50", "$2.25", "$0.00"], "{currency: \"$\"}"), (["1,234", "2,500", "1,000,000"], "{thousands: \",\"}"),
        (["1,5", "2,25", "0,125"], "{decimal: \",\"}"), (["5%", "7.5%", "0%"], "{percent: true}"),
    ])
    func theFormatIsOffered(texts: [String], format: String) throws {
        var file = UncleanFile()
        file.map("revenue") { row, _ in "\"\(texts[row % texts.count])\"" }
        let spec = UncleanFile.spec.replacing(
            "name: converted, direction: maximize", with: "name: revenue, direction: maximize")
        let sentence = try #require(try file.failure(spec))
        #expect(sentence.contains("write text: \(format) in the outcome's spec"), "\(sentence)")
        let declared = spec.replacing("direction: maximize", with: "direction: maximize, text: \(format)")
        #expect(try file.read(declared).experiment.unitCount == 190)
        // The proposal reads it at once.
        let proposal = try file.proposal()
        #expect(proposal.contains("- name: revenue") && proposal.contains("text: \(format)"), "\(proposal)")
        let proposed = try ExperimentSpec.read(yaml: proposal, file: "proposal.yaml")
        #expect(proposed.outcomes.contains { $0.name == "revenue" && $0.text != nil })
    }

    /// Every value of a joined file is judged in the same way.
    @Test func joinedFiles() throws {
        var file = UncleanFile()
        let ids = file.values("user_id")
        file.header.removeLast()
        for row in file.rows.indices { file.rows[row].removeLast() }
        let scratch = try Scratch()
        let spec = UncleanFile.spec.replacing("data: data.csv", with: "data: [data.csv, {file: more.csv}]")
            .replacing("visits]", with: "visits, score]")
        func read(_ text: (Int) -> String) throws -> ExperimentReading {
            _ = try scratch.write(
                (["user_id,score"] + ids.enumerated().map { "\($1),\(text($0))" }).joined(separator: "\n"),
                as: "more.csv")
            return try scratch.read(file.text, spec: spec)
        }
        let marked = try read { $0 % 10 == 0 ? "-" : "\($0 % 40)" }
        #expect(marked.experiment.covariates[3].encoding == .numeric(centre: 0))
        #expect(try HealthReport.examine(marked).told(.covariates).contains { $0.contains("\"-\" in 19 rows") })
        let error = #expect(throws: EspalierError.self) { _ = try read { $0 == 40 ? "oops" : "\($0 % 40)" } }
        #expect(error?.line == 42 && error?.file?.hasSuffix("more.csv") == true)
    }

    @Test(arguments: [
        ("{percent: maybe}", "must be true or false"), ("{thousands: \";\"}", "must be one of"),
        ("{thousands: \".\"}", "are both \".\""), ("{yes: [a], no: [a]}", "stands for yes and for no"),
        ("{yes: [a], percent: true}", "goes with numbers"), ("{mising: [a]}", "unknown key \"mising\""),
        ("{missing: {a: b}}", "must be a text"),
    ])
    func formatsThatAreNone(format: String, part: String) {
        let spec = Scratch.plainSpec.replacing("direction: maximize", with: "direction: maximize, text: \(format)")
        let error = #expect(throws: EspalierError.self) { try ExperimentSpec.read(yaml: spec, file: "spec.yaml") }
        #expect(error?.message.contains(part) == true, "\(String(describing: error))")
    }
}
