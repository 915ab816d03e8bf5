import Experiments
import Runtime
import Testing

/// New units, read some thousands at a time.
@Suite struct StreamTests {
    private static let columns = [
        CovariateSource.Column(name: "age", encoding: .numeric(centre: 0)),
        CovariateSource.Column(name: "country", encoding: .categorical(levels: ["DE", "FR", "IT", "NL"])),
    ]

    /// In pieces or whole, on a file of many pieces whose records straddle them: the same units.
    @Test func piecesMakeTheWhole() throws {
        var file = UncleanFile(rows: 30_000)
        file.map("country") { row, value in row % 977 == 0 ? "XX\(row)" : value }
        file.map("age") { row, value in row % 501 == 0 ? "n/a" : value }
        file.map("user_id") { row, value in row % 7 == 0 ? "\"\(value), \(row)\"" : value }
        let scratch = try Scratch()
        let path = try scratch.write(file.text, as: "new.csv")
        var ids: [String] = []
        var ages: [Float] = []
        var pieces = 0
        let source = CovariateSource(path: path, unit: .column("user_id"), covariates: Self.columns)
        let notes = try source.stream { table in
            pieces += 1
            ids += table.ids.texts
            ages += table.covariates[0].values
            #expect(table.ids.keys == table.ids.texts.map { StableHash.key($0) })
        }
        #expect(pieces > 2 && ids.count == 30_000)
        #expect(ids == file.values("user_id").map { $0.replacing("\"", with: "") })
        for (value, text) in zip(ages, file.values("age")) {
            #expect(value.isNaN ? text == "n/a" : value == Float(text))
        }
        #expect(notes.sentences.count == 2)
        #expect(notes.sentences[0].hasPrefix("age: \"n/a\" among numbers in 60 of 30,000 units, first on line 2,"))
        #expect(
            notes.sentences[1].hasPrefix(
                "country: 31 of 30,000 units have a level the policy has never seen, such as \"XX0\""))
        let whole = try CovariateTable.read(
            path, unit: .column("user_id"), encodings: Self.columns.map { ($0.name, $0.encoding) })
        #expect(whole.ids.texts == ids && whole.covariates[0].values.map(\.bitPattern) == ages.map(\.bitPattern))
        let rows = try CovariateTable.read(path, unit: .row, encodings: [])
        #expect(rows.ids.texts.last == "30000")
    }

    @Test func unknownLevelsCanBeRefused() throws {
        var file = UncleanFile()
        file.map("country") { row, value in row == 30 ? value.lowercased() : value }
        let scratch = try Scratch()
        let path = try scratch.write(file.text, as: "new.csv")
        let source = CovariateSource(
            path: path, unit: .column("user_id"), covariates: Self.columns, refusesUnknownLevels: true)
        let error = #expect(throws: EspalierError.self) { _ = try source.stream { _ in } }
        let level = file.values("country")[30]
        #expect(error?.line == 32 && error?.remedy == "perhaps \"\(level.uppercased())\" is meant")
        #expect(error?.message.contains("has the level \"\(level)\" that the policy does not know") == true)
    }

    /// A number's column stays one: a text is refused, and so is TRUE among numbers, whichever comes first.
    @Test(arguments: [("oops", 20_000), ("TRUE", 20_000), ("TRUE", 0), ("Infinity", 5)])
    func textsAmongNumbersAreRefused(text: String, row: Int) throws {
        var file = UncleanFile(rows: 25_000)
        file.map("age") { index, value in index == row ? text : value }
        let scratch = try Scratch()
        let path = try scratch.write(file.text, as: "new.csv")
        let source = CovariateSource(path: path, unit: .column("user_id"), covariates: Self.columns)
        let error = #expect(throws: EspalierError.self) { _ = try source.stream { _ in } }
        #expect(error?.line == row + 2 && error?.remedy == "correct it, or leave it empty if it is missing")
    }

    /// How values were written where the policy was made is how they are read.
    @Test func formatsGoWithThePolicy() throws {
        let scratch = try Scratch()
        let path = try scratch.write("user_id,rate\nu1,12%\nu2,-\nu3,7.5%\n", as: "new.csv")
        let rate = CovariateSource.Column(
            name: "rate", encoding: .numeric(centre: 0), text: TextFormat(missing: ["-"], percent: true))
        var values: [Float] = []
        let notes = try CovariateSource(path: path, unit: .column("user_id"), covariates: [rate])
            .stream { values += $0.covariates[0].values }
        #expect(values[0] == 0.12 && values[1].isNaN && values[2] == 0.075 && notes.sentences.isEmpty)
    }
}
