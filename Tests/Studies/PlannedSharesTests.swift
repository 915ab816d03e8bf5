import Experiments
import Foundation
import Online
import Policies
import Runtime
import Simulation
import Studies
import Testing

/// Rounds whose users are shared by what earlier rounds found, and the first experiment, of which nothing is known.
@Suite struct PlannedSharesTests {
    private let context = RunContext()
    private let sample: SampleStudy
    private var study: Study { sample.study }

    init() throws { sample = try SampleStudy.withPicks() }

    private func plan(_ rule: ShareRule?) throws -> OnlinePlan {
        var request = PlanRequest()
        request.users = 600
        request.shares = rule
        return try study.perform(PlanRound(request, path: "-", tool: "test") { _ in }, context)
    }

    private func read(_ plan: OnlinePlan, seed: UInt64) throws -> RoundRecord {
        let path = sample.folder.appendingPathComponent("results-\(seed).csv").path
        try Data(OnlineRehearsal(plan, seed: seed).play(context: context).bytes).write(to: URL(fileURLWithPath: path))
        return try study.perform(AddRound(path, planPath: nil), context)
    }

    /// Index of the policy that a round found best in the objective.
    private func best(_ round: RoundRecord) throws -> Int {
        let sign = study.space.outcomes[0].sign
        let values = try round.plan.policies.map { entry in
            sign * (try #require(round.means.first { $0.policy == entry.id }).means[0])
        }
        return try #require(values.indices.max { values[$0] < values[$1] })
    }

    @Test func thompsonGivesTheLikelyBestTheMost() throws {
        let round = try read(plan(nil), seed: 1)
        let shares = try plan(.thompson).policies.map(\.share)
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares.allSatisfy { $0 >= ThompsonShares.floor })
        let best = try best(round)
        #expect(shares.allSatisfy { $0 <= shares[best] } && shares[best] > 1.5 / Double(shares.count))
        #expect(try plan(.thompson).policies.map(\.share) != shares, "every round draws for itself")
    }

    @Test func epsilonGivesTheRestToTheBest() throws {
        let round = try read(plan(nil), seed: 1)
        let shares = try plan(.epsilon(0.2)).policies.map(\.share)
        let best = try best(round)
        for (index, share) in shares.enumerated() {
            #expect(abs(share - 0.2 / Double(shares.count) - (index == best ? 0.8 : 0)) < 1e-12)
        }
    }

    /// Before a round the log's promises are all that is known; policies of unequal shares are read as they were planned.
    @Test func theLogSharesTheFirstRound() throws {
        let plan = try plan(.thompson)
        #expect(Set(plan.policies.map(\.share)).count > 1)
        #expect(try read(plan, seed: 2).reading.sampleRatioP > 0.001)
    }

    @Test(arguments: ["", "thompson:0.1", "epsilon:", "epsilon:0", "epsilon:2", "epsilon:x", "equal"])
    func whatIsNoRuleIsRefused(_ text: String) {
        let error = #expect(throws: EspalierError.self) { try ShareRule(text) }
        #expect(error?.kind == .usage)
    }

    @Test func whatIsARuleIsRead() throws {
        #expect(try ShareRule("thompson") == .thompson && ShareRule("epsilon") == .epsilon(0.1))
        #expect(try ShareRule("epsilon:0.25") == .epsilon(0.25))
    }

    // MARK: First experiment

    private func spec(arms: [String]? = ["low", "off", "high"], _ assignment: AssignmentSpec = .equalShares)
        -> ExperimentSpec
    {
        ExperimentSpec(
            name: "new", data: "none.csv", unit: .column("id"),
            treatment: TreatmentSpec(column: "arm", control: "off", arms: arms, assignment: assignment),
            outcomes: [OutcomeSpec(name: "visits", direction: .maximize)], covariates: [])
    }

    private func first(_ spec: ExperimentSpec) throws -> OnlinePlan {
        try OnlinePlan.first(spec, users: 100, power: 0.8, file: "new.yaml", tool: "test")
    }

    /// Control first, each arm with its own share; a thousand units are drawn by them.
    @Test func theFirstPlanGivesEveryArm() throws {
        let plan = try first(spec(.shares([1, 2, 1])))
        #expect(plan.policies.map(\.id) == ["control", "arm-low", "arm-high"])
        #expect(plan.policies.map(\.share) == [0.5, 0.25, 0.25] && plan.policies.map(\.arm) == ["off", "low", "high"])
        let keys = (0..<4_000).map { StableHash.key("\($0)") }
        let given = try PlanScorer(plan).assign(keys: keys, covariates: [:], supplied: [:], context: context)
        let control = Double(given.arms.count { $0 == 0 }) / 4_000
        #expect(abs(control - 0.5) < 0.03)
        #expect(zip(given.arms, given.propensities).allSatisfy { $1 == ($0 == 0 ? 0.5 : 0.25) })
        #expect(try OnlinePlan(json: plan.json(), file: "plan.json") == plan)
    }

    @Test func aSpecThatSaysNotWhoGetsWhatIsRefused() throws {
        var rows = spec()
        rows.unit = .row
        let refused = [
            (spec(arms: nil), "treatment.arms"), (spec(.estimated(trim: nil)), "treatment.shares"),
            (spec(.propensities(["a", "b", "c"])), "treatment.shares"), (rows, "unit"),
        ]
        for (spec, remedy) in refused {
            let error = #expect(throws: EspalierError.self) { try first(spec) }
            #expect(error?.kind == .usage && error?.remedy?.contains(remedy) == true)
        }
    }
}
