import Effects
import Experiments
import Foundation
import Policies
import Runtime
import Studies
import Testing
import WarehouseFixtures
import Warehouses

/// A study of a sample of an engine's units, whose policies the engine evaluates on all of them.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)")) struct SampledStudyTests {
    private static let units = 30_000
    private static let effects = "effects: {learner: t, outcomeModels: {rounds: 25, depth: 3}}\n"
    private let fixture: WarehouseFixture
    private let study: Study
    private let context = RunContext(workers: Workers(count: 2))

    init() throws {
        fixture = try WarehouseFixture(units: Self.units)
        let yaml =
            WarehouseFixture.yaml.replacing("engine: duckdb", with: "engine: duckdb, sample: 10000") + "\n"
            + Self.effects
        let fit = try StudyFit.run(specPath: fixture.writeSpec(yaml), context: context)
        study = try Study.create(at: fixture.folder + "/study.espalier", fit: fit, workers: context.workers)
    }

    /// All units in memory; the learner does not matter.
    private func inMemory() throws -> Study {
        let yaml =
            WarehouseFixture.yaml.replacing(", engine: duckdb", with: "") + "\neffects: {learner: tree}\n"
        let fit = try StudyFit.run(specPath: fixture.writeSpec(yaml, as: "memory.yaml"), context: context)
        return try Study.create(at: fixture.folder + "/memory.espalier", fit: fit, workers: context.workers)
    }

    @Test func aSampleSaysThatItIsOne() throws {
        let description = study.description
        #expect(description.population == Self.units && description.spec.sample?.units == 10_000)
        #expect(abs(description.unitCount - 10_000) < 400)
        #expect(description.sampleCaveat?.contains("of 30,000 rows in DuckDB") == true)
        #expect(description.caveats?.contains(description.sampleCaveat ?? "") == true)
        // The same units every time, whoever reads them.
        let again = try Experiment.read(spec: description.spec, folder: description.folder, context: context)
        #expect(again.experiment.units.keys == study.units.keys)
        // As many as all units have in each split and arm.
        let confirm = Double(description.unitCount - description.tuneCount) / Double(description.unitCount)
        #expect(abs(confirm - 0.3) < 0.02)
        let kept = try Study(StudyFile(opening: study.file.path, for: .reading))
        #expect(kept.description == description)
    }

    /// By unit: IPS and SNIPS with the arms that the policy file gives, and the doubly robust estimate with the expectations of cells.
    @Test func aPolicysValueOnAllUnitsIsThatOfTheUnits() throws {
        let space = study.space
        var knobs = PolicyKnobs.start(in: space)
        knobs.weights = [1, 4, 0.5]
        let policy = Policy.linear(LinearPolicy(knobs, in: space))
        let memory = try inMemory()
        let arms = try arms(of: policy, knobs: knobs, memory)
        #expect(Set(arms).count == 3)
        let onAll = try PolicyOnAllUnits(policy, knobs: knobs, of: study, context: context)
        let confirm = memory.description.tuneCount..<memory.description.unitCount
        let given = ArmProbabilities(assignment: Array(arms[confirm]), armCount: space.armCount)
        let expected = try CellExpectations(memory, in: fixture, context).table(
            cells: arms.map { Int($0) }, count: space.armCount)
        for estimator in [Estimator.ips, .snips, .dr] {
            let units = try PolicyEvaluator(
                space: memory.space, table: estimator == .dr ? expected : memory.workspace.table, split: .confirm,
                estimator: estimator)
            let sums = try PolicyEvaluator(
                space: space, table: onAll.table, split: .confirm, estimator: estimator)
            let one = units.evaluate(given, weights: knobs.weights)
            let other = sums.evaluate(try onAll.probabilities(for: sums.units), weights: knobs.weights)
            #expect(one.units == other.units)
            for (arm, share) in one.shares { #expect(abs(share - (other.shares[arm] ?? 0)) < 1e-9, "\(arm)") }
            for (a, b) in zip(one.outcomes, other.outcomes) {
                let scale = max(1, abs(a.value ?? 1))
                #expect(abs((a.value ?? .nan) - (b.value ?? .nan)) < 1e-6 * scale, "\(estimator) \(a.name)")
                let (own, theirs) = (a.difference, b.difference)
                #expect(abs((own?.value ?? .nan) - (theirs?.value ?? .nan)) < 1e-6 * scale, "\(estimator) \(a.name)")
                #expect(
                    abs((own?.standardError ?? .nan) - (theirs?.standardError ?? .nan)) < 1e-6 * scale,
                    "\(estimator) \(a.name)")
            }
        }
    }

    /// The arm of each unit of a study of all, as the policy's file gives it.
    private func arms(of policy: Policy, knobs: PolicyKnobs, _ memory: Study) throws -> [UInt8] {
        let document = try study.document(named: "p", policy, knobs: knobs, holdout: 0, tool: "test", context: context)
        let scorer = PolicyScorer(document)
        let source = CovariateSource(
            path: fixture.folder + "/units.parquet", unit: .column("id"), splits: document.assignment.splitRule,
            covariates: try document.covariates.map { try $0.source() })
        var armOf: [UInt64: UInt8] = [:]
        _ = try source.stream(context: context) { table in
            let given = try scorer.choices(
                keys: table.splitKeys, covariates: table.covariates.map(\.values), supplied: [], context: context)
            for (key, arm) in zip(table.ids.keys, given.arms) { armOf[key] = arm }
        }
        return try memory.units.keys.map { try #require(armOf[$0]) }
    }

    @Test func whatHasToBeSaidIsOneSentence() throws {
        func fails(_ sentence: String, _ yaml: String) {
            #expect {
                _ = try StudyFit.run(specPath: fixture.writeSpec(yaml, as: "bad.yaml"), context: context)
            } throws: { "\($0)".contains(sentence) && !"\($0)".contains("\n") }
        }
        let yaml = WarehouseFixture.yaml
        fails(
            "and none is named",
            yaml.replacing("{file: units.parquet, engine: duckdb}", with: "{file: units.parquet, sample: 5000}"))
        let sampled = yaml.replacing("engine: duckdb", with: "engine: duckdb, sample: 5000")
        fails("which splits them by MD5", sampled.replacing("rule: md5, ", with: ""))
        try AtomicFile.write(Data("id\n1\n".utf8), to: fixture.folder + "/units.csv")
        fails("which no engine keeps", sampled.replacing("units.parquet", with: "units.csv"))
        fails("data.sample must be", sampled.replacing("5000", with: "5"))
        // Nobody names a learner that is not asked.
        let named = try fixture.spec(yaml + "\n" + Self.effects)
        #expect(named.engine == nil && named.sample?.units == SampleSpec.standardSize)
        #expect(try fixture.spec(yaml + "\neffects: {learner: tree}\n").engine == .duckdb)
        let memory = try inMemory()
        #expect {
            _ = try PolicyOnAllUnits(
                .linear(LinearPolicy(PolicyKnobs.start(in: memory.space), in: memory.space)),
                knobs: PolicyKnobs.start(in: memory.space), of: memory, context: context)
        } throws: { "\($0)".contains("the study holds all units there are") }
    }
}
