import Policies
import Statistics

/// A line of policies, at the ascending positions that an exact profile wants.
struct SearchLine: Sendable, Equatable, Codable {
    /// The knobs at position 0.
    let origin: PolicyKnobs
    /// How far each turned knob goes per unit of position.
    let slopes: [Slope]
    let positions: [Double]
    /// How often the grid was narrowed.
    let depth: Int

    struct Slope: Sendable, Equatable, Codable {
        let knob: Knob
        let step: Double
    }

    private static let zoomReach = 24

    /// Along one knob, over its whole track.
    static func axis(_ knob: Knob, from start: PolicyKnobs, grids: ParameterGrids) -> SearchLine {
        var origin = start
        origin[knob] = 0
        return SearchLine(
            origin: origin, slopes: [Slope(knob: knob, step: 1)], positions: grids[knob].values, depth: 0)
    }

    /// In a random direction, each knob in its own unit, with steps that shrink towards the start.
    static func oblique(
        _ free: [Knob], from start: PolicyKnobs, grids: ParameterGrids, _ stream: inout RandomStream
    ) -> SearchLine {
        let slopes = free.map { Slope(knob: $0, step: stream.normal() * grids.unit(of: $0)) }
        let positions = ParameterGrid(unit: stream.bernoulli(0.5) ? 1 : 0.1).values
        return SearchLine(origin: start, slopes: slopes, positions: positions, depth: 0)
    }

    /// The same line between the grid values beside a run of its grid, evenly and so much finer.
    func zoomed(around run: ClosedRange<Int>) -> SearchLine {
        let low = positions[max(0, run.lowerBound - 1)]
        let high = positions[min(positions.count - 1, run.upperBound + 1)]
        let steps = 2 * Self.zoomReach
        return SearchLine(
            origin: origin, slopes: slopes,
            positions: (0...steps).map { low + (high - low) * Double($0) / Double(steps) }, depth: depth + 1)
    }

    func knobs(at position: Double) -> PolicyKnobs {
        var turned = origin
        for slope in slopes { turned[slope.knob] = origin[slope.knob] + position * slope.step }
        return turned
    }

    var knobs: [PolicyKnobs] { positions.map(knobs(at:)) }

    /// Every policy of the line, evaluated exactly.
    func points(_ evaluator: PolicyEvaluator) -> [ProfilePoint] {
        evaluator.moments(along: knobs.map { LinearPolicy($0, in: evaluator.space) }, at: positions)
    }
}
