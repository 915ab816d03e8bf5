import Allocation
import Experiments
import Foundation
import Groups
import Policies
import Runtime
import Statistics
import Studies
import Testing

/// Cohorts of a study under limits: what is found, kept, looked at, written and read back.
@Suite struct AllocationTests {
    private let context = RunContext()
    private let sample: SampleStudy
    private var study: Study { sample.study }

    init() throws { sample = try SampleStudy(units: 8_000) }

    private func request(_ cohorts: String, limit: Threshold = .relative(-0.02)) throws -> AllocationRequest {
        var request = AllocationRequest()
        request.cohorts = try CohortKind(cohorts)
        request.limits = ["disables": limit]
        return request
    }

    private func allocate(
        _ study: Study, _ request: AllocationRequest, resamples: Int = 0
    ) throws -> StudyAllocation {
        try study.answer(AllocateCohorts(request, resamples: resamples), context)
    }

    /// Inherited effects are those that the trees show, and what the optimum promises is their sum.
    @Test(arguments: ["merged", "joint"]) func inheritedEffectsAreTheTreesOwn(kind: String) throws {
        var asked = try request(kind, limit: .absolute(-10))
        asked.limits["ctr"] = .absolute(-10)
        let found = try allocate(study, asked)
        let table = kind == "merged" ? study.trees.cohorts : try #require(study.trees.joint).table
        #expect(found.rows.map(\.units) == table.rows.map(\.units) && found.rows.map(\.rule) == table.rows.map(\.rule))
        for (j, outcome) in found.outcomes.enumerated() {
            let index = try #require(study.space.outcomes.firstIndex { $0.name == outcome.name })
            var sum = 0.0
            for (cohort, row) in found.rows.enumerated() {
                for arm in 1..<study.space.armCount {
                    let effect = table.effect(cohort: cohort, arm: arm, outcome: index).effect
                    sum += row.share * row.arms[arm] * study.space.outcomes[index].sign * effect
                }
            }
            #expect(abs(outcome.plugIn.value - sum) < 1e-6 * max(1, abs(sum)), "\(outcome.name) \(j)")
        }
        // Nothing binds, so that every cohort gets the arm of the largest effect, and no cohort is split.
        #expect(found.splitCohorts == 0 && found.prices["disables"] == 0)
    }

    /// The limit is kept by the figures that it was chosen by, and costs what its price says.
    @Test(arguments: [AllocationMethod.linear, .stochastic, .chance, .mixture, .member])
    func limitsAreKeptAtTheirPrice(method: AllocationMethod) throws {
        var asked = try request("joint")
        asked.method = method
        let found = try allocate(study, asked)
        let limited = try #require(found.outcomes.first { $0.name == "disables" })
        let threshold = try #require(limited.threshold)
        let index = try #require(study.space.outcomes.firstIndex { $0.name == "disables" })
        #expect(abs(threshold + 0.02 * abs(study.space.controlMeans[index])) < 1e-12)
        #expect(limited.plugIn.value >= threshold - 1e-6 * abs(threshold))
        for row in found.rows { #expect(abs(row.arms.reduce(0, +) - 1) < 1e-9) }
        guard method == .linear else { return }
        var looser = asked
        looser.limits = ["disables": .relative(-0.021)]
        let gain = try allocate(study, looser).outcomes[0].plugIn.value - found.outcomes[0].plugIn.value
        let step = 0.001 * abs(study.space.controlMeans[index])
        let price = try #require(found.prices["disables"])
        #expect(abs(gain - price * step) < 1e-9)
        #expect(found.knobs.weights[index] == found.prices["disables"])
    }

    /// What is taken off is what resamples show, and folds judge by units that chose nothing.
    @Test func theOptimumIsNotBelieved() throws {
        let found = try allocate(study, request("merged"), resamples: 60)
        let corrected = try #require(found.outcomes[0].corrected)
        #expect(corrected.value < found.outcomes[0].plugIn.value)
        #expect(try #require(corrected.standardError) > 0)
        #expect(try allocate(study, request("merged"), resamples: 60).outcomes == found.outcomes)
        #expect(try #require(found.outcomes[0].fold).standardError ?? 0 > 0)
        #expect(found.outcomes.allSatisfy { $0.confirm == nil })
    }

    @Test func confirmIsALookThatCountsOnce() throws {
        let found = try allocate(study, request("joint"))
        let first = try study.perform(ConfirmAllocation(found), context)
        #expect(first.looks == 1 && first.allocation.outcomes.allSatisfy { $0.confirm?.standardError != nil })
        #expect(try study.perform(ConfirmAllocation(found), context).looks == 1)
        let evaluation = try study.workspace.evaluator(.confirm).evaluate(found.policy, weights: found.knobs.weights)
        let gain = try #require(evaluation.outcomes[0].difference?.value)
        #expect(first.allocation.outcomes[0].confirm?.value == study.space.outcomes[0].sign * gain)
    }

    /// Kept, the policy is a candidate like any other: found again after opening, picked, and shown again rather than twice.
    @Test(arguments: ["merged", "joint", "heuristic:visits_28d:4"]) func anAllocationIsACandidate(kind: String) throws {
        let found = try allocate(study, request(kind))
        let candidate = try study.perform(AddAllocation(found), context)
        #expect(try study.perform(AddAllocation(found), context).id == candidate.id)
        let opened = try SampleStudy.reopened(sample)
        let kept = try opened.file.candidate(candidate.id)
        #expect(kept.policy == found.policy && kept.policy.kind == .cohort)
        let again = try opened.workspace.evaluator().evaluate(kept.policy, weights: kept.knobs.weights)
        #expect(again == candidate.tune)
        let picked = try opened.perform(SetPicks([candidate.id]), context)
        #expect(picked.candidates.first?.confirm != nil)
        // The log brings it about again.
        let entry = try #require(try study.file.entries().map(\.entry).last { $0.kind == AddAllocation.kind })
        let operation = try #require(try OperationRegistry.operation(entry) as? AddAllocation)
        let fresh = try SampleStudy(units: 8_000)
        #expect(try fresh.study.perform(operation, context).policy == found.policy)
        withExtendedLifetime(fresh) {}
    }

    /// A linear candidate with the weights of the prices is another candidate.
    @Test func theWeightsOfItsPricesAreAnotherCandidate() throws {
        let found = try allocate(study, request("joint"))
        let candidate = try study.perform(AddAllocation(found), context)
        let linear = try study.perform(AddCandidate(found.knobs), context)
        #expect(linear.id != candidate.id && linear.policy.kind == .linear)
    }

    /// The file alone gives every unit the arm that the study gives it, split cohorts included.
    @Test(arguments: ["merged", "joint", "heuristic:visits_28d:3,past_ctr:2"])
    func theFileAloneAgreesWithTheStudy(kind: String) throws {
        var asked = try request(kind)
        asked.method = .stochastic
        let found = try allocate(study, asked)
        let candidate = try study.perform(AddAllocation(found), context)
        let made = try study.document(of: candidate, holdout: 0.05, tool: "test")
        let document = try PolicyDocument(json: made.json(), file: "policy.json")
        #expect(document == made && document.rule.kind == .cohort)
        try document.checkSelfTest(file: "policy.json", context: context)
        let table = try CovariateTable.read(
            study.description.dataPath, unit: study.description.spec.unit,
            encodings: try document.covariates.map { ($0.name, try $0.encoding()) })
        let assigned = try PolicyScorer(document).assign(
            keys: table.ids.keys, covariates: table.covariates.map(\.values), supplied: [], context: context)
        let byKey = Dictionary(
            uniqueKeysWithValues: zip(table.ids.keys, zip(assigned.arms, assigned.heldOut).map { $1 ? 255 : $0 }))
        let chosen = try study.workspace.evaluator(.all).choice(of: candidate.policy)
        let different = zip(study.units.keys, chosen).count { key, arm in
            byKey[key].map { $0 != 255 && $0 != arm } ?? true
        }
        #expect(different == 0)
        // Read back on the study it is the same policy.
        guard case .cohort(let rule) = document.rule else { return }
        let policy = try study.policy(document, cohorts: rule, file: "policy.json", context: context)
        #expect(Policy.cohort(policy) == found.policy)
    }

    @Test(.enabled(if: OutsideScorer.isAvailable)) func anybodyCanScoreTheFile() throws {
        let found = try allocate(study, request("merged"))
        let candidate = try study.perform(AddAllocation(found), context)
        let document = try study.document(of: candidate, holdout: 0.1, tool: "test")
        let policy = sample.folder.appendingPathComponent("policy.json")
        try document.json().write(to: policy)
        let lines = try OutsideScorer.lines(
            policy: policy, data: URL(fileURLWithPath: study.description.dataPath))
        let table = try CovariateTable.read(
            study.description.dataPath, unit: study.description.spec.unit,
            encodings: try document.covariates.map { ($0.name, try $0.encoding()) })
        let own = try PolicyScorer(document).assign(
            keys: table.ids.keys, covariates: table.covariates.map(\.values), supplied: [], context: context)
        let expected = zip(own.arms, own.heldOut).map { "\(document.arms[Int($0)]),\($1 ? 1 : 0)" }
        #expect(lines.dropFirst().map { $0.split(separator: ",").dropFirst().joined(separator: ",") } == expected)
    }

    @Test(arguments: [
        (#""atMost":"#, #""atMost":1e9,"x":"#, "self-test"), (#""control":0}"#, #""control":0.4}"#, "shares of cohort"),
        (#""leaves":[0]"#, #""leaves":[99]"#, "no tree has"), (#""cohortArm":"cohort-arm","#, "", "cohortArm"),
        (#""kind":"cohort""#, #""kind":"garden""#, "not known"),
    ]) func aChangedFileIsRefusedInOneSentence(old: String, new: String, sentence: String) throws {
        let asked = try request("heuristic:visits_28d:2", limit: .absolute(-1))
        let candidate = try study.perform(AddAllocation(try allocate(study, asked)), context)
        let json = String(
            decoding: try study.document(of: candidate, holdout: 0, tool: "test").json(), as: UTF8.self)
        let changed = json.replacing(old, with: new)
        try #require(changed != json, "the file has no \(old)")
        let error = #expect(throws: EspalierError.self) {
            try PolicyDocument(json: Data(changed.utf8), file: "policy.json")
                .checkSelfTest(file: "policy.json", context: context)
        }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    }

    /// A new fit keeps the candidate under its old rules, on the new fit's units.
    @Test func aRefitKeepsThePolicyAndItsCohorts() throws {
        let candidate = try sample.study.perform(
            AddAllocation(try allocate(sample.study, request("joint"))), context)
        let fit = try SampleFits.fit(units: 3_000, seed: 11)
        let place = sample.folder.appendingPathComponent("other.espalier").path
        try StudyCopy.make(of: sample.study.file.path, at: place)
        let again = try Study.create(at: place, fit: fit, workers: Workers())
        let kept = try again.file.candidate(candidate.id)
        #expect(kept.policy == candidate.policy && kept.tune != nil && kept.tune != candidate.tune)
    }

    @Test(arguments: [
        (["nobody": Threshold.relative(0)], "no outcome nobody"), (["sessions": .relative(0)], "is the objective"),
        (["disables": .relative(5)], "cannot all be kept"),
    ]) func limitsThatCannotBeAreSaidInOneSentence(limits: [String: Threshold], sentence: String) throws {
        var request = AllocationRequest()
        request.limits = limits
        for method in [AllocationMethod.linear, .member, .global] {
            request.method = method
            let error = #expect(throws: EspalierError.self) { try allocate(study, request) }
            let text = error?.description ?? ""
            #expect(text.contains(method == .global && sentence.contains("kept") ? "no single arm keeps" : sentence))
            #expect(!text.contains("\n"))
        }
    }
}
