import Effects
import Experiments
import Policies
import Statistics
import Testing

@Suite struct DistillationTests {
    /// Units whose covariates are known, and regrets that any rule can be given.
    private func regrets(_ arms: Int, _ choice: [UInt8], weight: (Int) -> Float = { _ in 1 }) -> RegretTable {
        RegretTable(
            armCount: arms, choice: choice,
            regrets: choice.enumerated().flatMap { unit, own in
                (0..<arms).map { $0 == Int(own) ? 0 : weight(unit) }
            })
    }

    private func grow(
        _ covariates: [Covariate], _ regrets: RegretTable, depth: Int = 3
    ) throws -> DistilledTree {
        let count = regrets.unitCount
        let binned = try BinnedCovariates(covariates, unitCount: count, tuneCount: count)
        return try TreeDistiller(
            covariates: covariates, binned: binned, regrets: regrets,
            settings: TreeDistiller.Settings(depth: depth, minimumLeaf: 5)
        ).grow(Array(0..<count))
    }

    private func numeric(_ name: String, _ values: [Float]) -> Covariate {
        Covariate(name: name, encoding: .numeric(centre: 0), values: values)
    }

    /// A policy that is a tree of depth two, missing values included, is found again to the last unit.
    @Test func findsATreeAgain() throws {
        var stream = RandomStream(seed: 3)
        let age = (0..<2_000).map { _ in stream.bernoulli(0.1) ? Float.nan : Float(18 + stream.index(below: 60)) }
        let level = (0..<2_000).map { _ in stream.bernoulli(0.05) ? Float.nan : Float(stream.index(below: 4)) }
        let choice = zip(age, level).map { age, level -> UInt8 in
            if age <= 40 { return level == 1 || level == 3 || level.isNaN ? 2 : 0 }
            return 1
        }
        let covariates = [
            numeric("age", age),
            Covariate(name: "level", encoding: .categorical(levels: ["a", "b", "c", "d"]), values: level),
            numeric("noise", (0..<2_000).map { _ in Float(stream.normal()) }),
        ]
        let tree = try grow(covariates, regrets(3, choice))
        #expect(tree.arms(covariates, of: 0..<2_000) == choice)
        #expect(tree.leafCount == 3)
        let words = tree.rules(covariates.map { CovariateDescription($0) }).map {
            $0.region.text(covariates.map { CovariateDescription($0) })
        }
        #expect(words.contains { $0.contains("age <= 40.5") }, "\(words)")
    }

    /// Where labels and value disagree value wins: nine units in ten prefer arm 1 by a hair, the tenth arm 2 by far.
    @Test func valueCountsNotLabels() throws {
        let count = 1_000
        let choice = (0..<count).map { UInt8($0 % 10 == 0 ? 2 : 1) }
        let covariates = [numeric("constant", Array(repeating: 1, count: count))]
        let tree = try grow(covariates, regrets(3, choice) { $0 % 10 == 0 ? 100 : 0.1 })
        #expect(tree.leafCount == 1 && tree.nodes[0].arm == 2)
    }

    /// A deeper tree never has more regret on the units it was made from, and rules are disjoint and complete.
    @Test func depthHelpsAndRulesPartition() throws {
        let synthetic = SyntheticTable(units: 4_000, arms: 3, outcomes: 2, seed: 8)
        let evaluator = try PolicyEvaluator(space: synthetic.space, table: synthetic.table, split: .all)
        var knobs = PolicyKnobs.start(in: synthetic.space)
        knobs.weights[1] = 0.5
        let table = RegretTable(of: LinearPolicy(knobs, in: synthetic.space), evaluator: evaluator)
        // Covariates that say something of the effects.
        let covariates = (1..<3).flatMap { arm in
            (0..<2).map { j in
                numeric("t\(arm)\(j)", synthetic.table.effects(arm: arm, outcome: j).map { ($0 * 20).rounded() / 20 })
            }
        }
        var last = Double.infinity
        for depth in 1...4 {
            let tree = try grow(covariates, table, depth: depth)
            let arms = tree.arms(covariates, of: 0..<4_000)
            let regret = arms.enumerated().reduce(0.0) { $0 + Double(table.regrets[$1.offset * 3 + Int($1.element)]) }
            #expect(regret <= last * 1.0001)
            last = regret
            #expect(tree.rules(covariates.map { CovariateDescription($0) }).reduce(0) { $0 + $1.units } == 4_000)
        }
        // Utilities are lines in these covariates: four levels recover most of what a constant arm would lose.
        let constant =
            (0..<3).map { arm in
                (0..<4_000).reduce(0.0) { $0 + Double(table.regrets[$1 * 3 + arm]) }
            }.min() ?? 0
        #expect(last < 0.4 * constant)
    }

    /// The regrets are the policy's own utilities.
    @Test func regretsAreZeroForThePolicysArm() throws {
        let synthetic = SyntheticTable(units: 1_000, arms: 3, outcomes: 2, seed: 2)
        let evaluator = try PolicyEvaluator(space: synthetic.space, table: synthetic.table)
        var stream = RandomStream(seed: 1)
        let policy = LinearPolicy(synthetic.knobs(&stream), in: synthetic.space)
        let table = RegretTable(of: policy, evaluator: evaluator)
        #expect(table.choice == evaluator.choice(of: policy))
        for unit in 0..<table.unitCount {
            #expect(table.regrets[unit * 3 + Int(table.choice[unit])] == 0)
            #expect((0..<3).allSatisfy { table.regrets[unit * 3 + $0] >= 0 })
        }
    }

    /// A policy that is a tree already loses nothing by its rules.
    @Test func faithfulRulesLoseNothing() throws {
        let synthetic = SyntheticTable(units: 3_000, arms: 2, outcomes: 2, seed: 4)
        let evaluator = try PolicyEvaluator(space: synthetic.space, table: synthetic.table)
        let confirm = try PolicyEvaluator(space: synthetic.space, table: synthetic.table, split: .confirm)
        let policy = LinearPolicy.everyone(arm: 1, in: synthetic.space)
        let covariates = [numeric("x", (0..<3_000).map { Float($0) })]
        let folds = (0..<3_000).map { UInt8($0 % 5) }
        for judge in [nil, confirm] {
            let explanation = try PolicyExplanation(
                of: .linear(policy), covariates: covariates, folds: folds, settings: TreeDistiller.Settings(),
                tune: evaluator,
                confirm: judge)
            #expect(explanation.fidelity == 1 && explanation.tree.leafCount == 1)
            #expect(explanation.losses.allSatisfy { $0.difference.value == 0 && $0.difference.standardError == 0 })
            #expect(explanation.judgement == (judge == nil ? .crossFitted : .confirm))
        }
    }
}
