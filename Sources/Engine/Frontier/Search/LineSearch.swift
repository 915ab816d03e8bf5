import Policies
import Runtime
import Statistics

/// Climbs by exact profiles, several side by side, each towards a scalarisation of its own, from the best policies known so far.
struct LineSearch: SearchStrategy, Equatable {
    private let seed: UInt64
    /// Lines for the weights alone, biases at 0: the front of weights is where the larger space starts from (METHODS
    /// section 3, check of S1 figure 2).
    private let weightLines: Int
    private var climbs: [LineClimb] = []
    private var lines = 0
    private var rounds = 0

    /// Climbs side by side at full width; fixed, so that threads do not matter.
    private static let width = 16
    private static let weightsShare = 0.4

    init(_ problem: PolicyProblem, settings: SearchSettings) {
        seed = settings.seed
        // One weight's whole track is a line or two; every further one multiplies what there is to see.
        let wanted = (1..<max(1, problem.weights.count)).reduce(4) { product, _ in product * 9 }
        let spent = Int(Self.weightsShare * Double(settings.evaluations))
        weightLines =
            problem.weights.count == problem.free.count ? settings.evaluations : min(wanted, spent)
    }

    mutating func step(
        _ problem: PolicyProblem, known: [FrontPoint], limit: Int, context: RunContext
    ) throws -> SearchStep {
        let isWeightsOnly = lines < weightLines
        let free = isWeightsOnly ? problem.weights : problem.free
        guard !free.isEmpty else { return SearchStep(evaluations: limit, found: []) }
        // Few at first: the first lines tell most, and the later ones start from what they tell.
        var count = min(limit, Self.width, 2 << rounds)
        if isWeightsOnly { count = min(count, weightLines - lines) }
        rounds = min(rounds + 1, Self.width.trailingZeroBitCount)
        let first = lines
        let current = climbs
        let seed = seed
        let advanced = try context.workers.map(count) { index in
            try context.cancellation.check()
            var stream = RandomStream(seed: seed, purpose: "line \(first + index)")
            var climb: LineClimb
            if index < current.count, !current[index].isOver {
                climb = current[index]
            } else {
                climb = LineClimb(problem, known: known, along: free, &stream)
            }
            // The first lines go along each weight from the start.
            if first + index < problem.weights.count {
                climb.take(.axis(free[first + index], from: .start(in: problem.space), grids: problem.grids))
            }
            return (climb: climb, found: climb.advance(problem, along: free, &stream))
        }
        for (index, advance) in advanced.enumerated() {
            if index < climbs.count { climbs[index] = advance.climb } else { climbs.append(advance.climb) }
        }
        lines += count
        if lines == weightLines { climbs = [] }
        return SearchStep(evaluations: count, found: advanced.flatMap(\.found))
    }
}
