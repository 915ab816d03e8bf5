import Foundation
import Statistics
import Testing
import Workbench

/// Data that leave no learner anything to find: every screen says what is so, in numbers.
@Suite struct OddDataTests {
    enum Oddity: String, CaseIterable, Sendable {
        case constantOutcome, tinyArm, telling, noValues

        /// What the health report says of it.
        var sentence: String {
            switch self {
            case .constantOutcome: "y is the same for every unit"
            case .tinyArm: "t has only"
            case .telling: "x alone tells t from c"
            case .noValues: "no covariate has a value"
            }
        }
    }

    @Test(arguments: Oddity.allCases) func noScreenShowsWhatIsNoNumber(_ oddity: Oddity) throws {
        let sample = try SampleSession(title: "odd") { try Self.write(oddity, into: $0) }
        let health = try #require(sample.session.state.facts.health)
        #expect(health.findings.contains { $0.sentence.hasPrefix(oddity.sentence) })
        for keys in ["", "v", "v", "2", "s", "o", "s", "3", "4", "5s", "6r", "v", "v", "v", "ov", "v", "v", "v"] {
            try sample.type(keys)
            let text = sample.frame(120, 40).text.lowercased()
            let words = text.split { !$0.isLetter }
            #expect(!words.contains("nan") && !words.contains("inf"), "after \(keys)")
        }
    }

    /// 500 units, two outcomes of which the second may be constant.
    private static func write(_ oddity: Oddity, into folder: URL) throws {
        var stream = RandomStream(seed: 3, purpose: "odd data")
        var text = "id,arm,z,y,x,g\n"
        for unit in 0..<500 {
            let isTreated = oddity == .tinyArm ? unit < 10 : unit % 2 == 0
            let y = oddity == .constantOutcome ? 3 : stream.normal()
            let x = oddity == .telling ? (isTreated ? 1 : 0) : stream.normal()
            let covariates = oddity == .noValues ? "," : "\(x),\(["a", "b"][unit / 2 % 2])"
            text += "\(unit),\(isTreated ? "t" : "c"),\(stream.normal()),\(y),\(covariates)\n"
        }
        try Data(text.utf8).write(to: folder.appendingPathComponent("odd.csv"))
        let spec = """
            name: odd
            data: odd.csv
            unit: id
            treatment: {column: arm, control: c, arms: [c, t]\(oddity == .tinyArm ? ", shares: [490, 10]" : "")}
            outcomes: [{name: z, direction: maximize}, {name: y, direction: minimize}]
            covariates: [x, g]
            accept: {balance: known, afterExposure: {x: known, g: known}}
            """
        try Data(spec.utf8).write(to: folder.appendingPathComponent("experiment.yaml"))
    }
}
