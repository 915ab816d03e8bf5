import Simulation
import Studies
import Texts

/// What the Laboratory screen lists and says.
enum LaboratoryRows {
    /// The answer of the world at hand.
    static func summary(_ state: WorkbenchState) -> LaboratorySummary? {
        state.laboratory.world == .study
            ? state.results[.laboratory] : state.results[.scenarioAnswers][state.laboratory.world]
    }

    /// The methods that have the words of the filter, as they are sorted; those without figures come last.
    static func listed(_ state: WorkbenchState) -> [LaboratoryMethod] {
        let all = LaboratoryMethod.allCases.filter { state.passesFilter(of: .laboratory, $0.name) }
        guard let summary = summary(state), state.laboratory.order != .method else { return all }
        let rows = Dictionary(summary.rows.map { ($0.method, $0) }) { first, _ in first }
        func merit(_ method: LaboratoryMethod) -> Double {
            guard let row = rows[method.name] else { return -.infinity }
            return switch state.laboratory.order {
            case .relative: row.relative ?? row.value
            case .value: row.value
            case .violation: -row.violation
            case .method: 0
            }
        }
        return all.enumerated().sorted { a, b in
            let merits = (merit(a.element), merit(b.element))
            return merits.0 == merits.1 ? a.offset < b.offset : merits.0 > merits.1
        }.map(\.element)
    }

    static func focused(_ state: WorkbenchState) -> LaboratoryMethod? {
        let listed = listed(state)
        return listed.indices.contains(state.laboratory.row) ? listed[state.laboratory.row] : listed.first
    }

    static func name(_ world: LaboratoryState.World) -> String {
        world == .study ? "this study" : "scenario \(world.rawValue)"
    }

    static func explanation(_ world: LaboratoryState.World) -> String {
        switch world {
        case .study: "experiments are drawn from the study's own units"
        case .first: "scenario 1: one arm is best for everybody on everything"
        case .second: "scenario 2: objective and limits pull apart"
        case .small: "scenario 2s: scenario 2 with effects of a tenth"
        case .null: "scenario null: no arm does anything"
        }
    }

    /// Units of an arm that the next comparison has.
    static func units(_ state: WorkbenchState) -> Int {
        state.laboratory.units
            ?? (state.laboratory.world == .study ? state.facts.description?.laboratoryUnits : nil)
            ?? CompareInScenario.usualUnits
    }

    /// What the figures on the screen are of; how to get some where there are none.
    static func basis(_ state: WorkbenchState) -> String {
        let world = state.laboratory.world
        guard let summary = summary(state) else {
            return world == .study
                ? "r tries them on this study's own units; the answer is kept"
                : "r tries them in \(name(world)); the study keeps nothing of it"
        }
        let level = world == .study ? "" : ", W \(NumberText.fixed(summary.rows.first?.noise ?? 0, 0))"
        let lottery = summary.mixture.map { "; best lottery \(Wording.number($0))" } ?? ""
        return
            "\(summary.replicates) replicates, \(NumberText.grouped(summary.unitsPerArm)) units an arm\(level): oracle "
            + "\(Wording.number(summary.oracle))\(lottery)"
    }

    static func finding(_ state: WorkbenchState) -> String {
        guard let summary = summary(state) else {
            return
                "nobody has asked yet which method serves \(state.laboratory.world == .study ? "this study" : "here")"
        }
        guard let best = summary.best, let relative = best.relative else {
            return "there is nothing to gain, and no method can lose"
        }
        let others = summary.indistinguishable
        return "\(best.method) serves best, \(Wording.number(relative)) of the oracle; "
            + (others.isEmpty
                ? "the others are told apart" : "not told apart: \(others.joined(separator: ", "))")
    }

    /// What the figures mean, and what those of a scenario do not show, a paragraph each.
    static func text(_ state: WorkbenchState) -> [String] {
        let measure =
            "value: the true mean effect on the objective in control means, with its 95% interval. relative: the value less the "
            + "price of violations, over the oracle, which knows every unit's effects. violation: of the limit that is broken "
            + "most, the mean over experiments. keeps: the share of experiments whose policy keeps every limit. Methods meet "
            + "the same experiments, so that small differences are seen."
        let methods =
            "heuristic: cells by medians of four covariates. trees: merged cohorts with their leaves' effects. shrunk: merged "
            + "cohorts, their own effects drawn to the leaves'. joint: one tree for all arms and outcomes. forest, two-forests: "
            + "unit by unit. lp takes effects as known, stochastic draws their errors, chance proves every limit."
        let world =
            state.laboratory.world == .study
            ? "Units are drawn from the study's own with replacement, with the effects and the noise that its models see: where "
                + "they miss something, so do these experiments."
            : LaboratoryScenario.beyondTheGenerator
        return [world, measure, methods]
    }
}
