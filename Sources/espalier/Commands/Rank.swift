import ArgumentParser
import Policies
import Ranking
import Runtime
import Studies
import Texts

struct Rank: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge whom to target first, by what targeting brings against what it costs.",
        discussion: """
            Of a study: units of control and of one arm, ordered by rankers that did not see them. Printed are the cost curve \
            of every ranker, the area under it (1 at best, 0.5 for a random order) with its 95% interval, how far rankers are \
            apart on the same bootstrap draws, and who beats a random order. --budget share:0.2 (the best 20%), cost:0.05 (as \
            many as cost so much per unit) or price:3 (everybody whose value is worth it) makes a policy of the first ranker \
            named: -o writes it, --add keeps it as a candidate. --split confirm counts as a look.

            Of a table of one's own (--table): it has one row per unit that did not train the score: its score, 1 or 0 for \
            treated or not, its value and its cost.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String?
    @Option(
        name: .long, help: "A CSV with the columns score, treated, value and cost, in place of a study.",
        completion: .data)
    var table: String?
    @Option(
        name: .long,
        help:
            "The outcome, or the column of the table, that targeting is to better; default: the first outcome, or value.",
        completion: .outcomes)
    var value: String?
    @Option(
        name: .long,
        help: "The outcome, or the column of the table, that targeting costs; default: the spec's cost, or cost.",
        completion: .outcomes)
    var cost: String?
    @Option(
        name: .long,
        help: "Of a study, the arm to target with; default: that of the largest average effect on the value.",
        completion: .arms)
    var arm: String?
    @Option(
        name: .long,
        help:
            "Of a study, a ranker: r, dr, price, drm, drm-residualised, constrained, drm-network, learner or forest; repeat for more."
    )
    var ranker: [String] = []
    @Option(name: .long, help: "Of a study, a column of its data that is one more score, the best highest.")
    var score: String?
    @Option(
        name: .long, help: "Of a study, which units judge: tune or confirm, which counts as a look.",
        completion: .list(["tune", "confirm"]))
    var split: String?
    @Option(name: .long, help: "What can be spent: share:0.2, cost:0.05 or price:3; of a table, a share.")
    var budget: String?
    @Flag(name: .long, help: "Of a study: keep the policy of the budget as a candidate.")
    var add = false
    @Option(name: .long, help: "Share of units that keep a random arm, for -o.")
    var holdout: Double?
    @OptionGroup var exploration: ExplorationOptions
    @Option(name: .shortAndLong, help: "Of a study: where to write the policy of the budget; .gz compresses.")
    var output: String?
    @OptionGroup var overwriting: OverwriteOption
    @Option(name: .long, help: "Seed of rankers and of bootstrap draws; default 1.")
    var seed: UInt64?
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (study == nil) != (table == nil) else { throw ValidationError("give a study or --table, one of the two") }
        let ofStudy = [arm != nil, !ranker.isEmpty, score != nil, split != nil, add, output != nil, seed != nil]
        if table != nil, ofStudy.contains(true) {
            throw ValidationError(
                "--arm, --ranker, --score, --split, --add, --output and --seed go with a study")
        }
        if let split, !["tune", "confirm"].contains(split) { throw ValidationError("--split is tune or confirm") }
        if add || output != nil, budget == nil {
            throw ValidationError("--add and --output make a policy, which takes --budget")
        }
        if holdout != nil || exploration.explore != nil, output == nil {
            throw ValidationError("--holdout and --explore go with --output")
        }
        try exploration.check()
    }

    func run() throws {
        try Output.refuseOverwriting(output)
        if let study { try rank(study) }
        if let table { try judge(table) }
    }

    private func rank(_ path: String) throws {
        let study = try CommandStudy.open(path, for: add ? .writing : .reading)
        let context = common.context
        let request = try request()
        let budget = try budget.map { try RankingBudget($0) }
        let question = try request.question(of: study)
        if arm == nil, study.space.armCount > 2 {
            let (arms, value) = (study.space.arms, study.space.outcomes[question.value].name)
            Diagnostics.write(
                "espalier: \(arms[question.arm]) has the largest average effect on \(value); --arm names another.\n")
        }
        let target = try budget.map { budget in
            let first = request.rankers[0]
            return try study.target(request, by: first, budget, context)
        }
        let candidate = try add ? target.map { try keep($0, request, study, context) } : nil
        if let output, let target {
            let document = try study.document(
                named: candidate?.name ?? target.budget.description, .ranking(target.policy()),
                knobs: PolicyKnobs.start(in: study.space), candidate: candidate?.id, holdout: holdout ?? 0,
                exploration: try exploration.rule(), tool: "espalier \(Espalier.versionText)", context: context)
            ProgressLine.clear()
            return try PolicyFile.write(document, to: output == "-" ? nil : output)
        }
        try show(request, target, candidate, study, context)
    }

    private func request() throws -> RankingRequest {
        var request = RankingRequest()
        request.value = value
        request.cost = cost
        request.arm = arm
        request.score = score
        request.seed = seed ?? 1
        let named = try ranker.map { try StudyRanker(named: $0) }
        if let twice = named.indices.first(where: { named[..<$0].contains(named[$0]) }) {
            throw EspalierError(
                .usage, "the ranker \(named[twice].title) is named twice", remedy: "name every ranker once")
        }
        if !named.isEmpty { request.rankers = named }
        return request
    }

    private func keep(
        _ target: RankingTarget, _ request: RankingRequest, _ study: Study, _ context: RunContext
    ) throws -> Candidate {
        let candidate = try study.perform(
            AddRanking(request, by: request.rankers[0], target.budget), context)
        ProgressLine.clear()
        Diagnostics.write("espalier: kept as candidate \(candidate.name).\n")
        return candidate
    }

    private func show(
        _ request: RankingRequest, _ target: RankingTarget?, _ candidate: Candidate?, _ study: Study,
        _ context: RunContext
    ) throws {
        let share = target.map { target in
            if case .share(let share) = target.budget { share } else { target.share }
        }
        let shares = share.map { CostCurve.deciles.contains($0) ? [] : [$0] } ?? []
        let ranking: StudyRanking
        if split == "confirm" {
            let seen = try study.perform(ConfirmRanking(request, shares: shares), context)
            ranking = seen.ranking
            ProgressLine.clear()
            Diagnostics.write(
                "espalier: confirm was opened for these rankers; looks at it so far: \(seen.looks).\n")
        } else {
            ranking = try study.answer(RankUnits(request, shares: shares), context)
        }
        var document = RankingDocument(
            ranking.comparison, value: ranking.value, cost: ranking.cost, arm: ranking.arm, units: ranking.unitCount,
            finding: ranking.finding)
        document.candidate = candidate?.id
        if let target {
            let evaluator = try study.workspace.evaluator(ranking.split, workers: context.workers)
            document.budget = RankingBudgetDocument(
                target,
                evaluator.evaluate(
                    try target.probabilities(evaluator.units), weights: PolicyKnobs.start(in: study.space).weights))
        }
        ProgressLine.clear()
        switch format.format {
        case .json: try Output.write(json: WithCaveats(result: document, caveats: ranking.caveats))
        case .csv: try Output.write(document.text(.csv))
        case .table: try Output.write(document.text(.table) + Caveats.text(ranking.caveats))
        }
    }

    private func judge(_ path: String) throws {
        let (value, cost) = (value ?? "value", cost ?? "cost")
        guard value != cost else {
            throw EspalierError(
                .usage, "value and cost are both the column \(DisplayText.quoted(value))",
                remedy: "name two different columns with --value and --cost")
        }
        let share = try budget.map(Self.share)
        let context = common.context
        let units = try ScoredUnits.read(path, value: value, cost: cost, context: context)
        let comparison = try RankerComparison(
            names: ["score"], scores: [units.scores], sample: units.sample, extraShares: share.map { [$0] } ?? [],
            context: context)
        ProgressLine.clear()
        let document = RankingDocument(comparison, value: value, cost: cost, arm: "treated", units: units.sample.count)
        switch format.format {
        case .json: try Output.write(json: document)
        case .table, .csv: try Output.write(document.text(format.format))
        }
    }

    /// The share of `share:S`.
    private static func share(_ text: String) throws -> Double {
        guard text.hasPrefix("share:"), let share = Double(text.dropFirst("share:".count)) else {
            throw EspalierError(
                .usage, "--budget \(text) is not a share of the units", remedy: "write --budget share:0.2")
        }
        return share
    }
}
