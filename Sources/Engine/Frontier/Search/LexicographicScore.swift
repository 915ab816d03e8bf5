/// What a search climbs: the thresholds first, the objective second.
struct LexicographicScore: Sendable, Comparable, Codable {
    /// How far the thresholds are broken in all, 0 inside.
    let violation: Double
    let score: Double

    static let lowest = LexicographicScore(violation: .infinity, score: -.infinity)

    init(violation: Double, score: Double) {
        self.violation = violation
        self.score = score
    }

    init(_ policy: MeasuredPolicy, _ scalarisation: Scalarisation) {
        self.init(violation: policy.violation, score: scalarisation.score(policy.point.values))
    }

    static func < (a: LexicographicScore, b: LexicographicScore) -> Bool {
        a.violation != b.violation ? a.violation > b.violation : a.score < b.score
    }
}
