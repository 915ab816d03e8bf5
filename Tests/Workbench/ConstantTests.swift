import Effects
import Frames
import Policies
import Statistics
import Testing
import Workbench

/// A learner that does worse than the same effect for everybody is told so where it is looked at.
@Suite struct ConstantTests {
    /// The fixture's report with an R-score of t for `high` on the first outcome.
    private func report(rScore: Double) -> ModelReport {
        let base = Fixture.models
        return ModelReport(
            units: base.units, folds: base.folds, learners: base.learners, arms: base.arms, outcomes: base.outcomes,
            judgements: base.judgements.map { own in
                guard own.learner == "t", own.arm == base.arms[1], own.outcome == base.outcomes[0] else { return own }
                return ValidatedLearner(
                    learner: own.learner, arm: own.arm, outcome: own.outcome, muRisk: own.muRisk, tauRisk: own.tauRisk,
                    rScore: Measure(value: rScore, standardError: 0.0015), behindBest: own.behindBest,
                    calibration: own.calibration, curve: own.curve, test: own.test, adjustedP: 1)
            }, projections: base.projections ?? [], intervals: [], caveats: [])
    }

    private func text(_ screen: Screen, _ report: ModelReport, width: Int = 120) throws -> String {
        var state = try Fixture.state(on: screen)
        state.results[.modelReport] = report
        state.trees.index = 3
        state.models.row = 1
        let frame = Screens.draw(state, width: width, height: 30, glyphs: .unicode)
        return frame.text
    }

    @Test func worseLearnersAreTold() throws {
        let worse = report(rScore: -0.02)
        #expect(worse.worseThanConstant?.count == 1)
        let sentence = try #require(worse.worseThanConstant?.first)
        #expect(sentence.hasPrefix("t predicts the effect of high on ") && sentence.contains("worse than a constant"))
        #expect(try text(.models, worse).contains("t predicts the effect of"))
        #expect(try text(.trees, worse).contains("t is worse than a constant"))
        // Within its error nothing is said.
        let unsure = report(rScore: -0.002)
        #expect(unsure.worseThanConstant?.isEmpty == true)
        #expect(try !text(.models, unsure).contains("predicts the effect of"))
        #expect(try !text(.trees, unsure).contains("worse than a constant"))
    }

    /// A knob's value takes the columns that it has, and leaves one before its track.
    @Test(arguments: [(60, 18), (80, 24), (120, 40), (200, 60)])
    func longValuesOfKnobsFit(width: Int, height: Int) throws {
        func lines(_ bias: Double) throws -> [String] {
            var state = try Fixture.state(on: .policy)
            state.decisions.knobs.biases[1] = bias
            let frame = Screens.draw(state, width: width, height: height, glyphs: .unicode)
            return frame.text(trimmed: false).split(separator: "\n").map(String.init)
        }
        for (bias, shown) in [(-0.000275, "-0.00028 "), (-1.234e-10, "-1.2e-10 "), (-123_456.0, "-123456 ")] {
            let (long, short) = (try lines(bias), try lines(0))
            let row = try #require(long.firstIndex { $0.contains(shown) }, "\(bias)")
            func end(_ line: String) throws -> Int {
                line.distance(from: line.startIndex, to: try #require(line.firstIndex(of: "┤")))
            }
            #expect(try end(long[row]) == end(short[row]), "\(long[row])")
        }
    }
}
