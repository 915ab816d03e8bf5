import Policies
import Runtime
import Statistics
import Testing

/// The policy kernels against their definitions to the last bit, on whole numbers: ties, ends of blocks and lanes, costs.
@Suite struct PolicyKernelTests {
    private let one = Workers(count: 1)

    /// Biases and weights in quarters, so that utilities are exact and often equal.
    private func policy(_ data: WholeNumbers, _ stream: inout RandomStream) -> LinearPolicy {
        func draw() -> Double { Double(stream.index(below: 5) - 2) / 2 }
        return LinearPolicy(
            weights: (0..<data.outcomes).map { $0 == 0 ? 1 : draw() },
            biases: (0..<data.arms).map { $0 == 0 ? 0 : draw() })
    }

    /// Blocks have 64 units and lanes 16; 32,768 units are one piece of work.
    @Test(arguments: [1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 192, 193, 32_769])
    func sumsEqualTheirDefinition(units: Int) {
        var stream = RandomStream(seed: UInt64(units))
        let shapes = units > 1_000 ? [(2, 1)] : [(2, 1), (3, 2), (4, 3), (3, 4), (2, 5), (5, 6)]
        for (arms, outcomes) in shapes {
            for shares in units > 1_000 ? [false] : [false, true] {
                let data = WholeNumbers(
                    units: units, arms: arms, outcomes: outcomes, seed: stream.next(), sharesContrasts: shares)
                let policy = policy(data, &stream)
                for range in [0..<units, units / 3..<units - units / 5] where !range.isEmpty {
                    let expected = range.map { UInt8(data.choice(policy, $0)) }
                    let choice = data.table.choice(of: policy, in: data.space, units: range, workers: one)
                    // Not compared within the expectation, which would look for what differs among 32,769.
                    let isSame = choice == expected
                    #expect(isSame)
                    let wrong = (0..<arms).count { baseline in
                        let plain = PlainSums(
                            data, choice: { Int(expected[$0 - range.lowerBound]) }, baseline: baseline, range: range)
                        let sums = data.table.sums(
                            of: policy, in: data.space, baseline: baseline, units: range, workers: one)
                        let assigned = data.table.sums(
                            of: ArmProbabilities(assignment: expected, armCount: arms), baseline: baseline,
                            units: range, workers: one)
                        return PlainSums(sums, baseline: baseline) != plain
                            || PlainSums(assigned, baseline: baseline) != plain
                    }
                    #expect(wrong == 0)
                }
            }
        }
    }

    /// Of equal utilities the lowest arm wins, control before all, in every kernel: here all are 0.
    @Test(arguments: 1...6) func tiesGoToTheLowestArm(outcomes: Int) {
        for arms in 2...4 {
            let data = WholeNumbers(units: 150, arms: arms, outcomes: outcomes)
            let nothing = Array(repeating: 0.0, count: outcomes)
            func choices(_ biases: [Double]) -> Set<UInt8> {
                let policy = LinearPolicy(weights: nothing, biases: biases)
                let chosen = data.table.choice(of: policy, in: data.space, units: 0..<150, workers: one)
                let sums = data.table.sums(of: policy, in: data.space, baseline: 0, units: 0..<150, workers: one)
                #expect(sums.shares == (0..<arms).map { Int(chosen[0]) == $0 ? 1 : 0 })
                let line = data.table.sums(
                    along: [policy, policy], at: [0, 1], in: data.space, units: 0..<150, workers: one)
                #expect(line.allSatisfy { $0.shares == sums.shares })
                return Set(chosen)
            }
            #expect(choices(Array(repeating: 0, count: arms)) == [0])
            #expect(choices([0] + Array(repeating: 1, count: arms - 1)) == [1])
            #expect(choices([1] + Array(repeating: 1, count: arms - 1)) == [0])
        }
    }

    /// One walk along a line gives at every grid value what the policy of that value gives, at the values where arms tie
    /// too. Grids of one value and of more than the walk's 512 buckets, even and uneven.
    @Test(arguments: [1, 2, 3, 5, 121, 1_200], [1, 64, 65, 200])
    func profilesEqualTheirPolicies(grid: Int, units: Int) {
        var stream = RandomStream(seed: UInt64(1_000 * grid + units))
        for (arms, outcomes) in [(2, 1), (3, 2), (5, 3), (4, 5)] {
            let data = WholeNumbers(units: units, arms: arms, outcomes: outcomes, seed: stream.next())
            let start = policy(data, &stream)
            // Quarters, and their squares for an uneven grid: exact both.
            let isEven = stream.bernoulli(0.5)
            let positions = (0..<grid).map { place -> Double in
                let value = Double(place - grid / 2) / 4
                return isEven ? value : value * abs(value)
            }
            for knob in [Knob.bias(1), .bias(arms - 1), .weight(outcomes - 1)] {
                let policies = positions.map { position -> LinearPolicy in
                    var (weights, biases) = (start.weights, start.biases)
                    switch knob {
                    case .bias(let arm): biases[arm] = position
                    case .weight(let j), .shrinkage(let j): weights[j] = position
                    }
                    return LinearPolicy(weights: weights, biases: biases)
                }
                let range = units / 4..<units
                let line = data.table.sums(
                    along: policies, at: positions, in: data.space, units: range, workers: one)
                #expect(line.count == grid)
                // All values of a short grid, some of a long one and its last.
                let some = Array(stride(from: 0, to: grid, by: max(1, grid / 17))) + [grid - 1]
                let wrong = some.count { place in
                    let plain = PlainSums(
                        data, choice: { data.choice(policies[place], $0) }, baseline: 0, range: range)
                    return PlainSums(line[place], baseline: 0) != plain
                }
                #expect(wrong == 0)
            }
        }
    }

    /// What the tests above rest on.
    @Test func tiesAreCommon() {
        let data = WholeNumbers(units: 1_000, arms: 4, outcomes: 2)
        #expect(data.tieCount(LinearPolicy(weights: [1, 0.5], biases: [0, 0.5, 0, 1])) > 100)
    }

    /// Two policies side by side: what is summed of their terms together is what is summed of each, and the covariance of
    /// the two differences is that of their terms.
    @Test(arguments: [2, 255, 256, 257]) func jointDifferencesAreThoseOfTheTerms(units: Int) throws {
        let data = WholeNumbers(units: units, arms: 3, outcomes: 2, seed: 4)
        var stream = RandomStream(seed: 6)
        let policies = [policy(data, &stream), policy(data, &stream)]
        let evaluator = try PolicyEvaluator(space: data.space, table: data.table, workers: one)
        let joint = try #require(evaluator.jointDifferences(of: policies))
        let n = Double(units)
        let terms = (0..<2).flatMap { p in
            (0..<2).map { j in (0..<units).map { data.difference(data.choice(policies[p], $0), j, $0) } }
        }
        for a in 0..<4 {
            let mean = terms[a].reduce(0, +) / n
            #expect(abs(joint.absolute.values[a] - mean) < 1e-12)
            for b in 0..<4 {
                let products = zip(terms[a], terms[b]).reduce(0) { $0 + $1.0 * $1.1 }
                let covariance = (products - n * mean * (terms[b].reduce(0, +) / n)) / (n - 1) / n
                #expect(abs(joint.absolute.covariance[a, b] - covariance) < 1e-12 * max(1, abs(covariance)))
            }
        }
    }

    /// The gains of groups, by hand from the units of each.
    @Test func gainsOfGroups() throws {
        let data = WholeNumbers(units: 300, arms: 3, outcomes: 2, seed: 9)
        let policy = LinearPolicy(weights: [1, 0.5], biases: [0, 0.5, 0])
        let range = 20..<280
        let groups = (0..<300).map { UInt32($0 % 7 == 0 ? 0 : $0 == 25 ? 2 : 1) }
        let choice = range.map { UInt8(data.choice(policy, $0)) }
        let gains = data.table.gains(of: choice, groups: groups, groupCount: 4, units: range, scales: [2, 3])
        #expect(gains.count == 4)
        for (group, gain) in gains.enumerated() {
            let members = range.filter { Int(groups[$0]) == group }
            let n = Double(members.count)
            #expect(gain.units == members.count)
            for arm in 0..<3 {
                let share = n > 0 ? Double(members.count { data.choice(policy, $0) == arm }) / n : 0
                #expect(gain.shares[arm] == share)
            }
            for j in 0..<2 {
                guard members.count > 1 else {
                    #expect(gain.gains[j] == nil)
                    continue
                }
                let moments = Moments(members.map { data.difference(data.choice(policy, $0), j, $0) })
                let estimate = try #require(gain.gains[j])
                #expect(abs(estimate.value - Double(j + 2) * moments.mean) < 1e-12)
                #expect(abs((estimate.standardError ?? -1) - Double(j + 2) * moments.standardError) < 1e-9)
            }
        }
        #expect(gains[2].units == 1 && gains[3].units == 0)
    }
}
