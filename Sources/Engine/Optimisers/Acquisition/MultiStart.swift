import Runtime
import Statistics

/// Maximises a function over the unit cube that has many tops and edges: spread places and places near promising ones first,
/// then a compass search from the best of them (Kolda, Lewis & Torczon 2003).
struct MultiStart: Sendable {
    var spread = 512
    var near = 24
    var starts = 8
    private static let firstStep = 0.1
    private static let lastStep = 0.002

    struct Top: Sendable {
        let place: [Double]
        let value: Double
    }

    /// - Parameter promising: places to look around.
    /// - Throws: `CancellationError`.
    func maximise(
        dimensions: Int, promising: [[Double]], seed: UInt64, context: RunContext,
        _ function: @Sendable ([Double]) -> Double
    ) throws -> Top {
        let sequence = SobolSequence(dimensions: dimensions, seed: seed)
        var stream = RandomStream(seed: seed, purpose: "near the promising")
        var places = (0..<spread).map(sequence.point)
        for place in promising {
            places += (0..<near).map { step in
                // From far to close: half the side down to a hundredth of it.
                let reach = 0.5 * Double(step + 1) / Double(near)
                return place.map { min(1, max(0, $0 + reach * reach * stream.normal())) }
            }
        }
        let tried = places
        let values = try context.workers.map(tried.count) { index in
            try context.cancellation.check()
            return function(tried[index])
        }
        let order = tried.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
        let tops = try context.workers.map(min(starts, order.count)) { rank in
            try context.cancellation.check()
            return Self.climb(from: Top(place: tried[order[rank]], value: values[order[rank]]), function)
        }
        return tops.reduce(Top(place: tried[order[0]], value: values[order[0]])) { $1.value > $0.value ? $1 : $0 }
    }

    /// Steps along the axes, halved when none helps.
    private static func climb(from start: Top, _ function: ([Double]) -> Double) -> Top {
        var top = start
        var step = firstStep
        while step > lastStep {
            var isBetter = false
            for axis in top.place.indices {
                for sign in [1.0, -1.0] {
                    var place = top.place
                    place[axis] = min(1, max(0, place[axis] + sign * step))
                    guard place[axis] != top.place[axis] else { continue }
                    let value = function(place)
                    if value > top.value {
                        top = Top(place: place, value: value)
                        isBetter = true
                        break
                    }
                }
            }
            if !isBetter { step /= 2 }
        }
        return top
    }
}
