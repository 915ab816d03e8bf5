import Experiments
import Foundation
import Online
import Policies
import Runtime
import Testing

/// A round whose long-term outcome is not known yet: an index of surrogates stands for it, with the error of its coefficients.
@Suite struct IndexRoundTests {
    private static let rule = IndexRule(
        names: ["visits", "sessions"], centres: [1, 2], intercept: 0.5, slopes: [0.4, -0.2],
        factor: [[0.01, 0, 0], [0, 0.05, 0], [0, 0.02, 0.03]])

    private static func plan() throws -> OnlinePlan {
        let small = try SmallPlan.make()
        return try OnlinePlan(
            name: small.name, arms: small.arms,
            outcomes: [
                OnlinePlan.Outcome(
                    name: "stay", direction: .maximize,
                    source: .surrogate(
                        SurrogateSpec(history: "past.csv", outcome: "stay", columns: ["visits", "sessions"])),
                    isInLog: true, index: rule)
            ], policies: small.policies, users: 4, slice: 0, assignment: small.assignment, power: 0.8,
            provenance: small.provenance)
    }

    private static let rows = [
        ("control", "off", 1.0, 2.0), ("control", "off", 2, 1), ("control", "off", 0, 3), ("arm-a", "a", 3, 2),
        ("arm-a", "a", 4, 4), ("arm-b", "b", 1, 1), ("arm-b", "b", 1, 2),
    ]

    private static func read(_ lines: [String], _ plan: OnlinePlan) throws -> RoundResults {
        let path = try SmallPlan.file(lines)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try RoundResults.read(path, plan: plan, context: RunContext())
    }

    @Test func theIndexIsRead() throws {
        let plan = try Self.plan()
        let results = try Self.read(
            ["unit,policy,arm,visits,sessions"]
                + Self.rows.enumerated().map {
                    "u\($0.offset),\($0.element.0),\($0.element.1),\($0.element.2),\($0.element.3)"
                },
            plan)
        // By hand: .5 + .4 (visits - 1) - .2 (sessions - 2).
        #expect(zip(results.means.map { $0.means[0] }, [0.5, 1.3, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 })
        let reading = RoundReading(results.means, plan: plan)
        // Means of (visits, sessions): control (1, 2), a (3.5, 3): F'g with g = (0, 2.5, 1).
        let added = 0.145 * 0.145 + 0.03 * 0.03
        let own = results.means[0].variance(0) + results.means[1].variance(0)
        let found = try #require(reading.policies[1].outcomes[0].difference).standardError
        #expect(abs(found * found - own - added) < 1e-12)
        // Of control itself the intercept alone moves.
        let base = reading.policies[0].outcomes[0].standardError
        #expect(abs(base * base - results.means[0].variance(0) - 0.0001) < 1e-12)
    }

    /// Results that hold the outcome itself are read as they are.
    @Test func theOutcomeItselfComesFirst() throws {
        let plan = try Self.plan()
        let results = try Self.read(
            ["unit,policy,arm,stay"]
                + Self.rows.enumerated().map { "u\($0.offset),\($0.element.0),\($0.element.1),\($0.element.2)" }, plan)
        #expect(results.means.map { $0.means[0] } == [1, 3.5, 1])
        #expect(results.means.allSatisfy { $0.indexErrors == nil })
    }

    @Test func theRuleIsKeptInThePlan() throws {
        let plan = try Self.plan()
        #expect(try OnlinePlan(json: plan.json(), file: "plan.json") == plan)
        let error = #expect(throws: EspalierError.self) {
            try Self.read(["unit,policy,arm,visits", "u1,control,off,1"], plan)
        }
        #expect(error?.description.contains("\"sessions\"") == true)
    }
}
