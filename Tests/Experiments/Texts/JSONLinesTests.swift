import Experiments
import Runtime
import Testing

/// Files of JSON lines are read as CSV files are.
@Suite struct JSONLinesTests {
    private static func object(_ names: [String], _ values: [String]) -> String {
        let fields = zip(names, values).map { name, value in
            "\"\(name)\": " + (value.isEmpty ? "null" : Double(value) == nil ? "\"\(value)\"" : value)
        }
        return "{" + fields.joined(separator: ", ") + "}"
    }

    @Test(arguments: ["\n", "\r\n", "\n\n"])
    func theSameUnitsComeOut(lineBreak: String) throws {
        var file = UncleanFile(rows: 6000)
        file.map("country") { row, value in row % 9 == 0 ? "" : value }
        let scratch = try Scratch()
        let expected = try scratch.read(file.text, spec: UncleanFile.spec).experiment
        // The order of names may change from line to line, and null may be left out.
        let lines = file.rows.enumerated().map { index, row -> String in
            let order = index % 2 == 0 ? Array(row.indices) : row.indices.reversed()
            let there = order.filter { index % 3 != 0 || !row[$0].isEmpty || index == 0 }
            return Self.object(there.map { file.header[$0] }, there.map { row[$0] })
        }
        _ = try scratch.write(lines.joined(separator: lineBreak) + lineBreak, as: "data.jsonl")
        let spec = UncleanFile.spec.replacing("data.csv", with: "data.jsonl")
        let read = try Experiment.read(spec: ExperimentSpec.read(yaml: spec, file: "s.yaml"), folder: scratch.folder)
            .experiment
        #expect(read.units.keys == expected.units.keys && read.assignment == expected.assignment)
        for (a, b) in zip(read.covariates, expected.covariates) {
            #expect(a.encoding == b.encoding && a.values.map(\.bitPattern) == b.values.map(\.bitPattern))
        }
        #expect(try SpecProposal.propose(dataPath: scratch.folder + "/data.jsonl").contains("unit: user_id"))
    }

    @Test func escapesAreResolved() throws {
        let path = try Scratch().keep("{\"u\": \"a\\u0062\", \"x\": \"\\\"\\\\\\/\\ud83d\\ude00\\n\", \"z\": true}\n")
        let table = try CovariateTable.read(
            path.file, unit: .column("u"),
            encodings: [("x", .categorical(levels: ["\"\\/😀\n"])), ("z", .numeric(centre: 0))])
        #expect(table.ids.texts == ["ab"] && table.covariates[0].values == [0] && table.covariates[1].values == [1])
    }

    @Test(arguments: [
        "{\"u\": \"b\"", "{\"u\": [1]}", "{\"u\": {\"v\": 1}}", "{\"u\" 1}", "{\"u\": \"b}", "{\"u\": }", "[1]", "u1",
        "{\"u\": \"\\ud83d\"}", "{\"u\": 1} {\"u\": 2}", "{\"u\": 1,}",
    ])
    func whatIsNoFlatObjectIsRefused(line: String) throws {
        let path = try Scratch().keep("{\"u\": \"a\"}\n\n\(line)\n")
        let error = #expect(throws: EspalierError.self) { try UnitIds.read(path.file, unit: .column("u")) }
        #expect(error?.line == 3 && error?.message == "this line is no flat object of texts and numbers")
    }

    @Test func columnsThatAreMissingAreNamed() throws {
        let path = try Scratch().keep("{\"user\": \"a\", \"x\": 1}\n{\"user\": \"b\"}\n")
        let error = #expect(throws: EspalierError.self) { try UnitIds.read(path.file, unit: .column("usr")) }
        #expect(error?.remedy == "perhaps \"user\" is meant")
        let empty = try Scratch().keep("{\"user\": \"a\"}\n{\"x\": 2}\n")
        let lacking = #expect(throws: EspalierError.self) { try UnitIds.read(empty.file, unit: .column("user")) }
        #expect(lacking?.line == 2 && lacking?.message == "the unit column \"user\" is empty")
    }
}
