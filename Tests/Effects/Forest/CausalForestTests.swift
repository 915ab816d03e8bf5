import Effects
import Experiments
import Foundation
import Runtime
import Testing

@Suite struct CausalForestTests {
    private static let stepped = SimulatedExperiment(
        units: 1_500, missing: 0.1, levels: 6, effect: { _, x in (x[0] > 0 ? 1 : 0) + (x[4] == 2 || x[4] == 5 ? 1 : 0) }
    )

    /// rho by the formula of METHODS section 1, every cut of every covariate tried: the root splits as it should.
    @Test func rootsSplitWhereThePlainGradientsGainMost() throws {
        let settings = ForestSettings(trees: 12, minimumNode: 20, covariatesPerNode: 1_000, maximumDepth: 1)
        let trial = try ForestTrial(Self.stepped.make(), settings)
        for (index, tree) in trial.fit.forest.trees.enumerated() {
            guard case .inner(let split, _) = tree.list[0] else {
                Issue.record("a root did not split")
                continue
            }
            let growing = trial.rows(.growing, bag: index / 2, tree: index % 2)
            let node = PlainNode(trial, growing)
            let gains = trial.binned.codes.indices.flatMap { node.gains(covariate: $0) }
            let best = try #require(gains.max())
            let gained = try #require(node.gain(split))
            #expect(abs(gained - best) <= 1e-5 * best)
        }
    }

    /// alpha_i(x) = mean over trees of [i in the leaf of x]/(size of the leaf): tau(x) is the regression with these weights.
    @Test func predictionsAreWeightedAverages() throws {
        let trial = try ForestTrial(Self.stepped.make(), ForestSettings(trees: 20))
        let predicted = try trial.predictions()
        for unit in stride(from: 0, to: trial.experiment.unitCount, by: 97) {
            var weights = [Double](repeating: 0, count: trial.experiment.unitCount)
            for (index, tree) in trial.fit.forest.trees.enumerated() {
                func leaf(_ row: Int) -> Int { tree.leaf { trial.columns[$0][row] } }
                let own = leaf(unit)
                let sharing = trial.rows(.estimating, bag: index / 2, tree: index % 2).filter { leaf($0) == own }
                #expect(!sharing.isEmpty)
                for row in sharing {
                    weights[row] += 1 / Double(sharing.count * trial.fit.forest.trees.count)
                }
            }
            #expect(abs(weights.reduce(0, +) - 1) < 1e-9)
            var (w, y, wy, ww) = (0.0, 0.0, 0.0, 0.0)
            for row in weights.indices where weights[row] > 0 {
                let residual = trial.residuals(row)
                w += weights[row] * residual.w
                y += weights[row] * residual.y
                wy += weights[row] * residual.w * residual.y
                ww += weights[row] * residual.w * residual.w
            }
            #expect(abs(Double(predicted.effects[unit]) - (wy - w * y) / (ww - w * w)) < 1e-4)
        }
    }

    @Test func halvesOfATreeAreDisjointAndInsideTheBag() {
        let settings = ForestSettings(subsample: 0.3, growingShare: 0.5)
        let bag = ForestBag(3, seed: 5, settings: settings)
        let roles = (0..<20_000).map { key in (0..<2).map { bag.role(of: StableHash.mix(UInt64(key)), tree: $0) } }
        for role in [ForestBag.Role.growing, .estimating] {
            let share = Double(roles.count { $0[0] == role }) / 20_000
            #expect(abs(share - 0.15) < 0.01)
        }
        for (key, pair) in roles.enumerated() where !bag.contains(StableHash.mix(UInt64(key))) {
            #expect(pair == [.outside, .outside])
        }
        // The trees of a bag draw apart from one another.
        let both = Double(roles.count { $0[0] == .growing && $0[1] == .growing }) / 20_000
        #expect(abs(both - 0.5 * 0.3 * 0.3) < 0.01)
    }

    /// Honesty and out-of-bag: a unit's own outcome is in none of the trees that predict it.
    @Test func aUnitsOutcomeDoesNotReachItsOwnPrediction() throws {
        let made = Self.stepped.make()
        let means = [Float](repeating: 0, count: made.unitCount)
        let before = try ForestTrial(made, outcomeMeans: means).outOfBag()
        let observed = made.outcomes[0].observed
        var values = observed.values
        values[700] += 50
        let moved = made.replacing(
            outcome: ScaledColumn(centre: observed.centre, scale: observed.scale, values: values))
        let after = try ForestTrial(moved, outcomeMeans: means).outOfBag()
        let place = 700
        #expect(before.effects[place] == after.effects[place] && before.variances[place] == after.variances[place])
        #expect(before.effects != after.effects)
    }

    @Test func threadsDoNotChangeABit() throws {
        let made = Self.stepped.make()
        let one = try ForestTrial(made, threads: 1)
        let many = try ForestTrial(made, threads: 7)
        #expect(one.fit.forest == many.fit.forest)
        let (ones, manys) = (try one.predictions(), try many.predictions())
        #expect(ones == manys)
        let (onesOut, manysOut) = (try one.outOfBag(), try many.outOfBag())
        #expect(onesOut == manysOut)
    }

    @Test func seedsMatterAndFewCovariatesPerNodeWork() throws {
        let made = SimulatedExperiment(units: 1_200, covariates: 12, effect: { _, x in Double(x[0]) }).make()
        let settings = ForestSettings(trees: 10, covariatesPerNode: 2)
        let first = try ForestTrial(made, settings, seed: 1)
        let second = try ForestTrial(made, settings, seed: 2)
        #expect(first.fit.forest != second.fit.forest)
        let read = Set(
            first.fit.forest.trees.flatMap(\.list).compactMap { node in
                if case .inner(let split, _) = node { split.covariate } else { nil }
            })
        #expect(read.count == 12)
    }

    @Test func aForestSurvivesItsFile() throws {
        let trial = try ForestTrial(Self.stepped.make())
        let data = try JSONEncoder().encode(trial.fit.forest)
        let again = try JSONDecoder().decode(CausalForest.self, from: data)
        #expect(again == trial.fit.forest)
        let units = Array(0..<trial.experiment.unitCount)
        let (before, after) = (
            try trial.predictions(), try again.predict(trial.columns, units: units, context: trial.context)
        )
        #expect(before == after)
        #expect(again.reads(covariateCount: 5) && !again.reads(covariateCount: 4))
        let broken = Data(String(decoding: data, as: UTF8.self).replacing("\"left\":[1,", with: "\"left\":[0,").utf8)
        #expect(throws: EspalierError.self) { try JSONDecoder().decode(CausalForest.self, from: broken) }
    }

    /// What `ForestSettings.standard` promises for policy files.
    @Test func standardForestsAreSmallEnoughForAFile() throws {
        let made = SimulatedExperiment(units: 6_000, effect: { _, x in Double(x[0]) }).make()
        let settings = ForestSettings.standard(smallestArm: 3_000)
        let forest = try ForestTrial(made, settings).fit.forest
        #expect(forest.trees.count == 100 && forest.trees.allSatisfy { $0.leafCount <= 130 })
        let bytes = try JSONEncoder().encode(forest).count
        print("standard forest: \(bytes) bytes, \(forest.trees.reduce(0) { $0 + $1.leafCount }) leaves")
        #expect(bytes < 1_100_000)
    }

    /// Levels of equal effect are told from the others, and a level is not taken for a number.
    @Test func levelsAreOrderedByTheirEffect() throws {
        let made = SimulatedExperiment(
            units: 6_000, levels: 8, effect: { _, x in [1, 4, 6].contains(Int(x[4])) ? 1.5 : 0 }
        ).make()
        let predicted = try ForestTrial(made, ForestSettings(trees: 40, minimumNode: 20)).predictions(variances: false)
        let scale = made.outcomes[0].observed.scale
        let error = (0..<made.unitCount).reduce(0.0) { sum, unit in
            let truth = [1, 4, 6].contains(Int(made.covariates[4].values[unit])) ? 1.5 : 0
            let miss = Double(predicted.effects[unit]) * scale - truth
            return sum + miss * miss / Double(made.unitCount)
        }
        #expect(error < 0.05)
    }

    /// Propensities that follow the covariate the outcome depends on: plain means would be biased.
    @Test func knownPropensitiesAreUsed() throws {
        let made = SimulatedExperiment(
            units: 6_000, variesPropensity: true, effect: { _, x in x[0] > 0 ? 2 : 1 }
        ).make()
        let trial = try ForestTrial(made, ForestSettings(trees: 60, minimumNode: 20))
        let (predicted, scale) = (try trial.outOfBag(), made.outcomes[0].observed.scale)
        for side in [false, true] {
            let units = (0..<made.unitCount).filter { (made.covariates[0].values[$0] > 0.3) == side }
                .filter { abs(made.covariates[0].values[$0]) > 0.3 }
            let mean = units.reduce(0.0) { $0 + Double(predicted.effects[$1]) * scale } / Double(units.count)
            #expect(abs(mean - (side ? 2 : 1)) < 0.15)
        }
        let average = trial.fit.average(predicted)
        #expect(abs(average.effect * scale - 1.5) < 4 * average.standardError * scale)
    }
}

/// A node's gains, computed from its units one by one.
private struct PlainNode {
    private let trial: ForestTrial
    private let rows: [Int]
    private let rho: [Double]
    private let w: [Double]

    init(_ trial: ForestTrial, _ rows: [Int]) {
        self.trial = trial
        self.rows = rows
        let residuals = rows.map { trial.residuals($0) }
        let count = Double(rows.count)
        let (meanW, meanY) = (
            residuals.reduce(0) { $0 + $1.w } / count, residuals.reduce(0) { $0 + $1.y } / count
        )
        let effect =
            residuals.reduce(0) { $0 + ($1.w - meanW) * ($1.y - meanY) }
            / residuals.reduce(0) { $0 + ($1.w - meanW) * ($1.w - meanW) }
        rho = residuals.map { ($0.w - meanW) * (($0.y - meanY) - effect * ($0.w - meanW)) }
        w = residuals.map(\.w)
    }

    /// nil where a child lacks units of an arm or the spread of treatment it has to keep.
    func gain(_ split: Split) -> Double? {
        let left = rows.map { split.goesLeft(trial.columns[split.covariate][$0]) }
        var gain = 0.0
        for side in [true, false] {
            let own = rows.indices.filter { left[$0] == side }
            let treated = own.count { trial.fit.sample.treated[rows[$0]] }
            guard treated >= trial.settings.minimumNode, own.count - treated >= trial.settings.minimumNode,
                spread(own) >= trial.settings.balance * spread(Array(rows.indices))
            else { return nil }
            let sum = own.reduce(0) { $0 + rho[$1] }
            gain += sum * sum / Double(own.count)
        }
        return gain
    }

    private func spread(_ own: [Int]) -> Double {
        let mean = own.reduce(0) { $0 + w[$1] } / Double(own.count)
        return own.reduce(0) { $0 + (w[$1] - mean) * (w[$1] - mean) }
    }

    func gains(covariate: Int) -> [Double] {
        let code = trial.binned.codes[covariate]
        let rules: [Split.Rule]
        if code.isCategorical {
            let levels = (0..<code.valueBins).map { level in
                let own = rows.indices.filter { trial.columns[covariate][rows[$0]] == Float(level) }
                return (level: UInt8(level), mean: own.reduce(0) { $0 + rho[$1] } / Double(own.count))
            }.sorted { $0.mean < $1.mean }.map(\.level)
            rules = levels.indices.map { .levels(levels[...$0].sorted()) }
        } else {
            rules = code.edges.map { .atMost($0) } + [.present]
        }
        return rules.flatMap { rule in
            [false, true].compactMap {
                gain(Split(covariate: covariate, rule: rule, missingGoesLeft: $0, missingSeen: true))
            }
        }
    }
}
