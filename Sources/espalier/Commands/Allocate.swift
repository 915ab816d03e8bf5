import Allocation
import ArgumentParser
import Groups
import Runtime
import Studies

extension AllocationMethod: ExpressibleByArgument {}
extension CohortEffects: ExpressibleByArgument {}
extension StochasticSettings.Metric: ExpressibleByArgument {}

struct Allocate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Give every cohort its arms: the largest mean effect on the objective that keeps the limits.",
        discussion: """
            Of a study: the objective is its first outcome, limits are the thresholds of its spec and those of --limit, as \
            disables=relative:-0.02 or disables=absolute:-0.001, on the oriented difference from control. Printed are who gets \
            what, what it promises, and what is left of that without the optimum's optimism, across folds and on confirm, \
            which is opened and counts as a look. --add keeps the policy as a candidate, which `export` writes.

            Of a table of one's own (--table): it has a row for each cohort and treatment, with the columns cohort, treatment, size, u0 (the objective), \
            u1, u2, ... (costs), and var0, var1, ... (variances of the effects) where they are known. Treatment 0 is control. \
            Limits are upper limits on the mean of a cost, as u1=0.05. Where they cannot all be kept the exit code is 1.
            """)

    @Argument(help: "The study.", completion: .study)
    var study: String?
    @Option(name: .long, help: "A table of cohorts and treatments, in place of a study.", completion: .data)
    var table: String?
    @Option(
        name: .long,
        help: "A limit, as disables=relative:-0.02 or, of a table, u1=0.05; repeat for more.")
    var limit: [String] = []
    @Option(
        name: .long,
        help: """
            global (the best treatment for everybody), mixture (the best lottery), lp, stochastic (counts the variances), \
            chance (proves the limits by the variances) or member (by prices, for very many cohorts).
            """)
    var method: AllocationMethod = .linear
    @Option(
        name: .long,
        help: "Of a study, who is one cohort: merged, joint or heuristic:COVARIATE:CELLS,...; default merged.")
    var cohorts: String?
    @Option(
        name: .long, help: "Of a study, whose effect a cohort has: inherited (its leaf's) or shrunk; default inherited."
    )
    var effects: CohortEffects?
    @Option(name: .long, help: "Of a study: resamples that tell the optimum's optimism, 0 for none; default 200.")
    var bootstrap: Int?
    @Flag(name: .long, help: "Of a study: leave the confirm split closed.")
    var noConfirm = false
    @Flag(name: .long, help: "Of a study: keep the policy as a candidate.")
    var add = false
    @Option(name: .long, help: "stochastic: steps; default 1000.")
    var steps: Int?
    @Option(name: .long, help: "stochastic: draws from which a limit is estimated at each step; default 10.")
    var draws: Int?
    @Option(name: .long, help: "stochastic: length of the steps; default 3.")
    var stepSize: Double?
    @Option(name: .long, help: "stochastic: how much above a limit a step still keeps it; default 0.005.")
    var tolerance: Double?
    @Option(
        name: .long, help: "stochastic: whether every cohort counts alike in a step (cohorts) or every unit (shares).")
    var metric: StochasticSettings.Metric?
    @Flag(name: .long, help: "stochastic: start at control instead of at the linear programme's optimum.")
    var cold = false
    @Option(name: .long, help: "stochastic, and the bootstrap: seed; default 1.")
    var seed: UInt64?
    @Option(name: .long, help: "chance: confidence with which each limit holds; default 0.95.")
    var confidence: Double?
    @OptionGroup var format: FormatOption
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (study == nil) != (table == nil) else { throw ValidationError("give a study or --table, one of the two") }
        if table != nil, cohorts != nil || effects != nil || bootstrap != nil || noConfirm || add {
            throw ValidationError("--cohorts, --effects, --bootstrap, --no-confirm and --add go with a study")
        }
        try IntegerRange.check(bootstrap, 0...100_000, "--bootstrap")
        try IntegerRange.check(steps, 1...10_000_000, "--steps")
        try IntegerRange.check(draws, 1...1_000_000, "--draws")
        if let stepSize, !(stepSize > 0 && stepSize.isFinite) {
            throw ValidationError("--step-size must be a number above 0")
        }
        if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
            throw ValidationError("--tolerance must be a number of at least 0")
        }
        if let confidence, !(confidence >= 0.5 && confidence < 1) {
            throw ValidationError("--confidence must be at least 0.5 and below 1")
        }
        let ownSeed = seed != nil && study == nil
        let numbers = [steps != nil, draws != nil, stepSize != nil, tolerance != nil, ownSeed]
        let isStochastic = cold || metric != nil || numbers.contains(true)
        if isStochastic, method != .stochastic {
            throw ValidationError(
                "--steps, --draws, --step-size, --tolerance, --metric, --cold and --seed go with --method stochastic")
        }
        if confidence != nil, method != .chance { throw ValidationError("--confidence goes with --method chance") }
    }

    func run() throws {
        if let study { try allocate(study) }
        if let table { try solve(table) }
    }

    private func allocate(_ path: String) throws {
        let study = try CommandStudy.open(path, for: add ? .writing : .reading)
        var request = AllocationRequest()
        request.method = method
        request.cohorts = try cohorts.map { try CohortKind($0) } ?? request.cohorts
        request.effects = effects ?? request.effects
        request.limits = try LimitOption.thresholds(limit)
        request.stochastic = settings
        request.confidence = confidence ?? request.confidence
        let query = AllocateCohorts(request, resamples: bootstrap ?? 200, seed: seed ?? 1)
        var allocation = try study.answer(query, common.context)
        if study.description.hasConfirm && !noConfirm {
            let confirmed = try study.perform(ConfirmAllocation(allocation), common.context)
            allocation = confirmed.allocation
            ProgressLine.clear()
            Diagnostics.write(
                "espalier: confirm was opened for this allocation; looks at it so far: \(confirmed.looks).\n")
        }
        let candidate = try add ? study.perform(AddAllocation(allocation), common.context) : nil
        ProgressLine.clear()
        if let cause = allocation.standIn {
            Diagnostics.write("espalier: \(cause); the allocation of the linear programme stands in.\n")
        }
        let text = StudyAllocationText(allocation: allocation, study: study)
        switch format.format {
        case .json:
            let document = StudyAllocationDocument(allocation, candidate: candidate, study: study)
            try Output.write(json: WithEngine(document, of: study))
        case .csv: try Output.write(text.csv)
        case .table: try Output.write(text.text + Caveats.text(study.description.caveats ?? []))
        }
        if let candidate { Diagnostics.write("espalier: kept as candidate \(candidate.name).\n") }
    }

    private func solve(_ path: String) throws {
        let table = try AllocationTable.read(path, context: common.context)
        let problem = try table.problem(limits: limit.map { try KnobOptions.split($0, "--limit") })
        let result = try method.solve(
            problem, stochastic: settings, confidence: confidence ?? 0.95, context: common.context)
        ProgressLine.clear()
        switch result {
        case .infeasible(let conflicts):
            if format.format == .json {
                try Output.write(json: AllocationDocument(nil, of: problem, table: table))
            }
            let cause = LimitConflict.words(conflicts, in: problem)
            throw EspalierError(
                .check,
                method == .global
                    ? "no single treatment keeps the limits: \(cause)"
                    : "the limits cannot all be kept: \(cause)", remedy: "loosen them")
        case .solved(let solution):
            if let cause = solution.standIn {
                Diagnostics.write("espalier: \(cause); the allocation of the linear programme stands in.\n")
            }
            switch format.format {
            case .json: try Output.write(json: AllocationDocument(solution, of: problem, table: table))
            case .csv: try Output.write(AllocationText.csv(solution, table))
            case .table: try Output.write(AllocationText.table(solution, of: problem, table))
            }
        }
    }

    private var settings: StochasticSettings {
        var settings = StochasticSettings()
        settings.steps = steps ?? settings.steps
        settings.draws = draws ?? settings.draws
        settings.stepSize = stepSize ?? settings.stepSize
        settings.tolerance = tolerance ?? settings.tolerance
        settings.metric = metric
        settings.startsWarm = !cold
        settings.seed = seed ?? settings.seed
        return settings
    }
}
