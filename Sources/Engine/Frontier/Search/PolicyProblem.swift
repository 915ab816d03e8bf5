import Policies
import Runtime
import Statistics

/// What every search for the front looks at: the policies it may try, and what they would bring on tune.
struct PolicyProblem: Sendable {
    let evaluator: PolicyEvaluator
    let grids: ParameterGrids
    /// Oriented.
    let reference: [Double]
    /// Whether policies that break a threshold are to be told apart.
    let respectsLimits: Bool
    /// The knobs a search may turn, weights first.
    let free: [Knob]

    /// - Parameter evaluator: on tune, on one thread: searches evaluate policies side by side.
    init(evaluator: PolicyEvaluator, grids: ParameterGrids, settings: SearchSettings, reference: [Double]) {
        self.evaluator = evaluator
        self.grids = grids
        self.reference = reference
        respectsLimits = settings.feasible
        free = Knob.all(in: evaluator.space).filter {
            switch $0 {
            case .weight: true
            case .bias: settings.method != .weights
            case .shrinkage: false
            }
        }
    }

    var space: PolicySpace { evaluator.space }
    var weights: [Knob] { free.filter { if case .weight = $0 { true } else { false } } }

    /// Policies that share a reading of the units, at most.
    private static let largestBatch = 16

    /// nil where not estimable.
    /// - Throws: `CancellationError`.
    func measure(_ knobs: [PolicyKnobs], context: RunContext) throws -> [MeasuredPolicy?] {
        // No larger than leaves every worker something to do.
        let batch = min(Self.largestBatch, max(1, (knobs.count - 1) / context.workers.count + 1))
        let starts = Array(stride(from: 0, to: knobs.count, by: batch))
        return try context.workers.map(starts.count) { index -> [MeasuredPolicy?] in
            try context.cancellation.check()
            let own = knobs[starts[index]..<min(starts[index] + batch, knobs.count)]
            let profiles = evaluator.moments(of: own.map { LinearPolicy($0, in: space) })
            return zip(own, profiles).map { MeasuredPolicy($0, $1, in: self) }
        }.flatMap { $0 }
    }

    /// Every policy of a line, exactly, for about the price of one.
    func measure(_ line: SearchLine) -> [MeasuredPolicy?] {
        zip(line.knobs, line.points(evaluator)).map { MeasuredPolicy($0, $1, in: self) }
    }

    func randomKnobs(_ knobs: [Knob], _ stream: inout RandomStream) -> PolicyKnobs {
        var drawn = PolicyKnobs.start(in: space)
        for knob in knobs {
            let values = grids[knob].values
            drawn[knob] = values[stream.index(below: values.count)]
        }
        return drawn
    }
}
