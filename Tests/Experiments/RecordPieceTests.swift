import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// A file that is read in pieces side by side is the same as one that is read line by line, as files are whose lines end in
/// carriage returns alone.
@Suite struct RecordPieceTests {
    private static let usual: [String] = ["1", "-2.5", "0", "12.75", "-0.0039", "123456.789", "7"]
    private static let unusual: [String] = [
        "", "NA", " 4 ", "0.50", "007", "1e5", "+3", "5.", ".5", "\"1.5\"", "nan", "-", "true", "9007199254740993",
        "123456789012345678901", "-0", "0.0", "1.234567890123456789", "−3", "\u{a0}8", "1E-7", "18446744073709551617",
    ]
    private static let texts: [String] = [
        "north", "south", " east ", "\"we,st\"", "\"say \"\"hi\"\"\"", "\"two\nlines\"", "\"  kept  \" ", "NA", "", "n",
        "é", "null", "\"\"", "\"a\"\"\n\"\"b\"",
    ]

    /// - Parameter wrong: what one of the last records looks like.
    private static func text(seed: UInt64, bytes: Int, wrong: String?) -> String {
        var stream = RandomStream(seed: seed)
        func draw(_ values: [String]) -> String { values[stream.index(below: values.count)] }
        var text = "id,t,x,z,g,note\n"
        var record = 0
        while text.utf8.count < bytes {
            let number = stream.index(below: 50) == 0 ? draw(unusual.filter { $0 != "true" && $0 != "-" }) : draw(usual)
            let word = stream.index(below: 4) == 0 ? "level \(stream.index(below: 5000))" : draw(texts)
            let other = seed % 3 == 0 ? draw(unusual) : draw(usual)
            text += "u\(record),\(draw(["c", "t"])),\(number),\(other),\(word),\(draw(texts))"
            text += stream.index(below: 3) == 0 ? "\r\n" : "\n"
            if stream.index(below: 200) == 0 { text += draw(["\n", "  \n", "\r\n"]) }
            record += 1
        }
        if let wrong { text += wrong + "\n" }
        for extra in 0..<1000 { text += "v\(extra),c,1,2,north,south\n" }
        if seed % 2 == 0 { text += "last,t,3,4,south,end" }
        return text
    }

    /// Everything that a reading says, or its error.
    private static func reading(_ path: String, threads: Int) throws -> [String] {
        do {
            var reader = TableReader(path: path)
            try reader.want("id", .key, for: "unit")
            try reader.want("t", .label, for: "treatment")
            try reader.want("x", .undecided, for: "covariate")
            try reader.want("z", .undecided, for: "covariate")
            try reader.want("g", .undecided, for: "covariate")
            let table = try reader.read(context: RunContext(workers: Workers(count: threads)))
            return [
                "\(table.recordCount)",
                (0..<table.recordCount).map { "\(table.lines.line(of: $0))" }.joined(separator: " "),
            ]
                + ["id", "t", "x", "z", "g"].map { name in
                    switch table[name] {
                    case .numbers(let values)?: values.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
                    default: "\(table[name] as Any)"
                    }
                }
        } catch let error as EspalierError {
            return ["\(error.message) line \(error.line ?? -1)"]
        }
    }

    /// The same with carriage returns alone between lines; line feeds in quotes stay.
    private static func returned(_ text: String) -> String {
        var isQuoted = false
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "\r") { continue }
            bytes.append(byte == UInt8(ascii: "\n") && !isQuoted ? UInt8(ascii: "\r") : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            nil, "too,few", "u,t,1,2,\"north\"x,s", "u,t,1,2,nor\"th,s", ",t,1,2,north,s", "u,t,1,2,\"north,s",
            "u,t,stray,2,north,s",
        ], [2, 3])
    func piecesAreTheSameAsLines(wrong: String?, seed: UInt64) throws {
        let scratch = try Scratch()
        let text = Self.text(seed: seed, bytes: 900_000, wrong: wrong)
        let path = try scratch.write(text, as: "pieces.csv")
        let expected = try Self.reading(try scratch.write(Self.returned(text), as: "lines.csv"), threads: 1)
        for threads in [1, 2] {
            let found = try Self.reading(path, threads: threads)
            #expect(found.count == expected.count)
            for (own, other) in zip(found, expected) { #expect(own == other) }
        }
    }

    @Test func theLineOfANULByte() throws {
        let scratch = try Scratch()
        let rows = (0..<60_000).map { "a\($0),c,1,2,north,\"two\nlines\"\n" }.joined()
        let text = "id,t,x,z,g,note\n" + rows + "b,c,1,2,nor\0th,s\n"
        let found = try Self.reading(try scratch.write(text, as: "nul.csv"), threads: 2)
        #expect(found == ["there is a NUL byte, so this is not a text file in UTF-8 line 120002"])
    }

    /// A record longer than many pieces.
    @Test func aLongRecord() throws {
        let scratch = try Scratch()
        let long = String(repeating: "word\n", count: 200_000)
        let text = "id,x,note\n" + (0..<40_000).map { "a\($0),\($0),short\n" }.joined() + "b,1,\"\(long)\"\nc,2,end\n"
        var reader = TableReader(path: try scratch.write(text, as: "long.csv"))
        try reader.want("id", .key, for: "unit")
        try reader.want("x", .number, for: "covariate")
        let table = try reader.read(context: RunContext(workers: Workers(count: 2)))
        #expect(table.numbers("x") == (0..<40_000).map(Double.init) + [1, 2])
        #expect(table.lines.line(of: 40_000) == 40_002)
        #expect(table.lines.line(of: 40_001) == 40_002 + 200_001)
    }
}
