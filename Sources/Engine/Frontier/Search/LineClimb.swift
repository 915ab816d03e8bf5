import Policies
import Statistics

/// One climb towards one scalarisation, line by line: each line is profiled exactly, and the climb goes on from its best place.
struct LineClimb: Sendable, Equatable, Codable {
    private let scalarisation: Scalarisation
    private var knobs: PolicyKnobs
    private var height: LexicographicScore?
    /// A line already taken, to be looked at more finely next.
    private var next: SearchLine?
    /// Lines in a row that brought nothing.
    private var stalls = 0

    private static let patience = 4
    private static let zooms = 2
    private static let afresh = 0.15

    /// Begins at a random policy now and then, else at the best one known for the scalarisation.
    init(_ problem: PolicyProblem, known: [FrontPoint], along free: [Knob], _ stream: inout RandomStream) {
        let best = problem.reference.indices.map { j in
            known.map { $0.values[j] }.max() ?? problem.reference[j] + 1
        }
        let scalarisation = Scalarisation(best: best, reference: problem.reference, &stream)
        self.scalarisation = scalarisation
        let start = known.max { scalarisation.score($0.values) < scalarisation.score($1.values) }
        if let start, !stream.bernoulli(Self.afresh) {
            knobs = start.knobs
            height = LexicographicScore(violation: 0, score: scalarisation.score(start.values))
        } else {
            knobs = problem.randomKnobs(free, &stream)
        }
    }

    var isOver: Bool { stalls >= Self.patience }

    /// Has the climb take this line next.
    mutating func take(_ line: SearchLine) { next = line }

    /// Profiles one line and moves to its best place, in the middle of the run of grid values as good as the best, away
    /// from the breakpoints at its ends.
    /// - Returns: the feasible policies met that no other on the line beats.
    mutating func advance(_ problem: PolicyProblem, along free: [Knob], _ stream: inout RandomStream) -> [FrontPoint] {
        let line = next ?? draw(problem, free, &stream)
        next = nil
        let measured = problem.measure(line)
        let heights = measured.map { policy in policy.map { LexicographicScore($0, scalarisation) } ?? .lowest }
        if let top = heights.indices.max(by: { heights[$0] < heights[$1] }), (height ?? .lowest) < heights[top] {
            let run = Self.run(of: heights, around: top)
            knobs = line.knobs(at: (line.positions[run.lowerBound] + line.positions[run.upperBound]) / 2)
            height = heights[top]
            stalls = 0
            if line.depth < Self.zooms { next = line.zoomed(around: run) }
        } else {
            stalls += 1
        }
        let met = measured.compactMap { $0 }.filter(\.isFeasible).map(\.point)
        return Dominance.front(met.map(\.values)).map { met[$0] }
    }

    private func draw(_ problem: PolicyProblem, _ free: [Knob], _ stream: inout RandomStream) -> SearchLine {
        stream.bernoulli(0.5)
            ? .axis(free[stream.index(below: free.count)], from: knobs, grids: problem.grids)
            : .oblique(free, from: knobs, grids: problem.grids, &stream)
    }

    private static func run(of heights: [LexicographicScore], around top: Int) -> ClosedRange<Int> {
        var low = top
        var high = top
        while low > 0, heights[low - 1] == heights[top] { low -= 1 }
        while high + 1 < heights.count, heights[high + 1] == heights[top] { high += 1 }
        return low...high
    }
}
