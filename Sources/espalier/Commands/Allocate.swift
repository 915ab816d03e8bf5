import Allocation
import ArgumentParser
import Runtime

extension AllocationMethod: ExpressibleByArgument {}
extension StochasticSettings.Metric: ExpressibleByArgument {}

struct Allocate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Give every cohort its arms: the largest mean effect on the objective that keeps limits on the costs.",
        discussion: """
            The table has a row for each cohort and treatment, with the columns cohort, treatment, size, u0 (the objective), \
            u1, u2, ... (costs), and var0, var1, ... (variances of the effects) where they are known. Treatment 0 is control. \
            Limits are upper limits on the mean of a cost. Where they cannot all be kept the exit code is 1.
            """)

    @Option(name: .long, help: "The table of cohorts and treatments.")
    var table: String
    @Option(name: .long, help: "An upper limit, as u1=0.05; repeat for more.")
    var limit: [String] = []
    @Option(
        name: .long,
        help: """
            global (the best treatment for everybody), mixture (the best lottery), lp, stochastic (counts the variances), \
            chance (proves the limits by the variances) or member (by prices, for very many cohorts).
            """)
    var method: AllocationMethod = .linear
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
    @Option(name: .long, help: "stochastic: seed; default 1.")
    var seed: UInt64?
    @Option(name: .long, help: "chance: confidence with which each limit holds; default 0.95.")
    var confidence: Double?
    @OptionGroup var format: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
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
        let numbers = [steps != nil, draws != nil, stepSize != nil, tolerance != nil, seed != nil]
        let isStochastic = cold || metric != nil || numbers.contains(true)
        if isStochastic, method != .stochastic {
            throw ValidationError(
                "--steps, --draws, --step-size, --tolerance, --metric, --cold and --seed go with --method stochastic")
        }
        if confidence != nil, method != .chance { throw ValidationError("--confidence goes with --method chance") }
    }

    func run() throws {
        let table = try AllocationTable.read(self.table, context: common.context)
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
