import Frames
import Policies
import Studies

/// The pairs of outcomes that the main plot does not show, small and side by side.
enum FrontPairs {
    /// Pairs (across, up) other than the one on the axes.
    static func pairs(_ state: WorkbenchState, _ space: PolicySpace) -> [(across: Int, up: Int)] {
        let shown = Set([state.front.horizontalOutcome, state.front.verticalOutcome])
        return space.outcomes.indices.flatMap { up in
            space.outcomes.indices.filter { $0 > up }.map { (across: $0, up: up) }
        }.filter { Set([$0.across, $0.up]) != shown }
    }

    static func draw(
        _ state: WorkbenchState, _ space: PolicySpace, _ pairs: [(across: Int, up: Int)], in rect: Rect,
        of frame: inout Frame
    ) {
        let fitting = pairs.prefix(max(1, rect.width / 36))
        frame.horizontalRule(y: rect.y, from: rect.x, to: rect.maxX, style: .border)
        let places = rect.inset(top: 1).columns(Array(repeating: 1, count: fitting.count), gap: 1)
        for (pair, place) in zip(fitting, places) {
            guard let plane = FrontPlane(state, across: pair.across, up: pair.up) else { continue }
            FrontPlot.draw(state, space, plane, zoomed: false, in: place, of: &frame)
        }
    }
}
