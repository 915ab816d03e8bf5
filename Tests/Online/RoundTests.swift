import Experiments
import Foundation
import Online
import Policies
import Runtime
import Statistics
import Testing

/// Results of a round: read whole or not at all, and what is said of them.
@Suite struct RoundTests {
    private let context = RunContext()
    private let header = "unit,policy,arm,visits,clicks,seen"

    /// - Parameter effects: of the two policies on visits.
    private func lines(_ counts: [Int] = [500, 300, 200], effects: [Double] = [0.3, 0], seed: UInt64 = 1) -> [String] {
        var stream = RandomStream(seed: seed)
        var unit = 0
        return zip(["control", "arm-a", "arm-b"], counts).enumerated().flatMap { index, policy in
            (0..<policy.1).map { _ in
                unit += 1
                let visits = stream.normal() + (index > 0 ? effects[index - 1] : 0)
                let seen = 5 + stream.poisson(20)
                return
                    "u\(unit),\(policy.0),\(SmallPlan.arms[index]),\(visits),\(stream.poisson(0.2 * Double(seen))),\(seen)"
            }
        }
    }

    private func read(_ lines: [String], _ plan: OnlinePlan) throws -> RoundResults {
        let path = try SmallPlan.file([header] + lines)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try RoundResults.read(path, plan: plan, context: context)
    }

    /// Means, the ratio of sums with its delta-method error, and costs, against what the rows say directly.
    @Test func meansAreThoseOfTheRows() throws {
        let lines = lines()
        let results = try read(lines, SmallPlan.make(costs: ["a": 0.25]))
        let rows = lines.map { $0.split(separator: ",").map(String.init) }.filter { $0[1] == "arm-a" }
        let visits = Moments(rows.compactMap { Double($0[3]) })
        let found = try #require(results.means.first { $0.policy == "arm-a" })
        #expect(found.users == 300)
        #expect(abs(found.means[0] - (visits.mean - 0.25)) < 1e-12)
        #expect(abs(found.standardError(0) - visits.standardError) < 1e-12)
        let (clicks, seen) = (rows.compactMap { Double($0[4]) }, rows.compactMap { Double($0[5]) })
        let ratio = clicks.reduce(0, +) / seen.reduce(0, +)
        let terms = Moments(zip(clicks, seen).map { ($0 - ratio * $1) / Moments(seen).mean })
        #expect(abs(found.means[1] - ratio) < 1e-12)
        #expect(abs(found.standardError(1) - terms.standardError) < 1e-12)
    }

    @Test func theOrderOfLinesDoesNotMatter() throws {
        let lines = lines()
        let plan = try SmallPlan.make()
        let (one, other) = (try read(lines, plan), try read(lines.reversed(), plan))
        #expect(one == other)
        #expect(try read(Array(lines.dropLast()), plan).digest != one.digest)
    }

    @Test func aggregatesSayWhatTheirRowsSay() throws {
        let plan = try SmallPlan.make()
        let results = try read(lines(), plan)
        let path = try SmallPlan.file(
            ["policy,outcome,n,mean,variance"]
                + results.means.flatMap { mean in
                    plan.outcomes.indices.map {
                        "\(mean.policy),\(plan.outcomes[$0].name),\(mean.users),\(mean.means[$0]),"
                            + "\(mean.variance($0) * Double(mean.users))"
                    }
                })
        defer { try? FileManager.default.removeItem(atPath: path) }
        let aggregates = try RoundResults.read(path, plan: plan, context: context)
        #expect(aggregates.rows == nil)
        for (a, b) in zip(
            RoundReading(aggregates.means, plan: plan).policies, RoundReading(results.means, plan: plan).policies)
        {
            for (x, y) in zip(a.outcomes, b.outcomes) {
                #expect(abs(x.value - y.value) < 1e-12 && abs(x.standardError - y.standardError) < 1e-12)
                #expect(x.limit == y.limit)
            }
        }
    }

    @Test(arguments: [
        ("u1,arm-z,a,1,2,9", "the policy \"arm-z\" is not in the plan"),
        ("u1,control,off,1,2,9", "the unit of line 2 stands here a second time"),
        ("u1,arm-a,a,1,2,9", "the unit of line 2 stands here in another policy"),
        ("x,arm-a,b,1,2,9", "the policy \"arm-a\" gives \"a\", never \"b\""),
        ("x,arm-a,c,1,2,9", "the arm \"c\" is unknown"),
        ("x,arm-a,a,,2,9", "the outcome \"visits\" is missing here"),
        ("x,random,a,1,2,9", "the policy \"random\" is not in the plan"),
    ])
    func oneSentenceSaysWhatIsWrong(line: String, message: String) throws {
        let lines = lines() + [line]
        let error = #expect(throws: EspalierError.self) { try read(lines, SmallPlan.make()) }
        #expect(error?.message == message && error?.line == lines.count + 1 && error?.remedy != nil)
    }

    @Test(arguments: [
        ("arm-b,ctr,200,0.1,-1", "the variance is negative here"),
        ("arm-b,ctr,200,,1", "the mean is missing here"),
        ("arm-b,ctr,1.5,0.1,1", "n is not a count of at least 2"),
        ("arm-b,visits,200,0.1,1", "the policy and outcome stand here a second time"),
        ("arm-z,visits,200,0.1,1", "the policy \"arm-z\" is not in the plan"),
        ("arm-b,other,200,0.1,1", "the policy \"arm-b\" has no line for the outcome \"ctr\""),
    ])
    func wrongAggregatesAreRefused(line: String, message: String) throws {
        let path = try SmallPlan.file(
            ["policy,outcome,n,mean,variance"]
                + ["control", "arm-a", "arm-b"].flatMap { policy in
                    ["visits", "ctr"].filter { policy != "arm-b" || $0 == "visits" }.map { "\(policy),\($0),200,0.2,1" }
                } + [line])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: EspalierError.self) {
            try RoundResults.read(path, plan: SmallPlan.make(), context: context)
        }
        #expect(error?.message == message)
    }

    /// Differences have control's error too, all at once more room than one by one, and the better policy is found.
    @Test func thePlantedEffectIsFound() throws {
        let plan = try SmallPlan.make(threshold: .relative(-0.5))
        let reading = RoundReading(try read(lines(), plan).means, plan: plan)
        #expect(reading.users == 1_000 && reading.sampleRatioP > 0.99 && reading.critical > 2.1)
        let difference = try #require(reading.policies[1].outcomes[0].difference)
        #expect(abs(difference.standardError - (1.0 / 500 + 1.0 / 300).squareRoot()) < 0.01)
        #expect(difference.low < 0.3 && 0.3 < difference.high && difference.simultaneousLow < difference.low)
        #expect(reading.policies[1].outcomes[1].limit == .inside && reading.policies[0].outcomes[0].difference == nil)
        #expect(reading.policies[1].probabilityBest > 0.9)
        #expect(reading.finding.hasPrefix("everyone a is surely better than control in visits and keeps every limit"))
    }

    @Test func lostUnitsAreSeen() throws {
        let plan = try SmallPlan.make()
        let reading = RoundReading(try read(lines([500, 300, 120]), plan).means, plan: plan)
        #expect(reading.sampleRatioP < RoundReading.sampleRatioAlarm)
        #expect(reading.finding.hasPrefix("the policies' counts do not fit their shares (p < 0.001): "))
    }

    /// Max-t intervals of two policies and two outcomes hold together in 95% of experiments (SE .0138 for 250).
    @Test func theIntervalsHoldTogether() throws {
        let plan = try SmallPlan.make()
        var stream = RandomStream(seed: 5)
        let truth = [[0.0, 1.0], [0.2, 1.1], [-0.1, 0.9]]
        let variances = [0.002, 0.004, 0.005]
        var held = 0
        let experiments = 250
        let ids = plan.policies.map(\.id)
        for _ in 0..<experiments {
            let means = ids.indices.map { k in
                PolicyMeans(
                    policy: ids[k], users: 1_000,
                    means: truth[k].map { $0 + variances[k].squareRoot() * stream.normal() },
                    covariance: [[variances[k], 0], [0, variances[k]]])
            }
            let reading = RoundReading(means, plan: plan)
            let all = reading.policies.enumerated().dropFirst().allSatisfy { k, policy in
                policy.outcomes.enumerated().allSatisfy { j, outcome in
                    guard let difference = outcome.difference else { return false }
                    let expected = truth[k][j] - truth[0][j]
                    return difference.simultaneousLow <= expected && expected <= difference.simultaneousHigh
                }
            }
            if all { held += 1 }
        }
        #expect(abs(Double(held) / Double(experiments) - 0.95) < 0.041)
    }

    private func promise(_ value: Double, error: Double, split: EvaluationSplit = .confirm) -> [OnlinePlan.Promise] {
        [OnlinePlan.Promise(outcome: "visits", split: split, value: value, standardError: error)]
    }

    @Test func aLineTakesFourPoliciesThatDiffer() throws {
        let three = try SmallPlan.make(promises: [promise(0.3, error: 0.01), promise(0, error: 0.01)])
        let results = try read(lines(), three).means
        #expect(RoundReading(results, plan: three).lines[0].reason == "a line takes 4 policies, and there are 3")
        let tune = try SmallPlan.make(promises: [promise(0.3, error: 0.01, split: .tune), []])
        #expect(RoundReading(results, plan: tune).lines[0].reason == "everyone a has no confirm estimate")
    }

    /// Online is 0.6 of what was promised.
    @Test func theLineShowsHowMuchIsLeft() throws {
        let small = try SmallPlan.make()
        func plan(error: Double) throws -> OnlinePlan {
            try OnlinePlan(
                name: "line", arms: small.arms, outcomes: [small.outcomes[0]],
                policies: [OnlinePlan.Entry(id: "control", name: "control", share: 1.0 / 6, arm: "off")]
                    + (1...5).map {
                        OnlinePlan.Entry(
                            id: "p\($0)", name: "p\($0)", share: 1.0 / 6, arm: "a",
                            offline: promise(0.2 * Double($0), error: error))
                    }, users: 100, slice: 0, assignment: small.assignment, power: 0.8, provenance: small.provenance)
        }
        let means = (0...5).map { k in
            PolicyMeans(
                policy: k == 0 ? "control" : "p\(k)", users: 100, means: [2 + 0.12 * Double(k)],
                covariance: [[0.0001]])
        }
        let line = try #require(RoundReading(means, plan: plan(error: 0.02)).lines[0].line)
        #expect(abs(line.slope - 0.6) < 1e-6 && abs(line.intercept) < 1e-6)
        let noisy = RoundReading(means, plan: try plan(error: 0.3)).lines[0]
        #expect(noisy.line == nil && noisy.reason?.hasPrefix("offline is too noisy for a line") == true)
    }
}
