import Dispatch
import Effects
import Experiments
import Frontier
import Policies
import Runtime
import Statistics
import Studies
import Workbench

/// Evaluation, profile, search and key to frame at 3 arms and 3 outcomes.
enum PolicyCases {
    static func run(_ report: inout Report) throws {
        for units in [64_000, 1_000_000] {
            let workspace = workspace(units: units)
            try evaluate(workspace, units, &report)
            try search(workspace, units, &report)
            try keyToFrame(workspace, units, "", &report)
            try whileSearching(workspace) { try keyToFrame(workspace, units, " in a search", &report) }
        }
    }

    static func workspace(units: Int) -> PolicyWorkspace {
        var stream = RandomStream(seed: 1)
        func column(_ scale: Double) -> [Float] { (0..<units).map { _ in Float(scale * stream.normal()) } }
        let effects = EffectEstimates(armCount: 3, outcomeCount: 3, columns: (0..<6).map { _ in column(0.2) })
        let scores = ScoreTable(
            control: (0..<3).map { _ in column(0.5) }, contrasts: effects, residuals: (0..<3).map { _ in column(2) })
        let table = PolicyTable(
            effects: effects, scores: scores, observed: (0..<3).map { _ in column(1) },
            armCosts: Array(repeating: [0, 0, 0], count: 3),
            assignment: (0..<units).map { _ in UInt8(stream.index(below: 3)) },
            observedPropensity: Array(repeating: 1 / 3, count: units), tuneCount: units)
        return PolicyWorkspace(space: space, table: table)
    }

    /// Three arms and three outcomes.
    static let space = PolicySpace(
        arms: ["control", "one", "two"],
        outcomes: ["a", "b", "c"].map {
            PolicySpace.Outcome(name: $0, direction: .maximize, threshold: .relative(-0.02), centre: 3, scale: 1)
        }, averageEffects: [[0, 0, 0], [0.1, 0, 0], [0.2, 0, 0]], controlMeans: [3, 3, 3])

    static func evaluate(_ workspace: PolicyWorkspace, _ units: Int, _ report: inout Report) throws {
        let bytes = workspace.table.bytesPerUnit * units
        let read = Stopwatch.plainRead(bytes: bytes)
        var knobs = PolicyKnobs.start(in: workspace.space)
        knobs.weights[1] = 0.4
        for threads in [1, 2] {
            let evaluator = try workspace.evaluator(workers: Workers(count: threads))
            let size = "\(units) units, \(threads) thr"
            let one = Stopwatch.median(15) { _ = evaluator.evaluate(knobs) }
            report.add("one evaluation, DR and SNIPS sums with SE", size, milliseconds: one, bytes: bytes, read: read)
            let curve = Stopwatch.median {
                _ = ParameterProfile(
                    of: .weight(1), from: knobs, grid: workspace.grids[.weight(1)].values, evaluator: evaluator)
            }
            report.add("one profile, 121 values, every unit changes", size, milliseconds: curve)
            guard units >= SampleKnob.leastUnits else { continue }
            let first = Stopwatch.median {
                _ = ParameterProfile(
                    of: .weight(1), from: knobs, grid: workspace.grids[.weight(1)].values,
                    evaluator: evaluator.sampled(SampleKnob.unitCount))
            }
            report.add("the same from a sample, shown first", size, milliseconds: first)
        }
    }

    private static func search(_ workspace: PolicyWorkspace, _ units: Int, _ report: inout Report) throws {
        let lines = units > 100_000 ? 32 : 200
        let evaluator = try workspace.evaluator(workers: Workers(count: 1))
        let time = try Stopwatch.median(1) {
            _ = try PolicySearch(
                evaluator: evaluator, grids: workspace.grids, settings: SearchSettings(evaluations: lines)
            ).run(reference: [2, 2, 2], context: RunContext())
        }
        report.add("search of \(lines) exact lines", "\(units) units", milliseconds: time)
    }

    /// A slider step: key, action, evaluation, result, frame. The curve follows later and is not waited for.
    static func keyToFrame(
        _ workspace: PolicyWorkspace, _ units: Int, _ circumstances: String, _ report: inout Report
    ) throws {
        var state = WorkbenchState(title: "bench")
        state.facts.workspace = workspace
        // Nothing follows from a knob before the study is open.
        state.facts.inputs = "bench"
        state.decisions.knobs = PolicyKnobs.start(in: workspace.space)
        state.screen = .policy
        let evaluator = try workspace.evaluator()
        var (presses, evaluations) = (0, 0)
        let times = Stopwatch.times(300) {
            presses += 1
            for work in Input.type(.character(presses % 40 < 20 ? "l" : "h"), into: &state) {
                if case .query(let query as EvaluatePresent) = work {
                    _ = query.take(Urgency.run { evaluator.evaluate(query.knobs) }, in: &state)
                    evaluations += 1
                }
            }
            _ = Screens.draw(state, width: 80, height: 24, glyphs: .unicode)
        }.sorted()
        guard evaluations == presses else {
            throw EspalierError(.internal, "\(presses) keys led to \(evaluations) evaluations")
        }
        report.add("key to frame\(circumstances), p50", "\(units) units", milliseconds: times[times.count / 2])
        report.add("key to frame\(circumstances), p99", "\(units) units", milliseconds: times[times.count * 99 / 100])
    }

    /// Does something while the front is searched on all threads, as the workbench does it.
    static func whileSearching(_ workspace: PolicyWorkspace, _ body: () throws -> Void) throws {
        let workers = Workers().givingWay
        let evaluator = try workspace.evaluator(workers: workers.one)
        let cancellation = Cancellation()
        let search = DispatchGroup()
        DispatchQueue(label: "search").async(group: search) {
            let context = RunContext(workers: workers, cancellation: cancellation)
            while !cancellation.isCancelled {
                // Cancelled when the body is done; there is nothing to take from it.
                _ = try? SampledSearch(
                    evaluator: evaluator, grids: workspace.grids, settings: SearchSettings(evaluations: 600)
                ).runTraced(reference: [2, 2, 2], context: context)
            }
        }
        defer {
            cancellation.cancel()
            search.wait()
        }
        try body()
    }
}
