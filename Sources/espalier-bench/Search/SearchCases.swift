import Foundation
import Frontier
import Optimisers
import Policies
import Runtime
import Statistics
import Studies

/// `espalier-bench search`: every search on fixed problems, by evaluations and seconds. Hypervolumes are of the noise-free
/// values of the policies that a search recommends from noisy ones.
enum SearchCases {
    private static let seeds = 1...10
    private static let budget = 100
    private static let ceilingEvaluations = 20_000

    /// - Parameter parts: `one`, `two`, `box`, `archive`, `large`; none for all.
    static func run(parts: Set<String> = []) throws {
        func wants(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }
        if wants("one") {
            try compare(
                TradeOffProblem(
                    name: "two outcomes, 3 arms", units: 60_000, arms: 3, outcomes: 2, noise: 1, error: 0.05, seed: 1))
        }
        if wants("two") {
            try compare(
                TradeOffProblem(
                    name: "three outcomes, 4 arms", units: 60_000, arms: 4, outcomes: 3, noise: 1, error: 0.05,
                    seed: 2))
        }
        if wants("box") { try BoxCase.run(seeds: seeds, budget: budget, ceilingEvaluations: ceilingEvaluations) }
        if wants("archive") { try ArchiveCases.run() }
        if wants("large") { try LargeSearchCase.run() }
    }

    /// One search as it went: true hypervolume by evaluations and seconds.
    struct Course {
        struct Stop {
            let evaluations: Int
            let seconds: Double
            let hypervolume: Double
        }

        var stops: [Stop] = []

        var last: Stop { stops[stops.count - 1] }

        func at(evaluations: Int) -> Stop { stops.last { $0.evaluations <= evaluations } ?? stops[0] }
        func first(reaching volume: Double) -> Stop? { stops.first { $0.hypervolume >= volume } }
    }

    private static func compare(_ problem: TradeOffProblem) throws {
        let judge = try TradeOffProblem.Judge(problem)
        let error =
            try problem.noisy.evaluator().evaluate(
                .everyone(arm: 1, in: problem.noisy.space), weights: PolicyKnobs.start(in: problem.noisy.space).weights
            )
            .outcomes[0].difference?.standardError ?? 0
        print(
            String(
                format: "\n%@, %d units, SE of a difference %.4f", problem.name, problem.noisy.table.unitCount, error))
        let began = ContinuousClock.now
        let ceiling = try PolicySearch(
            evaluator: judge.evaluator, grids: problem.truth.grids,
            settings: SearchSettings(evaluations: ceilingEvaluations, seed: 99, frontLimit: 3_000)
        ).run(reference: judge.reference, context: RunContext())
        print(
            String(
                format: "  ceiling %.6f: noise-free exact profiles, %d lines, %.0f s", ceiling.hypervolume,
                ceilingEvaluations, (ContinuousClock.now - began).seconds))
        var courses: [SearchSettings.Method: [Course]] = [:]
        for method in SearchSettings.Method.allCases {
            let lines = method == .profiles || method == .weights
            let evaluations = lines ? 600 : budget
            courses[method] = try (method == .weights ? 1...1 : seeds).map { seed in
                try course(problem, judge, SearchSettings(method: method, evaluations: evaluations, seed: UInt64(seed)))
            }
            table(method, courses[method] ?? [], ceiling.hypervolume)
        }
        try WinnersCurse.run(problem, judge, ceiling: ceiling.hypervolume)
        let models = courses[.nparego] ?? []
        for rival in [SearchSettings.Method.nsga2, .random, .sobol] {
            Paired(zip(models, courses[rival] ?? []).map { $0.last.hypervolume - $1.last.hypervolume }).note(
                "nparego less \(rival.rawValue) at \(budget)")
        }
        let target = mean(models.map(\.last.hypervolume))
        let seconds = mean(models.map(\.last.seconds))
        let passes = (courses[.profiles] ?? []).map { $0.first(reaching: target) }
        let times = passes.compactMap { $0?.seconds }.sorted()
        guard times.count == passes.count else {
            print("  profiles pass nparego's \(budget) evaluations in \(times.count) of \(passes.count) seeds")
            return
        }
        print(
            String(
                format:
                    "  profiles pass nparego's hypervolume at %d after %.4f s (median; worst %.4f), 1/%.0f of its %.1f s",
                budget, times[times.count / 2], times[times.count - 1], seconds / times[times.count / 2], seconds))
    }

    private static func course(_ problem: TradeOffProblem, _ judge: TradeOffProblem.Judge, _ settings: SearchSettings)
        throws
        -> Course
    {
        let evaluator = try problem.noisy.evaluator(workers: Workers(count: 1))
        let search = PolicySearch(evaluator: evaluator, grids: problem.noisy.grids, settings: settings)
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        var state = try search.begin(reference: reference, context: RunContext())
        var course = Course()
        func stop() throws {
            course.stops.append(
                Course.Stop(
                    evaluations: state.evaluations, seconds: state.seconds,
                    hypervolume: try judge.hypervolume(search.recommended(of: state, context: RunContext()))))
        }
        try stop()
        var next = 0
        while !state.isDone {
            try search.advance(&state, context: RunContext())
            // Judging costs more than searching: at every step first, then as evaluations grow by a tenth.
            let isDue = settings.method == .nparego ? state.evaluations % 20 == 0 : state.evaluations >= next
            guard isDue || state.isDone else { continue }
            try stop()
            next = state.evaluations < 32 ? 0 : state.evaluations * 11 / 10
        }
        return course
    }

    private static func table(_ method: SearchSettings.Method, _ courses: [Course], _ ceiling: Double) {
        let lines = method == .profiles || method == .weights
        // Designs are looked at by 64 places.
        let isDesign = method == .sobol || method == .random
        let marks = lines ? [2, 6, 14, 30, 100, 300, 600] : isDesign ? [64, 100] : [20, 40, 60, 80, 100]
        let cells = marks.map { mark -> String in
            let stops = courses.map { $0.at(evaluations: mark) }
            return String(
                format: "%d: %.4f (%.3f s)", mark, mean(stops.map(\.hypervolume)) / ceiling, mean(stops.map(\.seconds)))
        }
        print("  \(method.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)) \(cells.joined(separator: "  "))")
    }
}

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

/// Differences of pairs: their mean and its standard error.
struct Paired {
    private var moments = Moments()

    init(_ differences: [Double]) {
        for difference in differences { moments.add(difference) }
    }

    func note(_ what: String) {
        let error = moments.standardDeviation / Double(moments.count).squareRoot()
        print(
            String(
                format: "  %@: %+.6f, SE %.6f, %.1f SE over %d seeds", what, moments.mean, error, moments.mean / error,
                Int(moments.count)))
    }
}
