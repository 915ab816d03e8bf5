import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Outcomes by an index of surrogates: METHODS 8.7.
@Suite struct SurrogateTests {
    /// y = 1 + 2 a - b exactly but for a residual of ±.1 that sums to 0 over every pair of a and b.
    private static let history: String = {
        var text = "a,b,y,arm\n"
        for (a, b) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (2, 3)] {
            for (sign, arm) in [(1.0, "off"), (-1.0, "on")] {
                text += "\(a),\(b),\(1 + 2 * Double(a) - Double(b) + 0.1 * sign),\(arm)\n"
            }
        }
        return text
    }()

    private static func spec(_ surrogate: String, more: String = "") -> String {
        """
        name: test
        data: data.csv
        unit: id
        treatment: {column: t, control: off}
        outcomes:
          - {name: later, direction: maximize, surrogate: \(surrogate)\(more)}
        covariates: [x]
        splits: {confirm: 0}
        """
    }

    private static let usual = "{history: past.csv, outcome: y, columns: [a, b]}"
    private static let data = "id,t,x,a,b\n1,off,3,0,1\n2,off,4,1,0\n3,on,5,2,2\n4,on,6,2,0\n"

    private static func read(_ spec: String, history: String = history, data: String = data) throws -> ExperimentReading
    {
        let scratch = try Scratch()
        _ = try scratch.write(history, as: "past.csv")
        return try scratch.read(data, spec: spec)
    }

    @Test func theIndexIsTheOutcome() throws {
        let reading = try Self.read(Self.spec(Self.usual))
        let outcome = try #require(reading.experiment.outcomes.first)
        let rows = reading.experiment.units.rows
        for (unit, row) in rows.enumerated() {
            #expect(abs(outcome.observed.value(unit) - [0, 3, 3, 5][Int(row) - 1]) < 1e-6)
        }
        let note = try #require(reading.notes.surrogates.first)
        let outside: [(slope: Double, error: Double)] = [(2, 0.051_639_8), (-1, 0.042_163_7)]
        for (place, coefficient) in outside.enumerated() {
            #expect(abs(note.index.rule.slopes[place] - coefficient.slope) < 1e-9)
            #expect(abs(note.index.standardError(ofSlope: place) - coefficient.error) < 1e-6)
        }
        #expect(
            reading.experiment.caveats.contains {
                $0.contains("an index of \"a\", \"b\"") && $0.contains("no check proves")
            })
        let finding = try #require(HealthReport.examine(reading).findings.first { $0.sentence.contains("an index of") })
        #expect(finding.check == .outcomes)
    }

    /// The whole gradient: means of the surrogates of every arm, less the history's; a difference moves by that of two arms.
    @Test func theErrorIsThatOfTheCoefficients() throws {
        let reading = try Self.read(Self.spec(Self.usual))
        let error = try #require(reading.experiment.outcomes[0].indexError)
        let index = try #require(reading.notes.surrogates.first?.index)
        // Means of (a, b): control (.5, .5), on (2, 1), history (1, 1).
        let gaps = [1.5, 0.5]
        var expected = 0.0
        for (a, left) in gaps.enumerated() {
            for (b, right) in gaps.enumerated() { expected += left * right * index.covariance[a + 1, b + 1] }
        }
        let contrast = error.contrast(ofArm: 1)
        #expect(abs(contrast.variance(error.effects[1]) - expected) < 1e-12)
        #expect(abs(error.effects[1] - 2.5) < 1e-12)
        #expect(contrast.variance(error.effects[1] + 1) != contrast.variance(error.effects[1]))
    }

    /// With one surrogate the error of any difference is its size times the relative error of the slope, whoever it is of.
    @Test func oneSurrogateMakesEveryErrorExact() throws {
        let reading = try Self.read(Self.spec("{history: past.csv, outcome: y, columns: [a]}"))
        let error = try #require(reading.experiment.outcomes[0].indexError)
        let index = try #require(reading.notes.surrogates.first?.index)
        let relative = index.standardError(ofSlope: 0) / index.rule.slopes[0]
        for difference in [-1, 0, 0.3, 2.0] {
            let exact = difference * relative * difference * relative
            #expect(abs(error.contrast(ofArm: 1).variance(difference) - exact) < 1e-9)
            #expect(
                abs(error.contrast(shares: [0.4, 0.6], effects: error.effects).variance(difference) - exact) < 1e-9)
        }
    }

    /// Two surrogates whose effects differ by unit, and a policy that picks by them: the error by shares and difference is near that of
    /// the surrogates' own means.
    @Test func aPolicysErrorIsNearTheExactOne() throws {
        var stream = RandomStream(seed: 3, purpose: "policy's index")
        let count = 20_000
        let past = (0..<2).map { _ in (0..<500).map { _ in stream.normal() } }
        let later = (0..<500).map { 0.6 * past[0][$0] + 0.3 * past[1][$0] + stream.normal() }
        let index = try SurrogateIndex(
            SurrogateHistory(names: ["a", "b"], columns: past, outcome: later), file: "past.csv")
        var columns: [[Double]] = [[], []]
        var means = [0.0, 0]
        var share = 0.0
        var assignment: [UInt8] = []
        for unit in 0..<count {
            let x = stream.normal()
            let effects = [0.2 + 0.3 * x, 0.1 - 0.2 * x + 0.1 * stream.normal()]
            let arm = unit % 2
            assignment.append(UInt8(arm))
            for place in 0..<2 { columns[place].append(0.5 * x + Double(arm) * effects[place] + stream.normal()) }
            // The policy gives the arm where x is above .2.
            if x > 0.2 {
                share += 1 / Double(count)
                for place in 0..<2 { means[place] += effects[place] / Double(count) }
            }
        }
        let error = IndexError(
            index.rule, columns: columns, assignment: assignment, armCount: 2, weights: nil, units: 0..<count)
        let exact = index.rule.error([0] + means).reduce(0) { $0 + $1 * $1 }
        let difference = zip(index.rule.slopes, means).reduce(0) { $0 + $1.0 * $1.1 }
        let told = error.contrast(shares: [1 - share, share], effects: error.effects).variance(difference)
        #expect(abs((told / exact).squareRoot() - 1) < 0.25)
    }

    @Test func theOrderOfRowsChangesNothing() throws {
        let lines = Self.history.split(separator: "\n")
        let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
        let one = try Self.read(Self.spec(Self.usual)).notes.surrogates
        #expect(try Self.read(Self.spec(Self.usual), history: turned).notes.surrogates == one)
    }

    /// The check by hand: the residuals are .1 in control and -.1 in the arm, whatever a and b, so that -.2 is missed.
    @Test func theCheckTellsWhatTheIndexMisses() throws {
        let note = try #require(try Self.read(Self.spec(Self.usual)).notes.surrogates.first)
        let check = try #require(note.checks.first)
        #expect(check.arm == "on" && note.checks.count == 1)
        #expect(abs(check.effect.value + 0.2) < 1e-9 && abs(check.byIndex) < 1e-9)
        #expect(abs(check.missed.value + 0.2) < 1e-9)
        // Twelve residuals of .1, contrasts of 1/6, three coefficients: HC1.
        #expect(abs((check.missed.standardError ?? 0) - (12.0 / 9 * 12 * 0.01 / 36).squareRoot()) < 1e-9)
        #expect(check.isRefused)
    }

    @Test func setsAreRankedByErrorAndByCheck() throws {
        let scratch = try Scratch()
        let path = try scratch.write(Self.history, as: "past.csv")
        let surrogate = SurrogateSpec(history: path, outcome: "y", columns: ["b", "a"])
        let history = try SurrogateHistory.read(surrogate, folder: "", control: "off")
        let ranked = try SurrogateCandidate.rank(surrogate, in: history, file: path)
        #expect(ranked.map(\.surrogates) == [["b", "a"], ["a"], ["b"]])
        #expect(ranked.map(\.rankByError) == [1, 2, 3])
        #expect(Set(ranked.compactMap(\.rankByCheck)) == [1, 2, 3])
        #expect(zip(ranked, ranked.dropFirst()).allSatisfy { $0.index.heldOutError < $1.index.heldOutError })
    }

    /// What is wrong, with the file and where it stands.
    @Test(arguments: [
        ("{history: none.csv, outcome: y, columns: [a]}", "", "none.csv: cannot be opened"),
        ("{history: past.csv, outcome: z, columns: [a]}", "", "past.csv:1: there is no column \"z\" for the long-"),
        (
            "{history: past.csv, outcome: y, columns: [a, c]}", "",
            "past.csv:1: there is no column \"c\" for the surrogate"
        ),
        ("{history: past.csv, outcome: y, columns: [a, y]}", "", "its own surrogate"),
        ("{history: past.csv, outcome: y, columns: [a, a]}", "", "names the column \"a\" twice"),
        ("{history: past.csv, outcome: y, columns: []}", "", "is an empty list"),
        ("{history: past.csv, columns: [a]}", "", "has no outcome"),
        ("{history: past.csv, outcome: y, columns: [a], arm: b}", "", "no unit of the history has the control \"off\""),
        ("{history: past.csv, outcome: y, columns: [a], arm: a}", "", "names the column of arms \"a\" as a surrogate"),
        ("{history: past.csv, outcome: y, columns: [x]}", "", "the covariate \"x\" is also read for the outcome"),
        (Self.usual, ", column: b", "has both column and surrogate"),
        (Self.usual, ", winsorize: 0.99", "pulls in an index of surrogates"),
        (Self.usual, ", levels: [p, q]", "breaks down one column"),
    ])
    func aWrongSurrogateIsSaid(_ surrogate: String, _ more: String, _ sentence: String) throws {
        let error = try #require(throws: EspalierError.self) {
            _ = try Self.read(Self.spec(surrogate, more: more))
        }
        #expect(error.description.contains(sentence), "\(error.description)")
        #expect(error.remedy?.isEmpty == false)
    }

    @Test(arguments: [
        ("a,b,y\n1,0,2\n2,1,3\n0,1,1\n", "too few for an index of 2 columns"),
        (made(a: { _ in 1 }), "the column \"a\" has one value in all of the history"),
        (made(a: { 2 * $0 + 1 }), "the column \"b\" follows from the others"),
        (made(y: { _ in 4 }), "the long-term outcome has one value"),
        (made(y: { $0 == 3 ? .nan : $0 }), "past.csv:5: the history has no \"y\" here"),
    ])
    func aWrongHistoryIsSaid(_ history: String, _ sentence: String) throws {
        let error = try #require(throws: EspalierError.self) {
            _ = try Self.read(Self.spec(Self.usual), history: history)
        }
        #expect(error.description.contains(sentence), "\(error.description)")
    }

    /// Twenty rows with b from 0 to 19, and other columns made of it.
    private static func made(
        a: (Double) -> Double = { ($0 * $0).truncatingRemainder(dividingBy: 7) }, y: (Double) -> Double = { $0 }
    ) -> String {
        "a,b,y\n"
            + (0..<20).map { row in
                let b = Double(row)
                return "\(a(b)),\(b),\(y(b).isNaN ? "" : "\(y(b))")\n"
            }.joined()
    }

    /// A covariate of the index is held fixed and may be a covariate of the experiment, too.
    @Test func covariatesMayBeHeldFixed() throws {
        let surrogate = "{history: past.csv, outcome: y, columns: [a], covariates: [x]}"
        var past = "a,x,y\n"
        for row in 0..<30 {
            let (a, x) = (Double(row % 5), Double(row % 7))
            past += "\(a),\(x),\(1 + a - 3 * x + (row % 2 == 0 ? 0.1 : -0.1))\n"
        }
        let reading = try Self.read(Self.spec(surrogate), history: past)
        let rule = try #require(reading.notes.surrogates.first?.index.rule)
        #expect(rule.names == ["a", "x"] && abs(rule.slopes[1] + 3) < 0.1)
        #expect(reading.notes.surrogates[0].checks.isEmpty)
    }
}
