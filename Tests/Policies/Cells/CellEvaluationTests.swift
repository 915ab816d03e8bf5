import Effects
import Experiments
import Policies
import Runtime
import Statistics
import Testing

/// Policies evaluated from sums of cells are worth what the same units say one by one.
@Suite struct CellEvaluationTests {
    private struct Unit {
        let cell: Int
        let part: UnitPart
        let arm: Int
        let outcomes: [Double]
    }

    private static let cells = 7

    private let units: [Unit]
    private let sums: CellSums
    private let space: PolicySpace
    private let shares = [0.5, 0.3, 0.2]
    private let costs: [[Float]] = [[0, 0], [0.125, 0], [0.25, 0.5]]
    /// The effects that decide who gets what, gross, by (arm, outcome).
    private let effects: EffectEstimates

    init() {
        var stream = RandomStream(seed: 5)
        var units: [Unit] = []
        for _ in 0..<6_000 {
            let cell = min(6, stream.index(below: 8))
            let arm = stream.uniform() < 0.5 ? 0 : stream.uniform() < 0.6 ? 1 : 2
            let part = UnitPart.allCases[stream.index(below: 4)]
            let first = 0.1 * Double(cell) + (arm == 1 ? 0.2 * Double(cell - 3) : 0) + stream.normal()
            units.append(
                Unit(
                    cell: cell, part: part, arm: arm,
                    outcomes: [first, 0.5 * first + (arm == 2 ? 1 : 0) + stream.normal()]))
        }
        self.units = units
        let groups = Self.cells * 4 * 3
        var (counts, totals) = ([Double](repeating: 0, count: groups), [Double](repeating: 0, count: groups * 2))
        var products = [Double](repeating: 0, count: groups * 3)
        for unit in units {
            let index = (unit.cell * 4 + unit.part.rawValue) * 3 + unit.arm
            counts[index] += 1
            for j in 0..<2 {
                totals[index * 2 + j] += unit.outcomes[j]
                for k in 0...j { products[index * 3 + CellSums.pair(j, k)] += unit.outcomes[j] * unit.outcomes[k] }
            }
        }
        sums = CellSums(
            armCount: 3, outcomeCount: 2, cellCount: Self.cells, counts: counts, sums: totals, products: products)
        effects = EffectEstimates(
            armCount: 3, outcomeCount: 2,
            columns: (0..<4).map { column in (0..<Self.cells).map { Float(($0 * 5 + column * 3) % 7) / 4 - 0.75 } })
        // The second is a ratio, whose estimated R0 adds to its errors.
        func outcome(_ name: String, _ direction: Direction) -> PolicySpace.Outcome {
            PolicySpace.Outcome(
                name: name, direction: direction, threshold: nil, centre: 2, scale: 1.5, clustering: nil,
                denominators: name == "y" ? nil : Denominators(byArm: [1, 1.1, 0.9], overall: 1.02))
        }
        space = PolicySpace(
            arms: ["control", "a", "b"], outcomes: [outcome("y", .maximize), outcome("z", .minimize)],
            averageEffects: [[0, 0], [0.1, 0.2], [-0.1, 0.3]], controlMeans: [2, 2])
    }

    private var cells: PolicyTable {
        PolicyTable(
            cells: PolicyCells(sums, armCosts: costs, shares: shares), effects: effects, armCosts: costs,
            unitGroups: UnitGroups(keys: (0..<21).map { UInt64($0) }, seed: 1))
    }

    /// The block of rows that a part of the units is in, and the parts that tell what its outcomes are expected to be.
    private func block(_ part: UnitPart) -> (index: Int, known: Set<UnitPart>) {
        switch part {
        case .growing, .pruning: (0, [.estimating])
        case .estimating: (1, [.growing, .pruning])
        case .confirm: (2, [.growing, .pruning, .estimating])
        }
    }

    /// The same units one by one, tune first, with the same expectations.
    private var table: (table: PolicyTable, cellOf: [Int]) {
        let order = units.filter { $0.part != .confirm } + units.filter { $0.part == .confirm }
        let known: [[UnitPart]: CellNuisances] = Dictionary(
            uniqueKeysWithValues: UnitPart.allCases.map { part in
                ([part], CellNuisances(sums, parts: block(part).known))
            })
        func mu(_ unit: Unit, _ arm: Int, _ j: Int) -> Double { known[[unit.part]]?[unit.cell, arm, j] ?? 0 }
        let observed = (0..<2).map { j in order.map { Float($0.outcomes[j]) } }
        let scores = ScoreTable(
            control: (0..<2).map { j in order.map { Float(mu($0, 0, j)) } },
            contrasts: EffectEstimates(
                armCount: 3, outcomeCount: 2,
                columns: (1..<3).flatMap { arm in
                    (0..<2).map { j in order.map { Float(mu($0, arm, j) - mu($0, 0, j)) } }
                }),
            residuals: (0..<2).map { j in
                order.map { Float(($0.outcomes[j] - mu($0, $0.arm, j)) / shares[$0.arm]) }
            })
        return (
            PolicyTable(
                effects: EffectEstimates(
                    armCount: 3, outcomeCount: 2,
                    columns: effects.columns.map { column in order.map { column[$0.cell] } }), scores: scores,
                observed: observed, armCosts: costs, assignment: order.map { UInt8($0.arm) },
                observedPropensity: order.map { Float(shares[$0.arm]) },
                tuneCount: order.count { $0.part != .confirm }), order.map(\.cell)
        )
    }

    private func policies(_ rows: [Int]) throws -> [ArmProbabilities] {
        let distributions = (0..<Self.cells).map { cell -> [Double] in
            switch cell % 4 {
            case 0: [1, 0, 0]
            case 1: [0, 1, 0]
            case 2: [0.25, 0.5, 0.25]
            default: [0, 0, 1]
            }
        }
        return [
            try ArmProbabilities(distributions: distributions, indices: rows.map { UInt32($0) }),
            try ArmProbabilities(distributions: distributions.reversed(), indices: rows.map { UInt32($0) }),
        ]
    }

    @Test(arguments: EvaluationSplit.allCases, [Estimator.dr, .snips, .ips, .dm, .switching(limit: 4)])
    func aPolicyOfCohortsIsWorthTheSame(split: EvaluationSplit, estimator: Estimator) throws {
        let (single, cellOf) = table
        let one = try PolicyEvaluator(space: space, table: single, split: split, estimator: estimator)
        let other = try PolicyEvaluator(space: space, table: cells, split: split, estimator: estimator)
        #expect(one.unitCount == other.unitCount && other.units.count < one.units.count)
        let rows = other.units.map { $0 % Self.cells }
        for (a, b) in zip(try policies(one.units.map { cellOf[$0] }), try policies(rows)) {
            expectClose(one.evaluate(a, weights: [1, -0.5]), other.evaluate(b, weights: [1, -0.5]))
        }
    }

    @Test func linearPoliciesAndLinesOfThemAreWorthTheSame() throws {
        let one = try PolicyEvaluator(space: space, table: table.table)
        let other = try PolicyEvaluator(space: space, table: cells)
        let knobs = (0..<9).map { step -> PolicyKnobs in
            var knobs = PolicyKnobs.start(in: space)
            knobs.weights[1] = Double(step) / 4 - 1
            return knobs
        }
        let policies = knobs.map { LinearPolicy($0, in: space) }
        for own in knobs { expectClose(one.evaluate(own), other.evaluate(own)) }
        let positions = policies.indices.map { Double($0) }
        let (a, b) = (one.moments(along: policies, at: positions), other.moments(along: policies, at: positions))
        for (mine, theirs) in zip(a, b) {
            #expect(zip(mine.shares, theirs.shares).allSatisfy { abs($0 - $1) < 1e-9 })
            for (x, y) in zip(mine.outcomes, theirs.outcomes) {
                let (x, y) = (try #require(x), try #require(y))
                #expect(abs(x.value - y.value) < 1e-5 && abs(x.difference - y.difference) < 1e-5)
                #expect(abs((x.differenceVariance ?? 0) - (y.differenceVariance ?? 1)) < 1e-6)
            }
        }
        #expect(Set(a.map { $0.shares.map { ($0 * 1e6).rounded() } }).count > 2, "the line must change who gets what")
    }

    /// Intervals that hold for several policies and outcomes at once need the products of outcomes.
    @Test func jointDifferencesAreTheSame() throws {
        let (single, cellOf) = table
        let one = try PolicyEvaluator(space: space, table: single, split: .confirm)
        let other = try PolicyEvaluator(space: space, table: cells, split: .confirm)
        let mine = try PolicyFamily(
            #require(one.jointDifferences(of: policies(one.units.map { cellOf[$0] }))), split: .confirm)
        let theirs = try PolicyFamily(
            #require(other.jointDifferences(of: policies(other.units.map { $0 % Self.cells }))), split: .confirm)
        #expect(abs(mine.intervals.critical - theirs.intervals.critical) < 1e-3)
        for policy in 0..<2 {
            for outcome in 0..<2 {
                let (a, b) = (
                    mine.difference(policy: policy, outcome: outcome),
                    theirs.difference(policy: policy, outcome: outcome)
                )
                #expect(abs(a.value - b.value) < 1e-5 && abs(a.standardError - b.standardError) < 1e-6)
            }
        }
    }

    /// To 1e-9, in Double and by the definition.
    @Test func theDefinitionOfTheEstimateIsMet() throws {
        let evaluator = try PolicyEvaluator(space: space, table: cells, split: .confirm)
        let given = try policies(evaluator.units.map { $0 % Self.cells })[0]
        let known = CellNuisances(sums, parts: [.growing, .pruning, .estimating])
        let confirm = units.filter { $0.part == .confirm }
        let terms = confirm.map { unit -> Double in
            let own = (0..<3).map { arm in given.probability(of: arm, unit: unit.cell) }
            func score(_ arm: Int) -> Double {
                known[unit.cell, arm, 0] - Double(costs[arm][0])
                    + (unit.arm == arm ? (unit.outcomes[0] - known[unit.cell, arm, 0]) / shares[arm] : 0)
            }
            return (0..<3).reduce(0) { $0 + own[$1] * score($1) } - score(0)
        }
        let mean = terms.reduce(0, +) / Double(terms.count)
        let variance =
            terms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(terms.count - 1) / Double(terms.count)
        let found = try #require(evaluator.evaluate(given, weights: [1, 0]).outcomes[0].difference)
        #expect(abs(found.value - 1.5 * mean) < 1e-9)
        #expect(abs((found.standardError ?? 0) - 1.5 * variance.squareRoot()) < 1e-9)
    }

    private func expectClose(_ a: PolicyEvaluation, _ b: PolicyEvaluation) {
        #expect(a.units == b.units && a.bestArm == b.bestArm)
        #expect(abs(a.effectiveSampleSize - b.effectiveSampleSize) < 1e-3 * max(1, a.effectiveSampleSize))
        for arm in space.arms { #expect(abs((a.shares[arm] ?? 0) - (b.shares[arm] ?? 1)) < 1e-6) }
        for (x, y) in zip(a.outcomes, b.outcomes) {
            let pairs: [(Double?, Double?)] = [
                (x.control, y.control), (x.value, y.value), (x.standardError, y.standardError),
                (x.difference?.value, y.difference?.value),
                (x.difference?.standardError, y.difference?.standardError),
                (x.relative?.value, y.relative?.value), (x.relative?.standardError, y.relative?.standardError),
                (x.againstBestArm?.value, y.againstBestArm?.value),
                (x.againstBestArm?.standardError, y.againstBestArm?.standardError),
            ]
            for (mine, theirs) in pairs {
                #expect((mine == nil) == (theirs == nil))
                if let mine, let theirs { #expect(abs(mine - theirs) < 2e-5, "\(mine) and \(theirs)") }
            }
        }
    }
}
