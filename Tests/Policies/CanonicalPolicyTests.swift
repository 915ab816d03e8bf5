import Experiments
import Policies
import Testing

/// From knobs to the canonical policy, and what single arms keep, by hand.
@Suite struct CanonicalPolicyTests {
    /// Three arms; the second outcome is minimised and limited, the third has a relative limit.
    private let space = PolicySpace(
        arms: ["c", "a", "b"],
        outcomes: [
            PolicySpace.Outcome(name: "y", direction: .maximize, threshold: nil, centre: 3, scale: 2),
            PolicySpace.Outcome(name: "z", direction: .minimize, threshold: .absolute(-0.5), centre: 1, scale: 4),
            PolicySpace.Outcome(name: "r", direction: .maximize, threshold: .relative(-0.1), centre: 5, scale: 0.5),
        ], averageEffects: [[0, 0, 0], [1, 0.5, -0.25], [2, -1, 0.5]], controlMeans: [3, 1, -2.5])

    /// w'_j = w_j (1 - alpha_j); b'_i = b_i + sum_j w_j alpha_j s_j ATE_ij; both over |w'_0|.
    @Test func weightsBiasesAndShrinkage() {
        let knobs = PolicyKnobs(weights: [1, 4, -2], biases: [0, 0.5, -1], shrinkage: [0.5, 0.25, 1])
        let policy = LinearPolicy(knobs, in: space)
        #expect(policy.weights == [1, 6, 0])
        // Arm a: 0.5 + 0.5 x 1 + 4 x 0.25 x -0.5 + -2 x 1 x -0.25 = 1; arm b: -1 + 1 + 1 - 1 = 0; over 0.5.
        #expect(policy.biases == [0, 2, 0])
        // Scaled effects: s_j times the scale.
        #expect(policy.slopes(in: space) == [2, -24, 0])
    }

    /// The scale is that of |w'_0|, unless that is 0.
    @Test func theScaleOfTheFirstWeight() {
        let negative = LinearPolicy(
            PolicyKnobs(weights: [-2, 1, 0], biases: [0, 1, 3], shrinkage: [0, 0, 0]), in: space)
        #expect(negative.weights == [-1, 0.5, 0] && negative.biases == [0, 0.5, 1.5])
        let none = LinearPolicy(
            PolicyKnobs(weights: [1, 3, 0], biases: [0, 1, 2], shrinkage: [1, 0, 0]), in: space)
        #expect(none.weights == [0, 3, 0] && none.biases == [0, 2, 4])
    }

    @Test func everyoneGetsOneArm() {
        #expect(LinearPolicy.everyone(arm: 0, in: space) == LinearPolicy(weights: [0, 0, 0], biases: [0, -1, -1]))
        #expect(LinearPolicy.everyone(arm: 2, in: space) == LinearPolicy(weights: [0, 0, 0], biases: [0, -1, 1]))
        #expect(
            PolicyKnobs.start(in: space) == PolicyKnobs(weights: [1, 0, 0], biases: [0, 0, 0], shrinkage: [0, 0, 0]))
    }

    /// The line of a knob holds at every value the policy of that value, before division.
    @Test(arguments: [Knob.weight(1), .weight(2), .bias(2), .shrinkage(0), .shrinkage(1)]) func lines(knob: Knob) {
        let knobs = PolicyKnobs(weights: [1, 4, -2], biases: [0, 0.5, -1], shrinkage: [0.5, 0.25, 1])
        let line = PolicyLine(of: knob, from: knobs, in: space)
        for value in [0, 0.5, 1] {
            var turned = knobs
            turned[knob] = value
            let policy = LinearPolicy(turned, in: space)
            let weights = zip(line.weights, line.weightDirection).map { $0 + value * $1 }
            let biases = zip(line.biases, line.biasDirection).map { $0 + value * $1 }
            let divisor = weights[0] == 0 ? 1 : abs(weights[0])
            #expect(zip(weights, policy.weights).allSatisfy { abs($0 / divisor - $1) < 1e-12 })
            #expect(zip(biases, policy.biases).allSatisfy { abs($0 / divisor - $1) < 1e-12 })
        }
    }

    /// a raises what is to fall by exactly as much as the limit allows, and lowers r by exactly a tenth of |-2.5|.
    @Test func whatSingleArmsKeep() {
        #expect(space.keepsThresholds(0) && space.keepsThresholds(1) && space.keepsThresholds(2))
        func keeps(_ averages: [Double], control: Double = -2.5) -> Bool {
            PolicySpace(
                arms: ["c", "a"], outcomes: space.outcomes, averageEffects: [[0, 0, 0], averages],
                controlMeans: [3, 1, control]
            ).keepsThresholds(1)
        }
        #expect(keeps([-9, 0.5, -0.25]))
        #expect(!keeps([9, 0.51, 0]) && keeps([0, -0.51, 0]))
        #expect(!keeps([9, 0, -0.26]) && keeps([0, 0, 0.26]))
        #expect(!keeps([9, 0, -0.26], control: 2.5))
        // Of nothing the limit allows nothing.
        #expect(!keeps([9, 0, -0.01], control: 0) && keeps([0, 0, 0], control: 0))
    }

    @Test func theBestSingleArmByWeights() {
        // Oriented: a gains 1, -0.5, -0.25; b gains 2, 1, 0.5.
        #expect(space.bestArm(weights: [1, 0, 0]) == 2)
        #expect(space.bestArm(weights: [-1, 0, 0]) == 0)
        #expect(space.bestArm(weights: [0, -1, 0]) == 1)
        #expect(space.bestArm(weights: [0, 1, 0]) == 2)
        // Equal utilities, 3 each: the lower arm; 0 is control's.
        let even = PolicySpace(
            arms: ["c", "a", "b"], outcomes: [space.outcomes[0]], averageEffects: [[0], [3], [3]], controlMeans: [3])
        #expect(even.bestArm(weights: [1]) == 1 && even.bestArm(weights: [0]) == 0)
        // What breaks a limit is not compared.
        let broken = PolicySpace(
            arms: ["c", "a", "b"], outcomes: Array(space.outcomes[0...1]),
            averageEffects: [[0, 0], [9, 0.6], [1, 0]],
            controlMeans: [3, 1])
        #expect(broken.bestArm(weights: [1, 0]) == 2)
    }

    /// Stops of a track of five: a step goes to the next stop beyond the value, and stays within the track.
    @Test(arguments: [
        (0.5, 1, 0.75), (0.5, -1, 0.25), (0.5, 2, 1), (0.5, -2, 0), (0.5, 9, 1), (0.5, -9, 0), (0.5, 0, 0.5),
        (0.6, 1, 0.75), (0.6, -1, 0.5), (0.6, 0, 0.6), (1, 1, 1), (0, -1, 0), (1, -1, 0.75), (0, 1, 0.25), (7, -1, 1),
        (-7, 1, 0), (7, 1, 1), (-7, -1, 0), (7, 0, 7),
    ])
    func steps(from: Double, by steps: Int, to: Double) {
        #expect(ParameterGrid(shareSteps: 4).step(from: from, by: steps) == to)
    }

    @Test(arguments: [
        (0.0, 0.0), (0.25, 0.25), (0.3, 0.3), (1, 1), (-1, 0), (2, 1), (0.999, 0.999),
    ])
    func positions(of value: Double, at place: Double) {
        #expect(abs(ParameterGrid(shareSteps: 4).position(of: value) - place) < 1e-12)
    }

    /// 60 stops either side of 0, asinh-spaced over +-10 units: sinh(asinh(10) k/60), to three digits.
    @Test func theTrackOfAWeight() {
        let values = ParameterGrid(unit: 2).values
        #expect(values.count == 121 && values[60] == 0 && values[120] == 20 && values[0] == -20)
        // 2 sinh(asinh(10) k/60) for k = 1, 30, 59: 0.09998, 4.25438 and 19.0202.
        #expect(values[61] == 0.1 && values[90] == 4.25 && values[119] == 19.0)
        #expect((0...60).allSatisfy { values[60 - $0] == -values[60 + $0] })
        #expect(ParameterGrid.value(at: 0.5, unit: 2) == 0)
        #expect(abs(ParameterGrid.value(at: 1, unit: 2) - 20) < 1e-12)
        #expect(abs(ParameterGrid.value(at: 0, unit: 2) + 20) < 1e-12)
        #expect(ParameterGrid(shareSteps: 100).values.count == 101)
    }
}
