import Policies
import Statistics

/// A line of policies through some knobs, at the ascending positions that an exact profile wants.
struct SearchLine {
    let knobs: [PolicyKnobs]
    let positions: [Double]

    /// Along one knob, over its whole track.
    static func axis(_ knob: Knob, from start: PolicyKnobs, tracks: KnobTracks) -> SearchLine {
        let grid = tracks[knob].values
        return SearchLine(
            knobs: grid.map { value in
                var turned = start
                turned[knob] = value
                return turned
            }, positions: grid)
    }

    /// In a random direction, each knob in its own unit, with steps that shrink towards the start.
    static func oblique(
        _ free: [Knob], from start: PolicyKnobs, tracks: KnobTracks, _ stream: inout RandomStream
    ) -> SearchLine {
        let direction = free.map { knob in stream.normal() * tracks.unit(of: knob) }
        let positions = KnobTrack(unit: stream.bernoulli(0.5) ? 1 : 0.1).values
        return SearchLine(
            knobs: positions.map { step in
                var turned = start
                for (knob, slope) in zip(free, direction) { turned[knob] = start[knob] + step * slope }
                return turned
            }, positions: positions)
    }

    /// Every policy of the line, evaluated exactly.
    func points(_ evaluator: PolicyEvaluator) -> [ProfilePoint] {
        evaluator.moments(along: knobs.map { LinearPolicy($0, in: evaluator.space) }, at: positions)
    }
}
