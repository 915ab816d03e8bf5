import Foundation
import Online
import Runtime
import Testing

/// Plans, and who gets what by them.
@Suite struct PlanTests {
    private let context = RunContext()

    @Test func thePlanComesBackFromItsFile() throws {
        let plan = try SmallPlan.make(slice: 0.2, costs: ["a": 0.1], threshold: .relative(-0.02))
        let json = try plan.json()
        #expect(OnlinePlan.isPlan(json))
        #expect(try OnlinePlan(json: json, file: "plan.json") == plan)
        #expect(plan.unitCount == 3_750)
    }

    @Test(arguments: [
        (#""version":1"#, #""version":9"#, "the plan has version 9, which is not known here"),
        (#""kind":"online-plan""#, #""kind":"linear""#, "this is no plan of an online test"),
        (#""share":0.5"#, #""share":0.4"#, "the shares of the policies are not above 0, 1 together"),
        (#""id":"arm-b""#, #""id":"arm-a""#, "policies must be control and at least one other, with different ids"),
        (#""arm":"b""#, #""arm":"c""#, "the policy \"arm-b\" gives an arm that there is not"),
    ])
    func aPlanThatCannotBeRunIsRefused(part: String, other: String, message: String) throws {
        let text = String(decoding: try SmallPlan.make().json(), as: UTF8.self)
        #expect(text.contains(part))
        let changed = Data(text.replacingOccurrences(of: part, with: other).utf8)
        let error = #expect(throws: EspalierError.self) { try OnlinePlan(json: changed, file: "plan.json") }
        #expect(error?.message == message && error?.file == "plan.json")
    }

    /// The same unit gets the same, alone or among others; counts are those of the shares, and weights by the propensity that is
    /// written make every arm's units as many as there are.
    @Test(arguments: [0, 0.25]) func unitsKeepTheirPolicies(slice: Double) throws {
        let scorer = PlanScorer(try SmallPlan.make(slice: slice))
        let keys = (0..<20_000).map { StableHash.key("u\($0)") }
        let all = try scorer.assign(keys: keys, covariates: [:], supplied: [:], context: context)
        let some = try scorer.assign(
            keys: Array(keys.reversed().prefix(100)), covariates: [:], supplied: [:], context: context)
        #expect(some.policies == Array(all.policies.reversed().prefix(100)))
        #expect(some.arms == Array(all.arms.reversed().prefix(100)))
        let units = Double(keys.count)
        for (policy, share) in [0.5, 0.3, 0.2].enumerated() {
            let wanted = units * (1 - slice) * share
            let count = Double(all.policies.count { $0 == policy })
            #expect(abs(count - wanted) < 4 * (wanted * (1 - wanted / units)).squareRoot(), "policy \(policy)")
        }
        for arm in 0..<3 {
            let propensity = (1 - slice) * [0.5, 0.3, 0.2][arm] + slice * [0.25, 0.25, 0.5][arm]
            let given = all.arms.indices.filter { all.arms[$0] == arm }
            #expect(given.allSatisfy { abs(all.propensities[$0] - propensity) < 1e-12 })
            let error = (units * (1 - propensity) / propensity).squareRoot()
            #expect(abs(Double(given.count) / propensity - units) < 4 * error, "arm \(arm)")
        }
        #expect(all.policies.contains(nil) == (slice > 0))
    }

    /// Another salt makes other groups.
    @Test func roundsDoNotShareTheirGroups() throws {
        let plan = try SmallPlan.make()
        let text = String(decoding: try plan.json(), as: UTF8.self).replacingOccurrences(of: "round 1", with: "round 2")
        let other = try OnlinePlan(json: Data(text.utf8), file: "")
        let keys = (0..<20_000).map { StableHash.key("u\($0)") }
        let first = try PlanScorer(plan).assign(keys: keys, covariates: [:], supplied: [:], context: context)
        let second = try PlanScorer(other).assign(keys: keys, covariates: [:], supplied: [:], context: context)
        let same = Double(zip(first.policies, second.policies).count { $0 == $1 }) / 20_000
        #expect(abs(same - 0.38) < 0.014)
    }
}
