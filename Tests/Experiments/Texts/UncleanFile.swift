import Experiments
import Runtime
import Statistics

/// A small clean experiment, and the ways in which people's files differ from it.
struct UncleanFile {
    var header = ["user_id", "arm", "age", "country", "visits", "converted", "revenue"]
    var rows: [[String]] = []
    var separator = ","
    var lineBreak = "\n"
    var prefix = ""

    init(rows count: Int = 190) {
        var random = RandomStream(seed: 77)
        for row in 0..<count {
            let converted = random.bernoulli(0.25)
            rows.append([
                "u\(1000 + row)", row % 2 == 0 ? "control" : "treated", "\(18 + random.index(below: 60))",
                ["DE", "FR", "IT", "NL"][random.index(below: 4)], "\(random.index(below: 61))", converted ? "1" : "0",
                converted ? "\(10 + random.index(below: 40)).\(10 + random.index(below: 89))" : "0.0",
            ])
        }
    }

    func place(_ column: String) -> Int { header.firstIndex(of: column) ?? 0 }

    /// Changes the values of a column; the closure gets the row and the value.
    mutating func map(_ column: String, _ change: (Int, String) -> String) {
        let place = place(column)
        for row in rows.indices { rows[row][place] = change(row, rows[row][place]) }
    }

    mutating func add(_ column: String, _ value: (Int) -> String) {
        header.append(column)
        for row in rows.indices { rows[row].append(value(row)) }
    }

    func values(_ column: String) -> [String] { rows.map { $0[place(column)] } }

    var text: String {
        prefix + ([header] + rows).map { $0.joined(separator: separator) + lineBreak }.joined()
    }

    static let spec = """
        name: case
        data: data.csv
        unit: user_id
        treatment: {column: arm, control: control, arms: [control, treated], shares: [1, 1]}
        outcomes: [{name: converted, direction: maximize}]
        covariates: [age, country, visits]
        """

    func read(_ spec: String = Self.spec) throws -> ExperimentReading { try Scratch().read(text, spec: spec) }

    func report(_ spec: String = Self.spec) throws -> HealthReport { try HealthReport.examine(read(spec)) }

    /// The sentence with which reading fails; nil when it does not.
    func failure(_ spec: String = Self.spec) throws -> String? {
        try Scratch().failure(Array(text.utf8), spec: spec)
    }

    /// The text that `init` proposes.
    func proposal() throws -> String {
        let scratch = try Scratch()
        return try SpecProposal.propose(dataPath: scratch.write(text, as: "data.csv"))
    }
}

extension HealthReport {
    /// The findings of a check that are worse than well, as sentences with their remedies.
    func told(_ check: HealthFinding.Check) -> [String] {
        findings.filter { $0.check == check && $0.severity > .ok }.map {
            "\($0.severity): \($0.sentence); \($0.remedy ?? "")"
        }
    }
}
