import Effects
import Testing

@Suite struct QAggregationTests {
    /// What scipy 1.17's `minimize(method="SLSQP", bounds=[(0, 1)] * 4, constraints=sum to 1)` found from 20 starts each, to 1e-15
    /// in the loss, on 12 units by 4 members: predictions and noise z by x -> (1103515245 x + 12345) mod 2^31,
    /// z = (x >> 16) mod 21 - 10, five a unit; the target is z_4/2 + .6 z_1 + .3 z_2.
    private static let outside: [(seed: Int, nu: Double, weights: [Double])] = [
        (1, 0.5, [0.0855304, 0.7307015, 0.183768, 0]),
        (1, 0, [0.1471266, 0.5371431, 0.2702432, 0.0454871]),
        (2, 0.5, [0, 0.4708186, 0.5291814, 0]),
        (3, 0.25, [0, 0.8524258, 0.1404166, 0.0071576]),
        (4, 0.5, [0, 0.81606, 0.18394, 0]),
    ]

    private static func moments(seed: Int) -> StackMoments {
        var state = seed
        func next() -> Double {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
            return Double((state >> 16) % 21 - 10)
        }
        var moments = StackMoments(memberCount: 4)
        for _ in 0..<12 {
            let z = (0..<5).map { _ in next() }
            moments.add(Array(z[0..<4]), target: z[4] / 2 + 0.6 * z[1] + 0.3 * z[2])
        }
        return moments
    }

    @Test(arguments: outside.indices) func weightsAgreeWithAnOutsideSolver(_ index: Int) {
        let (seed, nu, expected) = Self.outside[index]
        let weights = QAggregation.weights(Self.moments(seed: seed), linearShare: nu)
        for (own, its) in zip(weights, expected) { #expect(abs(own - its) < 2e-6) }
        #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
    }

    /// With the linear term alone the best single member has it all.
    @Test func theLinearTermPicksTheBestMember() {
        for seed in 1...4 {
            let moments = Self.moments(seed: seed)
            let losses = (0..<4).map { moments.products[$0 * 4 + $0] - 2 * moments.targets[$0] }
            let best = losses.indices.min { losses[$0] < losses[$1] }
            let weights = QAggregation.weights(moments, linearShare: 1)
            #expect(weights == losses.indices.map { $0 == best ? 1 : 0 })
        }
    }

    /// Members that coincide, members that say nothing, and none that says anything.
    @Test func degenerateMembersLeaveWeightsOnTheSimplex() {
        var twins = StackMoments(memberCount: 3)
        for value in 1...20 {
            let x = Double(value % 7) - 3
            twins.add([0, x, x], target: 0.5 * x)
        }
        let weights = QAggregation.weights(twins, linearShare: 0)
        #expect(abs(weights[0] - 0.5) < 1e-9 && abs(weights[1] + weights[2] - 0.5) < 1e-9)
        #expect(QAggregation.weights(StackMoments(memberCount: 3)) == [1, 0, 0])
    }

    /// The scale of the target and predictions does not matter, nor that of the units' weights.
    @Test func weightsDoNotDependOnScale() {
        var (plain, scaled) = (StackMoments(memberCount: 2), StackMoments(memberCount: 2))
        for value in 0..<40 {
            let (x, z) = (Double(value % 5) - 2, Double(value % 3) - 1)
            plain.add([x, z], target: x + z)
            scaled.add([1e6 * x, 1e6 * z], target: 1e6 * (x + z), weight: 1e-4)
        }
        for (own, its) in zip(QAggregation.weights(plain), QAggregation.weights(scaled)) {
            #expect(abs(own - its) < 1e-9)
        }
    }
}
