import Effects
import Frames
import Policies
import Studies
import Testing
import Workbench

/// Curves of many units: a sample's first, marked, then the exact one.
@Suite struct SampleCurveTests {
    /// Many units of the made-up study, which differ in their effects alone.
    private static func workspace(units: Int) -> PolicyWorkspace {
        let space = Fixture.workspace.space
        let (arms, outcomes) = (space.armCount, space.outcomeCount)
        let ramp = (0..<units).map { Float($0 % 1_000) / 1_000 - 0.5 }
        let flat = [Float](repeating: 0.5, count: units)
        let effects = EffectEstimates(
            armCount: arms, outcomeCount: outcomes,
            columns: (0..<(arms - 1) * outcomes).map { $0.isMultiple(of: 2) ? ramp : flat })
        let each = Array(repeating: flat, count: outcomes)
        let table = PolicyTable(
            effects: effects, scores: ScoreTable(control: each, contrasts: effects, residuals: each), observed: each,
            armCosts: Array(repeating: Array(repeating: 0, count: outcomes), count: arms),
            assignment: (0..<units).map { UInt8($0 % arms) },
            observedPropensity: Array(repeating: 1 / 3, count: units), tuneCount: units)
        return PolicyWorkspace(space: space, table: table)
    }

    private static func state(units: Int) throws -> WorkbenchState {
        var state = WorkbenchState(title: "many units")
        let workspace = workspace(units: units)
        state.facts.description = try Fixture.description()
        state.facts.workspace = workspace
        state.facts.inputs = "many"
        state.decisions.knobs = .start(in: workspace.space)
        return state
    }

    private static func text(_ state: WorkbenchState) -> String {
        Screens.draw(state, width: 160, height: 48, glyphs: .unicode).text
    }

    private static func samples(_ work: [Work]) -> [SampleKnob] {
        work.compactMap {
            guard case .query(let query) = $0 else { return nil }
            return query as? SampleKnob
        }
    }

    @Test func aSampleShowsTheCurveUntilTheExactOneIsThere() throws {
        var state = try Self.state(units: SampleKnob.leastUnits)
        let sample = try #require(Self.samples(Reducer.reduce(&state, .show(.policy))).first)
        #expect(!Self.text(state).contains("~ from a sample"))
        let workspace = try #require(state.facts.workspace)
        let evaluator = try workspace.evaluator()
        let exact = sample.exact
        func profile(_ evaluator: PolicyEvaluator) -> ParameterProfile {
            ParameterProfile(
                of: exact.knob, from: exact.knobs, grid: workspace.grids[exact.knob].values, evaluator: evaluator)
        }
        _ = sample.take(profile(evaluator.sampled(SampleKnob.unitCount)), in: &state)
        #expect(Self.text(state).contains("~ from a sample"))
        _ = exact.take(profile(evaluator), in: &state)
        #expect(!Self.text(state).contains("~ from a sample"))
        // A sample that comes too late changes nothing.
        let shown = Self.text(state)
        _ = sample.take(profile(evaluator.sampled(10)), in: &state)
        #expect(Self.text(state) == shown)
    }

    @Test func fewerUnitsNeedNoSample() throws {
        var state = try Self.state(units: SampleKnob.leastUnits - 1)
        #expect(Self.samples(Reducer.reduce(&state, .show(.policy))).isEmpty)
    }
}
