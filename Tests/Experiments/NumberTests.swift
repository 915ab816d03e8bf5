import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Numbers as they are read from a file, against the C library.
@Suite struct NumberTests {
    private func read(_ texts: [String]) throws -> [Double] {
        let scratch = try Scratch()
        let path = try scratch.write("v\n" + texts.joined(separator: "\n") + "\n", as: "numbers.csv")
        return try CovariateTable.read(path, unit: .row, encodings: [], extras: ["v"]).extras["v"] ?? []
    }

    @Test func hundredThousandRandomTextsAgreeWithStrtodToTheLastBit() throws {
        var random = RandomStream(seed: 11)
        let texts = (0..<100_000).map { _ in Self.text(&random) }
        let values = try read(texts)
        #expect(values.count == texts.count)
        let wrong = zip(texts, values).filter { strtod($0, nil).bitPattern != $1.bitPattern }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    /// Digits before and after the point, signs and exponents of many lengths; within the range of Double.
    private static func text(_ random: inout RandomStream) -> String {
        func digits(_ count: Int) -> String { (0..<count).map { _ in "\(random.index(below: 10))" }.joined() }
        switch random.index(below: 6) {
        case 0:  // As most languages print a double.
            return "\((random.uniform() - 0.5) * pow(10, Double(random.index(below: 24)) - 8))"
        case 1:  // Around the limits of the fast paths: 15 to 21 digits.
            let count = 15 + random.index(below: 7)
            let all = "1" + digits(count - 1)
            let point = 1 + random.index(below: count - 1)
            return all.prefix(point) + "." + all.dropFirst(point)
        case 2:
            return "\(random.bernoulli(0.5) ? "-" : "+")\(digits(1 + random.index(below: 19)))"
        case 3:
            return "0.\(String(repeating: "0", count: random.index(below: 12)))\(digits(1 + random.index(below: 25)))"
        case 4:
            let exponent = random.index(below: 560) - 280
            return "\(digits(1 + random.index(below: 20)))\(random.bernoulli(0.5) ? "e" : "E")\(exponent)"
        default:  // Halfway cases: an odd 54-bit integer over a power of two, written out.
            let odd = (UInt64(1) << 53) + 1 + 2 * (random.next() >> 12)
            return "\(odd)" + (random.bernoulli(0.5) ? "" : "." + digits(random.index(below: 3)))
        }
    }

    @Test(arguments: [
        ("1", 1), ("-0", -0.0), ("+2.5", 2.5), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1E-3", 0.001), ("1e+2", 100),
        ("9007199254740993", 9_007_199_254_740_992), ("1e-400", 0), ("true", 1), ("TRUE", 1), ("True", 1),
        ("false", 0), ("FALSE", 0), ("00012", 12), ("\"3\"", 3), ("  4  ", 4), ("١", 1),
        ("123456789012345678901234567890", 1.2345678901234568e29), ("4.9e-324", .leastNonzeroMagnitude),
        ("1.7976931348623157e308", 1.7976931348623157e308), ("0.000000000000000000000000000001", 1e-30),
    ])
    func accepted(text: String, value: Double) throws {
        #expect(try read([text]).map(\.bitPattern) == [value.bitPattern])
    }

    @Test(arguments: [
        "+", "e5", "1e", "1e+", "1_000", "0x10", "1 2", "--1", "1.2.3", "12a", "nan(3)", "yes", "1,5",
        "\u{1b}[31m",
    ])
    func refused(text: String) throws {
        let error = try #require(throws: EspalierError.self) { try read(["1", "\"\(text)\""]) }
        #expect(error.line == 3)
        #expect(error.message.contains("which is not a number"))
        #expect(!error.message.contains("\u{1b}"))
    }

    @Test(arguments: ["inf", "-Infinity", "INF", "1e999", "-1e999"])
    func infinite(text: String) throws {
        let error = try #require(throws: EspalierError.self) { try read([text]) }
        #expect(error.message == "the supplied effect column \"v\" holds \"\(text)\", which is not a finite number")
        #expect(error.line == 2)
    }

    @Test(arguments: ["\"\"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"])
    func missing(text: String) throws {
        let scratch = try Scratch()
        let path = try scratch.write("v,w\n1,a\n\(text),\(text)\n", as: "missing.csv")
        let table = try CovariateTable.read(
            path, unit: .row, encodings: [("v", .numeric(centre: 0)), ("w", .categorical(levels: ["a", "NA", ""]))])
        #expect(table.covariates[0].values[0] == 1 && table.covariates[0].values[1].isNaN)
        #expect(table.covariates[1].values[0] == 0 && table.covariates[1].values[1].isNaN)
    }
}
