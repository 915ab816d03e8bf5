import Allocation
import Effects
import Experiments
import Foundation
import Frontier
import Groups
import Policies
import Runtime
import Studies
import Testing
import WarehouseFixtures
import Warehouses

/// A study whose units stay in DuckDB: trees, cohorts, evaluation, front and allocation from sums, and one sentence for the rest.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)")) struct WarehouseStudyTests {
    private static let units = 24_000
    private let fixture: WarehouseFixture
    private let study: Study
    private let log = QueryLog()
    private let context = RunContext(workers: Workers(count: 2))

    init() throws {
        fixture = try WarehouseFixture(units: Self.units)
        let fit = try StudyFit.run(specPath: fixture.writeSpec(), log: log, context: context)
        study = try Study.create(at: fixture.folder + "/study.espalier", fit: fit, workers: Workers(count: 2))
    }

    private func inMemory() throws -> Study {
        let yaml = WarehouseFixture.yaml.replacing(", engine: duckdb", with: "")
        let fit = try StudyFit.run(specPath: fixture.writeSpec(yaml, as: "memory.yaml"), context: context)
        return try Study.create(at: fixture.folder + "/memory.espalier", fit: fit, workers: Workers(count: 2))
    }

    /// A fixed policy of cohorts on confirm, from sums and by unit, with what outcomes are expected to be taken from the cells in both.
    @Test func aCohortPolicysValueFromSumsIsThatOfTheUnits() throws {
        let memory = try inMemory()
        let space = study.space
        let count = study.trees.cohorts.rows.count
        let shares = (0..<count).map { cohort in
            space.arms.indices.map { arm in cohort % 4 == 3 ? [0.5, 0.3, 0.2][arm] : arm == cohort % 4 ? 1 : 0 }
        }
        let policy = Policy.cohort(
            CohortPolicy(rules: try study.cohorts(of: .merged, context).rules.id, shares: shares))
        let confirm = memory.description.tuneCount..<memory.description.unitCount
        let given = try ArmProbabilities(distributions: shares, indices: Array(memory.units.cohorts[confirm]))
        let joint = try #require(memory.units.jointCohorts)
        let width = Int(joint.max() ?? 0) + 1
        let cells = zip(memory.units.cohorts, joint).map { Int($0) * width + Int($1) }
        let expected = try CellExpectations(memory, in: fixture, context).table(cells: cells, count: count * width)
        let weights = [1.0, 0, 0]
        for estimator in [Estimator.dr, .ips, .snips] {
            let units = try PolicyEvaluator(
                space: memory.space, table: estimator == .dr ? expected : memory.workspace.table, split: .confirm,
                estimator: estimator)
            let one = units.evaluate(given, weights: weights)
            let other = try study.workspace.evaluator(.confirm, estimator).evaluate(policy, weights: weights)
            #expect(one.units == other.units)
            for (a, b) in zip(one.outcomes, other.outcomes) {
                let comment: Comment = "\(estimator.name) \(a.name)"
                #expect(abs((a.value ?? .nan) - (b.value ?? .nan)) < 1e-7, comment)
                let (own, theirs) = (try #require(a.difference), try #require(b.difference))
                #expect(abs(own.value - theirs.value) < 1e-7, comment)
                #expect(abs((own.standardError ?? .nan) - (theirs.standardError ?? .nan)) < 1e-7, comment)
            }
        }
    }

    @Test(arguments: [["x0"], ["city", "x1"], ["x2", "city"]])
    func drillDownsAreThoseOfTheSameStudyInMemory(covariates: [String]) throws {
        let own = try study.answer(CrossCovariates(covariates), context)
        let expected = try inMemory().answer(CrossCovariates(covariates), context)
        #expect(own.cells.map(\.rule) == expected.cells.map(\.rule) && own.cells.count > 3)
        #expect(own.cells.map(\.units) == expected.cells.map(\.units))
        for (one, other) in zip(own.cells.flatMap(\.effects), expected.cells.flatMap(\.effects)) {
            #expect((one == nil) == (other == nil))
            guard let one, let other else { continue }
            #expect(abs(one.effect - other.effect) < 1e-9 && abs(one.standardError - other.standardError) < 1e-9)
        }
        let gains = try study.answer(GainByGroup(of: .start(in: study.space), in: own), context)
        #expect(gains.cells.isEmpty && !gains.cohorts.isEmpty)
    }

    @Test func treesAndCohortsAreThoseOfTheSameStudyInMemory() throws {
        let memory = try inMemory()
        #expect(study.engine == .duckdb && memory.engine == nil)
        #expect(study.description.unitCount == memory.description.unitCount)
        #expect(study.description.armCounts == memory.description.armCounts)
        #expect(study.description.space.arms == memory.space.arms)
        #expect(study.trees.trees.map(\.leafPaths) == memory.trees.trees.map(\.leafPaths))
        #expect(study.trees.cohorts.rows.map(\.rule) == memory.trees.cohorts.rows.map(\.rule))
        #expect(study.trees.shares == memory.trees.shares && study.trees.shares != nil)
        #expect(study.trees.cohorts.rows.map(\.words) == memory.trees.cohorts.rows.map(\.words))
        #expect(study.trees.joint?.table.rows.map(\.words) == memory.trees.joint?.table.rows.map(\.words))
        #expect(study.trees.cohorts.rows.map(\.units) == memory.trees.cohorts.rows.map(\.units))
        #expect(study.trees.joint?.table.rows.map(\.units) == memory.trees.joint?.table.rows.map(\.units))
        #expect(study.trees.cohorts.rows.count > 3)
        for (one, other) in zip(study.description.averageEffects, memory.description.averageEffects) {
            #expect(one.controlCount == other.controlCount && one.armCount == other.armCount)
            #expect(abs(one.difference.effect - other.difference.effect) < 1e-9)
            #expect(abs(one.difference.standardError - other.difference.standardError) < 1e-9)
        }
        let balance = try #require(study.health.balance)
        let whole = try #require(memory.health.balance)
        for (one, other) in zip(balance.covariates, whole.covariates) {
            #expect(zip(one.differences, other.differences).allSatisfy { abs($0 - $1) < 1e-6 }, "\(one.name)")
        }
        func finding(_ study: Study, _ check: HealthFinding.Check) -> [String] {
            study.health.findings.filter { $0.check == check }.map(\.sentence)
        }
        for check in [HealthFinding.Check.sampleRatio, .missingByArm] {
            #expect(finding(study, check) == finding(memory, check))
        }
    }

    @Test func effectsOfCohortsFromSumsAreThoseFromUnits() throws {
        let memory = try inMemory()
        for effects in CohortEffects.allCases {
            for kind in [CohortKind.merged, .joint] {
                var request = AllocationRequest(cohorts: kind)
                request.effects = effects
                let one = try study.allocationWorkspace(request, context).problem([])
                let other = try memory.allocationWorkspace(request, context).problem([])
                #expect(zip(one.sizes, other.sizes).allSatisfy { abs($0 - $1) < 1e-12 })
                for (mine, theirs) in zip(one.outcomes, other.outcomes) {
                    #expect(zip(mine.means, theirs.means).allSatisfy { abs($0 - $1) < 1e-6 })
                    #expect(
                        zip(mine.errors?.variances ?? [], theirs.errors?.variances ?? []).allSatisfy {
                            abs($0 - $1) < 1e-6
                        })
                }
            }
        }
        #expect(try study.answer(SumCohorts()).groupCount == memory.answer(SumCohorts()).groupCount)
    }

    /// The main job on cells: front, picks, allocation, confirm; and the same after the study was opened again.
    @Test func frontPicksAndAllocationRunOnCells() throws {
        var settings = SearchSettings()
        settings.evaluations = 100
        let front = try study.perform(SearchFront(settings), context)
        #expect(front.candidates.count > 1 && front.record.hypervolume > 0)
        let picked = try study.perform(PickByHypervolume(count: 2), context)
        #expect(picked.candidates.count == 2 && picked.looks == 2)
        let report = try #require(try study.answer(ReportPicks(), context))
        #expect(report.picks.allSatisfy { (0...1).contains($0.treatedShare) })
        let request = AllocationRequest()
        let found = try study.answer(AllocateCohorts(request, resamples: 40), context)
        #expect(found.outcomes.allSatisfy { $0.corrected != nil && $0.fold != nil })
        let confirmed = try study.perform(ConfirmAllocation(found), context)
        #expect(confirmed.looks == 3 && confirmed.allocation.outcomes.allSatisfy { $0.confirm != nil })
        let candidate = try study.perform(AddAllocation(found), context)
        let before = try study.workspace.evaluator(.tune).evaluate(candidate.policy, weights: candidate.knobs.weights)
        #expect(before.units == study.description.tuneCount)
        let opened = try Study(opening: study.file.path)
        let after = try opened.workspace.evaluator(.tune).evaluate(candidate.policy, weights: candidate.knobs.weights)
        #expect(before == after)
        #expect(opened.units.cells == study.units.cells)
        // What the revenue tree finds is worth more than control, and is seen on units that did not choose it.
        let gain = try #require(confirmed.allocation.outcomes[0].confirm)
        #expect(gain.value > 3 * (gain.standardError ?? .infinity))
    }

    @Test func whatLooksAtUnitsIsRefusedInOneSentence() throws {
        let candidate = try study.perform(AddCandidate(PolicyKnobs.start(in: study.space)), context)
        var member = AllocationRequest()
        member.method = .member
        let refusals: [() throws -> Void] = [
            { _ = try study.readExperiment(context: context) },
            { _ = try study.answer(Explain(candidate), context) },
            { _ = try study.ownEffects(context: context) },
            { _ = try study.cohorts(of: CohortKind("heuristic:x0:2"), context) },
            { _ = try study.answer(AllocateCohorts(member), context) },
            { _ = try study.answer(ComparePolicies(from: candidate, to: candidate), context) },
        ]
        for refusal in refusals {
            #expect {
                try refusal()
            } throws: { error in
                let error = error as? EspalierError
                return error?.kind == .usage && error?.message.contains("stay in DuckDB") == true
            }
        }
    }

    /// No row of the units comes back: those of the sample go through a file of the engine's.
    @Test func questionsAreCounted() throws {
        let tally = log.tally
        #expect(tally.questions > 10 && tally.rows > 100 && tally.bytes > tally.rows)
        #expect(tally.rows < Self.units)
    }
}
