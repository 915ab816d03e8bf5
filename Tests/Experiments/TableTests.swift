import Experiments
import Runtime
import Testing

/// The forms a data file may have, and the sentence for each that it may not.
@Suite struct TableTests {
    private static let rows = ["a,c,1,2", "b,t,0,3", "d,c,1,4", "e,t,1,5"]
    private static let plain = "id,t,y,x\n" + rows.joined(separator: "\n") + "\n"

    /// Everything of an experiment that must not depend on the form of its file.
    private func arrays(_ reading: ExperimentReading) -> [[Double]] {
        let experiment = reading.experiment
        return [
            experiment.units.keys.map { Double($0 >> 11) }, experiment.units.rows.map { Double($0) },
            experiment.assignment.map { Double($0) }, experiment.outcomes[0].observed.values.map { Double($0) },
            experiment.covariates[0].values.map { Double($0) },
        ]
    }

    private func read(_ bytes: [UInt8], as name: String) throws -> ExperimentReading {
        let scratch = try Scratch()
        _ = try scratch.write(bytes, as: name)
        let spec = Scratch.plainSpec.replacing("data.csv", with: name)
        return try Experiment.read(
            spec: ExperimentSpec.read(yaml: spec, file: "spec.yaml"), folder: scratch.folder)
    }

    @Test(arguments: [
        "\u{feff}" + plain, plain.replacing("\n", with: "\r\n"), plain.replacing("\n", with: "\r"),
        String(plain.dropLast()), plain + "\n\n\n", "\n\n" + plain, plain + "\r\n   \r\n",
        "\"id\",\"t\",\"y\",\"x\"\n\"a\",\"c\",\"1\",\"2\"\nb , t,0, 3\nd,\"c\",1,4\ne,t,1,5",
    ])
    func formsOfOneTable(text: String) throws {
        let expected = try arrays(read(Array(Self.plain.utf8), as: "data.csv"))
        #expect(try arrays(read(Array(text.utf8), as: "data.csv")) == expected)
    }

    @Test func gzipTabsAndSeveralMembers() throws {
        let text = Array(Self.plain.utf8)
        let expected = try arrays(read(text, as: "data.csv"))
        #expect(try arrays(read(StoredGzip.member(text), as: "data.csv.gz")) == expected)
        #expect(try arrays(read(StoredGzip.member(text), as: "data.csv")) == expected)
        let members =
            StoredGzip.member(Array(text[..<13])) + StoredGzip.member([]) + StoredGzip.member(Array(text[13...]))
        #expect(try arrays(read(members + [0, 0, 0], as: "data.csv.gz")) == expected)
        let tabs = text.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: "\t") : $0 }
        #expect(try arrays(read(tabs, as: "data.tsv")) == expected)
        #expect(try arrays(read(StoredGzip.member(tabs), as: "data.tsv.gz")) == expected)
    }

    @Test func quotedCommasAndLineBreaksAreText() throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "id,x\n1,\"6) $750 - $1,000\"\n2,\"two\nlines\"\n3,\"say \"\"hi\"\"\"\n4,\" kept \"\n5,é\n", as: "q.csv")
        let levels = ["two\nlines", "6) $750 - $1,000", "say \"hi\"", " kept ", "é"]
        let table = try CovariateTable.read(
            path, unit: .column("id"), encodings: [("x", .categorical(levels: levels))])
        #expect(table.covariates[0].values == [1, 0, 2, 3, 4])
        #expect(table.ids.texts == ["1", "2", "3", "4", "5"])
    }

    @Test func everyCutOfAGzipFileIsOneClearError() throws {
        let scratch = try Scratch()
        let whole = StoredGzip.member(Array(Self.plain.utf8))
        let spec = Scratch.plainSpec.replacing("data.csv", with: "data.csv.gz")
        for length in 2..<whole.count {
            let sentence = try scratch.failure(Array(whole[..<length]), as: "data.csv.gz", spec: spec)
            #expect(
                sentence == "data.csv.gz: the gzip data end in the middle; copy or download the file again.",
                "cut at \(length)")
        }
        var damaged = whole
        damaged[whole.count - 6] ^= 0xff
        #expect(
            try scratch.failure(damaged, as: "data.csv.gz", spec: spec)
                == "data.csv.gz: the gzip data are damaged; copy or download the file again.")
        #expect(
            try scratch.failure(Array("<html>".utf8), as: "data.csv.gz", spec: spec)
                == "data.csv.gz: the name ends in .gz but the content is not gzip; "
                + "download it again or drop .gz from its name.")
    }

    @Test(arguments: [
        ("", "data.csv: the file is empty; a header line and rows are needed."),
        ("\n\n", "data.csv: the file is empty; a header line and rows are needed."),
        ("id,t,y,x\n", "data.csv: there is a header but not one row; add the units' rows."),
        ("id,t,y,x", "data.csv: there is a header but not one row; add the units' rows."),
        (
            "id,t,y,x\n1,c,1,2\n2,t,0\n",
            "data.csv:3: this record has 3 fields where the header has 4; "
                + "add or remove fields, and quote those that hold a separator."
        ),
        (
            "id,t,y,x\n1,c,1,000,2\n2,t,0,1\n",
            "data.csv:2: this record has 5 fields where the header has 4; "
                + "add or remove fields, and quote those that hold a separator."
        ),
        (
            "id,t,y,x\n1,c,1,2\n2,t,abc\n",
            "data.csv:3: this record has 3 fields where the header has 4; "
                + "add or remove fields, and quote those that hold a separator."
        ),
        (
            "id,t,y,x\n\n1,\"c\",\"1\",\"a\nb\"\n\n2,t,maybe,1\n",
            "data.csv:6: the outcome column \"y\" holds \"maybe\", which is not a number; "
                + "correct it, or leave it empty if it is missing."
        ),
        (
            "id,t,y,y\n1,c,1,2\n",
            "data.csv:1: columns 3 and 4 are both named \"y\"; rename one of them."
        ),
        (
            "id,t,Y1,x\n1,c,1,2\n",
            "data.csv:1: there is no column \"y\" for the outcome; perhaps \"Y1\" is meant."
        ),
        (
            "id,t,amount,x\n1,c,1,2\n",
            "data.csv:1: there is no column \"y\" for the outcome; "
                + "the columns are \"id\", \"t\", \"amount\", \"x\"."
        ),
        (
            "id;t;y;x\n1;c;1;2\n",
            "data.csv:1: there is no column \"t\" for the treatment; "
                + "the columns seem to be separated by \";\"; a CSV file needs commas."
        ),
        (
            "id\tt\ty\tx\n1\tc\t1\t2\n",
            "data.csv:1: there is no column \"t\" for the treatment; the columns seem to be separated by \"\\t\"; "
                + "a CSV file needs commas (name a file with tabs .tsv)."
        ),
        (
            "id,t,y,x\n1,c,1,\"2\n2,t,0,1\n",
            "data.csv:2: a quote opened in the record that begins here is never closed; "
                + "close it, or double a quote that belongs to the text."
        ),
        (
            "id,t,y,x\n1,c,1,5\" pipe\n",
            "data.csv:2: a quote stands inside an unquoted field or text follows a closing quote; "
                + "quote the whole field and double the quotes in it."
        ),
        (
            "id,t,y,x\n1,c,1,2\n2,t,0,\0\n",
            "data.csv:3: there is a NUL byte, so this is not a text file in UTF-8; "
                + "save it as CSV in UTF-8 (it may be UTF-16 or a spreadsheet)."
        ),
        (
            "id,t,y,x\n1,c,1,2\n,t,0,1\n",
            "data.csv:3: the unit column \"id\" is empty; give every row its unit."
        ),
        (
            "id,t,y,x\n1,c,\u{1b}[2J\u{7},2\n",
            "data.csv:2: the outcome column \"y\" holds \"\\u{1b}[2J\\u{7}\", which is not a number; "
                + "correct it, or leave it empty if it is missing."
        ),
    ])
    func oneSentenceEach(csv: String, sentence: String) throws {
        #expect(try Scratch().failure(Array(csv.utf8)) == sentence)
    }

    @Test func brokenUTF8AndOverlongFields() throws {
        let scratch = try Scratch()
        #expect(
            try scratch.failure(Array("id,t,y,x\n1,c,1,".utf8) + [0xe9] + Array("\n2,t,0,b\n".utf8))
                == "data.csv:2: the covariate column \"x\" holds \"\u{fffd}\", which is not valid UTF-8; "
                + "save the file in UTF-8.")
        #expect(
            try scratch.failure([0xff, 0xfe] + Array("id,t,y,x\n".utf8))
                == "data.csv:1: the header is not valid UTF-8; save the file in UTF-8.")
        let long = String(repeating: "x", count: 10 << 20)
        let tooLong =
            "data.csv:2: a field in the record that begins here is longer than 1 MiB; "
            + "shorten it, or look for a quote that is never closed."
        for field in [long, "\"" + long + "\"", "\"" + long.replacing("xxxx", with: "x\nxx")] {
            #expect(try scratch.failure(Array("id,t,y,x\n1,c,1,\(field)\n".utf8)) == tooLong)
        }
        #expect(try scratch.failure(Array(long.utf8)) == tooLong.replacing("data.csv:2", with: "data.csv:1"))
    }

    /// Texts that turn up past the first piece of the file: in the way if they are few, levels from the start if they are many.
    @Test func textsThatTurnUpLate() throws {
        let scratch = try Scratch()
        func csv(_ value: (Int) -> String) -> String {
            (["id,t,y,x,z"]
                + (0..<60_000).map { row in
                    "\(row),\(row % 2 == 0 ? "c" : "t"),\(row % 3),\(value(row)),\(row % 7)"
                }).joined(separator: "\n")
        }
        let one = csv { $0 == 55_000 ? "seven" : "\($0 % 5)" }
        let undecided = try #require(throws: EspalierError.self) { try scratch.read(one) }
        #expect(undecided.line == 55_002 && undecided.remedy?.contains("kind: categorical") == true)
        let declared = Scratch.plainSpec.replacing("[x]", with: "[{column: x, kind: numeric}]")
        let error = try #require(throws: EspalierError.self) { try scratch.read(one, spec: declared) }
        #expect(error.line == 55_002)
        #expect(error.remedy == "correct it, or declare the covariate with kind: categorical")
        let spec = Scratch.plainSpec.replacing("[x]", with: "[{column: x, kind: categorical}, z]")
        let levels = try scratch.read(one, spec: spec).experiment.covariates
        #expect(levels[0].encoding == .categorical(levels: ["0", "1", "2", "3", "4", "seven"]))
        #expect(levels[1].encoding == .numeric(centre: 0))
        let many = try scratch.read(csv { $0 > 30_000 ? "late\($0 % 3)" : "\($0 % 5)" }).experiment.covariates
        #expect(
            many[0].encoding
                == .categorical(levels: ["0", "1", "2", "3", "4", "late0", "late1", "late2"]))
    }

    @Test func whatCannotBeOpened() throws {
        let scratch = try Scratch()
        let error = try #require(throws: EspalierError.self) {
            try UnitIds.read(scratch.folder + "/none.csv", unit: .row)
        }
        #expect(error.kind == .noInput && error.message == "cannot be opened: No such file or directory")
        let folder = try #require(throws: EspalierError.self) { try UnitIds.read(scratch.folder, unit: .row) }
        #expect(folder.kind == .noInput && folder.message == "this is a folder, not a file")
    }
}
