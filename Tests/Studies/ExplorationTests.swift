import Allocation
import Experiments
import Foundation
import Groups
import Policies
import Runtime
import Statistics
import Studies
import Testing

/// Policies of every kind that give up some of their units to learning: who explores, how probable their arms were, and what can
/// be read back.
@Suite struct ExplorationTests {
    private let context = RunContext()
    private let sample: SampleStudy
    private var study: Study { sample.study }

    init() throws { sample = try SampleStudy(units: 8_000) }

    private func candidate(_ kind: Policy.Kind) throws -> Candidate {
        switch kind {
        case .linear:
            var knobs = PolicyKnobs.start(in: study.space)
            knobs.weights[1] = 0.6
            return try study.perform(AddCandidate(knobs), context)
        case .cohort:
            var request = AllocationRequest()
            request.cohorts = try CohortKind("joint")
            request.limits = ["disables": .relative(-0.02)]
            request.method = .stochastic
            return try study.perform(
                AddAllocation(study.answer(AllocateCohorts(request, resamples: 0), context)), context)
        case .ranking:
            var request = RankingRequest()
            request.cost = "disables"
            request.arm = "cap_high"
            return try study.perform(AddRanking(request, by: .ratio, .share(0.3)), context)
        }
    }

    private func document(_ kind: Policy.Kind, _ text: String, period: String? = nil) throws -> PolicyDocument {
        try study.document(
            of: candidate(kind), holdout: 0.1, exploration: ExplorationRule(text, period: period), tool: "test")
    }

    private func table(_ document: PolicyDocument) throws -> CovariateTable {
        try CovariateTable.read(
            study.description.dataPath, unit: study.description.spec.unit,
            encodings: try document.covariates.map { ($0.name, try $0.encoding()) })
    }

    private func assign(
        _ document: PolicyDocument, _ table: CovariateTable, period: Int = 0
    ) throws -> PolicyScorer.Assignment {
        try PolicyScorer(document).assign(
            keys: table.ids.keys, covariates: table.covariates.map(\.values), supplied: [], period: period,
            context: context)
    }

    /// Through the file and back, and by a reader who knows the schema alone: the same units explore, with the same arms and
    /// propensities, in a period of one's choice.
    @Test(.enabled(if: OutsideScorer.isAvailable), arguments: Policy.Kind.allCases)
    func anybodyCanExploreByTheFile(kind: Policy.Kind) throws {
        let made = try document(kind, "epsilon:0.2", period: "7d")
        let document = try PolicyDocument(json: made.json(), file: "policy.json")
        #expect(document == made && document.version == 3)
        try document.checkSelfTest(file: "policy.json", context: context)
        #expect(document.selfTest?.contains { $0.explored == true } == true)
        let policy = sample.folder.appendingPathComponent("policy.json")
        try document.json().write(to: policy)
        let seconds = 1_770_000_000
        let lines = try OutsideScorer.lines(
            policy: policy, data: URL(fileURLWithPath: study.description.dataPath), seconds: seconds)
        let table = try table(document)
        let own = try assign(document, table, period: seconds / (7 * 86_400))
        let exploration = try #require(own.exploration)
        #expect(lines.count == table.ids.keys.count + 1)
        for (unit, line) in lines.dropFirst().enumerated() {
            let fields = line.split(separator: ",").dropFirst().map(String.init)
            #expect(
                fields.prefix(3) == [
                    document.arms[Int(own.arms[unit])], own.heldOut[unit] ? "1" : "0",
                    exploration.explored[unit] ? "1" : "0",
                ])
            for (arm, field) in fields.dropFirst(3).enumerated() {
                #expect(abs(try #require(Double(field)) - exploration.propensities[arm][unit]) < 1e-12)
            }
        }
    }

    /// Draws hold within a period, are drawn anew in the next, and for good without one; nobody who is held out explores.
    @Test func unitsStayAsTheyAreWithinAPeriod() throws {
        let weekly = try document(.linear, "epsilon:0.3", period: "1w")
        let table = try table(weekly)
        let (first, again, next) = (
            try assign(weekly, table, period: 5), try assign(weekly, table, period: 5),
            try assign(weekly, table, period: 6)
        )
        #expect(first == again && first != next)
        let (a, b) = (try #require(first.exploration), try #require(next.exploration))
        let both = zip(a.explored, b.explored).count { $0 && $1 }
        let count = Double(a.explored.count)
        // 0.9 x 0.3 explore; 0.9 x 0.09 in both; 4.5 standard errors.
        #expect(abs(Double(a.explored.count { $0 }) / count - 0.27) < 4.5 * (0.27 * 0.73 / count).squareRoot())
        #expect(abs(Double(both) / count - 0.081) < 4.5 * (0.081 * 0.919 / count).squareRoot())
        #expect(zip(a.explored, first.heldOut).allSatisfy { !($0 && $1) })
        #expect(first.heldOut == next.heldOut)
        let forGood = try document(.linear, "epsilon:0.3")
        #expect(try assign(forGood, table, period: 5) == assign(forGood, table, period: 6))
    }

    /// How often arms are drawn over many periods is what their propensities say, unit by unit and on average.
    @Test(arguments: Policy.Kind.allCases) func propensitiesAreHowOftenArmsAreDrawn(kind: Policy.Kind) throws {
        let document = try document(kind, "thompson:0.4", period: "1h")
        let table = try table(document)
        var expected = [Double](repeating: 0, count: document.arms.count)
        var variances = expected
        var seen = expected
        let exploration = try #require(document.assignment.exploration)
        #expect(exploration.shares.values.allSatisfy { $0 > 0.0299 })
        for period in 0..<10 {
            let assigned = try assign(document, table, period: period)
            let own = try #require(assigned.exploration)
            for (unit, arm) in assigned.arms.enumerated() where !assigned.heldOut[unit] {
                seen[Int(arm)] += 1
                for other in expected.indices {
                    // Given that the unit is not held out, which it is for good.
                    let planned =
                        document.assignment.shares[document.arms[other]]!
                        / document.assignment.shares.values.reduce(0, +)
                    let p = (own.propensities[other][unit] - 0.1 * planned) / 0.9
                    expected[other] += p
                    variances[other] += p * (1 - p)
                }
            }
        }
        for arm in seen.indices {
            // A split cohort's draw holds for good, so that ten periods of a unit go together.
            let error = (variances[arm] * (kind == .cohort ? 10 : 1)).squareRoot()
            #expect(abs(seen[arm] - expected[arm]) < 4.5 * error, "\(document.arms[arm])")
        }
    }

    /// What is logged under a policy that explores tells the value of any other: weighted by the propensities without bias, taken
    /// as it comes with one. Outcomes are made up: 1 + covariate in arm 2, else the covariate.
    @Test func whatIsLoggedCanBeReadBack() throws {
        let document = try document(.ranking, "epsilon:0.1", period: "1h")
        let table = try table(document)
        let keys = table.ids.keys
        let x = keys.map { SaltedDraw(seed: 3, salt: "x").uniform($0) }
        let arm = try #require(document.arms.firstIndex(of: "cap_high"))
        var (weighted, plain, all) = (Moments(), Moments(), 0.0)
        for period in 0..<20 {
            let assigned = try assign(document, table, period: period)
            let own = try #require(assigned.exploration)
            for unit in keys.indices {
                // Targeted units have high outcomes whatever they get.
                let outcome = x[unit] + 5 * own.propensities[arm][unit] + (Int(assigned.arms[unit]) == arm ? 1 : 0)
                let isGiven = Int(assigned.arms[unit]) == arm
                weighted.add(isGiven ? outcome / own.propensities[arm][unit] : 0)
                if isGiven { plain.add(outcome) }
                all += x[unit] + 5 * own.propensities[arm][unit] + 1
            }
        }
        let truth = all / Double(weighted.count)
        let error = weighted.standardDeviation / Double(weighted.count).squareRoot()
        // Units are drawn together over periods where they are held out, which doubles the error at most.
        #expect(abs(weighted.mean - truth) < 6 * error)
        #expect(plain.mean > truth + 1)
    }

    @Test func mistakesAreSaidInOneSentence() throws {
        func words(_ body: () throws -> Void) -> String {
            let error = #expect(throws: EspalierError.self) { try body() }
            return error?.description ?? ""
        }
        #expect(words { _ = try ExplorationRule("epsilon") }.contains("says nothing to explore by"))
        #expect(words { _ = try ExplorationRule("greedy:0.1") }.contains("says nothing to explore by"))
        #expect(words { _ = try ExplorationRule("epsilon:0") }.contains("not above 0 and up to 1"))
        #expect(words { _ = try ExplorationRule("thompson:1.2") }.contains("not above 0 and up to 1"))
        #expect(words { _ = try ExplorationRule("epsilon:0.1", period: "7") }.contains("is no time"))
        #expect(words { _ = try ExplorationRule("epsilon:0.1", period: "0d") }.contains("is no time"))
        #expect(try ExplorationRule("epsilon:0.1", period: "12h").period == 43_200)
    }

    @Test(arguments: [
        (#""version":3"#, #""version":2"#, "has version 3"),
        (#""exploration":"exploration","#, "", "salts of its draws"),
        (#""share":0.05"#, #""share":0"#, "share above 0"), (#""share":0.05"#, #""share":0.06"#, "self-test"),
        (#""period":3600"#, #""period":0"#, "period above 0"),
    ]) func aChangedFileIsRefusedInOneSentence(old: String, new: String, sentence: String) throws {
        let json = String(decoding: try document(.ranking, "epsilon:0.05", period: "1h").json(), as: UTF8.self)
        try ChangedPolicy.isRefused(json, old, new, sentence, context)
    }

    /// Without exploration the file is what it always was.
    @Test func aPlainFileSaysNothingOfIt() throws {
        let document = try study.document(of: candidate(.linear), holdout: 0.1, tool: "test")
        let json = String(decoding: try document.json(), as: UTF8.self)
        #expect(document.version == 2 && !json.contains("explor") && !json.contains("propensities"))
        #expect(try assign(document, table(document)).exploration == nil)
    }
}
