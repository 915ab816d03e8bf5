import Experiments
import Foundation
import Policies
import Ranking
import Runtime
import Statistics
import Studies
import Synchronization
import Testing

/// A study's units ordered by value against cost: what is judged, kept, looked at, written and read back.
@Suite struct RankingTests {
    private let context = RunContext()
    private let sample: SampleStudy
    private var study: Study { sample.study }

    init() throws { sample = try SampleStudy(units: 8_000) }

    private func request(_ rankers: [StudyRanker] = [.ratio, .direct]) -> RankingRequest {
        var request = RankingRequest()
        request.cost = "disables"
        request.arm = "cap_high"
        request.rankers = rankers
        return request
    }

    /// Every ranker is judged, by the curve of its own scores on the units that it did not see.
    @Test func everyRankerIsJudged() throws {
        let ranking = try study.answer(RankUnits(request(StudyRanker.allCases), replicates: 60), context)
        #expect(ranking.comparison.names == StudyRanker.allCases.map(\.title))
        #expect(Set(ranking.comparison.names).count == StudyRanker.allCases.count)
        let tune = study.description.tuneCount
        let arm = try #require(study.space.arms.firstIndex(of: "cap_high"))
        let own = (0..<tune).filter { [0, arm].contains(Int(study.units.assignment[$0])) }
        #expect(ranking.unitCount == own.count)
        // The end of every curve is the difference of means, however units are ordered.
        let outcome = study.space.outcomes[0]
        func mean(_ wanted: Int) -> Double {
            let units = own.filter { Int(study.units.assignment[$0]) == wanted }
            let costs = study.description.armCosts[wanted][0]
            return units.reduce(0) { $0 + outcome.centre + outcome.scale * Double(study.units.observed[0][$1]) - costs }
                / Double(units.count)
        }
        for estimate in ranking.comparison.estimates {
            #expect(abs(estimate.curve.endValue - (mean(arm) - mean(0))) < 1e-6)
        }
    }

    /// One more ranker leaves the curves of the others as they are, every percent of them: what was judged is not judged anew.
    @Test func aFurtherRankerChangesNothing() throws {
        let two = try study.answer(RankUnits(request(), percents: true, replicates: 60), context)
        let three = try study.answer(
            RankUnits(request([.forest, .ratio, .direct]), percents: true, replicates: 60), context)
        for (one, other) in zip(two.comparison.estimates, three.comparison.estimates.dropFirst()) {
            #expect(one.curve == other.curve && one.replicates == other.replicates)
        }
        let phases = Mutex<[String]>([])
        let watching = RunContext(report: { progress in phases.withLock { $0.append(progress.phase) } })
        _ = try study.answer(RankUnits(request(), percents: true, replicates: 60), watching)
        #expect(phases.withLock { !$0.contains("ranking units") })
    }

    /// No unit's score knows the unit: other outcomes of one fold leave the scores of that fold as they are.
    @Test func aFoldIsScoredByModelsThatDidNotSeeIt() throws {
        let workspace = try study.rankingWorkspace(request(), context)
        let fitted = try workspace.fitted([.ratio], seed: 1, context)[0]
        let models = try #require(fitted.models)
        #expect(models.count == study.description.spec.splits.folds && Set(models).count == models.count)
        let rules = RankingRules(
            ranker: "", value: "", cost: "", budget: "", seed: study.description.spec.splits.seed,
            features: workspace.features, models: models, threshold: 0)
        let folds = SplitRule(study.description.spec.splits).folds(study.units.splitKeys).map(Int.init)
        #expect(rules.folds(study.units.splitKeys) == folds)
    }

    @Test func theArmOfTheLargestEffectIsTheDefault() throws {
        var asked = request()
        asked.arm = nil
        let question = try asked.question(of: study)
        #expect(question.arm == study.space.bestTreatment(on: 0) && question.value == 0)
        #expect(study.space.outcomes[question.cost].name == "disables")
    }

    @Test(arguments: ["share:0.2", "share:1", "price:0", "cost:0.0001"])
    func aBudgetIsACandidate(text: String) throws {
        let budget = try RankingBudget(text)
        let target = try study.target(request(), by: .ratio, budget, context)
        let candidate = try study.perform(AddRanking(request(), by: .ratio, budget), context)
        #expect(try study.perform(AddRanking(request(), by: .ratio, budget), context).id == candidate.id)
        let opened = try SampleStudy.reopened(sample)
        let kept = try opened.file.candidate(candidate.id)
        #expect(kept.policy == candidate.policy && kept.policy.kind == .ranking)
        #expect(try opened.workspace.evaluator().evaluate(kept.policy, weights: kept.knobs.weights) == candidate.tune)
        #expect(abs(try #require(candidate.tune?.shares["cap_high"]) - target.share) < 1e-9)
        if case .share(let share) = budget { #expect(abs(target.share - share) < 1e-3) }
        let picked = try opened.perform(SetPicks([candidate.id]), context)
        #expect(picked.candidates.first?.confirm != nil)
        // The log brings it about again.
        let entry = try #require(try study.file.entries().map(\.entry).last { $0.kind == AddRanking.kind })
        let operation = try #require(try OperationRegistry.operation(entry) as? AddRanking)
        let fresh = try SampleStudy(units: 8_000)
        #expect(try fresh.study.perform(operation, context).policy == candidate.policy)
        withExtendedLifetime(fresh) {}
    }

    /// The targeted by their own curve: a share of the best by score brings what the curve says, up to the estimator.
    @Test func theEvaluationAgreesWithTheCurve() throws {
        let ranking = try study.answer(RankUnits(request([.ratio]), replicates: 60), context)
        let target = try study.target(request(), by: .ratio, .share(0.3), context)
        let evaluator = try study.workspace.evaluator()
        let evaluation = evaluator.evaluate(try target.probabilities(evaluator.units), weights: [1, 0, 0])
        let difference = try #require(evaluation.outcomes[0].difference)
        let curve = ranking.comparison.estimates[0].curve
        let error = try #require(difference.standardError)
        #expect(abs(difference.value - curve.values[2]) < 4 * error)
    }

    @Test func confirmIsALookThatCountsOnce() throws {
        let seen = try study.perform(ConfirmRanking(request()), context)
        #expect(seen.looks == 1 && seen.ranking.split == .confirm)
        #expect(seen.ranking.unitCount < study.description.unitCount - study.description.tuneCount)
        #expect(try study.perform(ConfirmRanking(request()), context).looks == 1)
        #expect(try study.perform(ConfirmRanking(request([.doublyRobust])), context).looks == 2)
    }

    /// The file alone gives every unit the arm that the study gives it.
    @Test(arguments: [StudyRanker.ratio, .price, .direct, .network])
    func theFileAloneAgreesWithTheStudy(ranker: StudyRanker) throws {
        let candidate = try study.perform(AddRanking(request(), by: ranker, .share(0.3)), context)
        let made = try study.document(of: candidate, holdout: 0.05, tool: "test")
        let document = try PolicyDocument(json: made.json(), file: "policy.json")
        #expect(document == made && document.rule.kind == .ranking)
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
        #expect(assigned.heldOut.contains(true))
        // A unit by itself gets what it gets in company: never by the batch.
        let alone = try PolicyScorer(document).assign(
            keys: Array(table.ids.keys[..<1]), covariates: table.covariates.map { Array($0.values[..<1]) },
            supplied: [], context: context)
        #expect(alone.arms[0] == assigned.arms[0])
        guard case .ranking(let rule) = document.rule else { return }
        let policy = try study.policy(document, ranking: rule, file: "policy.json", context: context)
        #expect(Policy.ranking(policy) == candidate.policy)
    }

    @Test(.enabled(if: OutsideScorer.isAvailable), arguments: [StudyRanker.ratio, .constrained, .network])
    func anybodyCanScoreTheFile(ranker: StudyRanker) throws {
        let candidate = try study.perform(AddRanking(request(), by: ranker, .share(0.25)), context)
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
        (#""threshold":"#, #""threshold":-1e9,"x":"#, "self-test"),
        (#""arm":"cap_high","budget""#, #""arm":"control","budget""#, "none of the arms"),
        (#""coefficients":["#, #""coefficients":[7,"#, "a number for every feature"),
        (#""level":0}"#, #""level":250}"#, "as what it is not"),
        (#""features":[{"#, #""features":[{"covariate":99},{"#, "feature"),
    ]) func aChangedFileIsRefusedInOneSentence(old: String, new: String, sentence: String) throws {
        let candidate = try study.perform(AddRanking(request(), by: .direct, .share(0.3)), context)
        let json = String(
            decoding: try study.document(of: candidate, holdout: 0, tool: "test").json(), as: UTF8.self)
        try ChangedPolicy.isRefused(json, old, new, sentence, context)
    }

    /// A new fit keeps the candidate under its old models, on the new fit's units.
    @Test func aRefitKeepsThePolicy() throws {
        let candidate = try study.perform(AddRanking(request(), by: .ratio, .share(0.2)), context)
        let place = sample.folder.appendingPathComponent("other.espalier").path
        try StudyCopy.make(of: sample.study.file.path, at: place)
        let again = try Study.create(at: place, fit: SampleFits.fit(units: 3_000, seed: 11), workers: Workers())
        let kept = try again.file.candidate(candidate.id)
        #expect(kept.policy == candidate.policy && kept.tune != nil && kept.tune != candidate.tune)
    }

    @Test func mistakesAreSaidInOneSentence() throws {
        func words(_ body: () throws -> Void) -> String {
            let error = #expect(throws: EspalierError.self) { try body() }
            return error?.description ?? ""
        }
        func asking(_ change: (inout RankingRequest) -> Void) -> String {
            var request = request()
            change(&request)
            return words { _ = try study.answer(RankUnits(request, replicates: 0), context) }
        }
        #expect(asking { $0.value = "disables" }.contains("value and cost are both the outcome"))
        #expect(asking { $0.value = "session" }.contains("sessions"))
        #expect(asking { $0.cost = nil }.contains("names no cost"))
        #expect(asking { $0.arm = "cap_hihg" }.contains("cap_high"))
        #expect(asking { $0.arm = "control" }.contains("is control"))
        #expect(asking { $0.score = "nowhere" }.contains("nowhere"))
        #expect(words { _ = try StudyRanker(named: "garden") }.contains("no ranker garden"))
        #expect(words { _ = try RankingBudget("share:1.5") }.contains("not between 0 and 1"))
        #expect(words { _ = try RankingBudget("share") }.contains("is no budget"))
        #expect(words { _ = try RankingBudget("cost:0") }.contains("buys nothing"))
        #expect(
            words { _ = try study.target(request(), by: .ratio, .price(1e12), context) }
                .contains("no unit is worth targeting"))
        #expect(
            words { _ = try study.perform(AddRanking(request(), by: .learner, .share(0.2)), context) }
                .contains("cannot carry the score"))
        // Spent in the other direction: what nobody spends cannot be limited.
        var saving = request()
        saving.arm = nil
        saving.value = "disables"
        saving.cost = "sessions"
        let end = try study.answer(RankUnits(saving, replicates: 0), context).comparison.estimates[0].curve.endCost
        guard end <= 0 else { return }
        #expect(
            words { _ = try study.target(saving, by: .ratio, .cost(0.1), context) }.contains("which is not a cost"))
    }
}
