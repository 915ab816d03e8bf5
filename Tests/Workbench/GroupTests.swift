import Effects
import Policies
import Studies
import Testing
import Workbench

/// What the screens say of parts of the units agrees with what the engine said of all of them.
@Suite struct GroupTests {
    /// Cohort sums rest on the same half as the trees, so a leaf's own effect comes out again.
    @Test func theSumsOfALeafsCohortsGiveTheLeafsEffect() throws {
        let state = try SampleSession().session.state
        let trees = try #require(state.facts.trees)
        let sums = try #require(state.results[.cohortSums])
        let description = try #require(state.facts.description)
        for (index, tree) in trees.trees.enumerated() {
            for (leaf, node) in tree.leaves.enumerated() {
                let cohorts = trees.cohorts.rows.indices.filter {
                    Int(trees.cohorts.rows[$0].leaves[index]) == leaf
                }
                let effect = sums.effect(
                    in: cohorts, arm: tree.arm, outcome: tree.outcome,
                    scale: description.space.outcomes[tree.outcome].scale, addedCost: tree.addedCost,
                    terms: description.space.outcomes[tree.outcome].errorTerms(ofArm: tree.arm))
                #expect(effect.armCount + effect.controlCount == node.estimatingUnits)
                let tolerance = 1e-6 * max(1, abs(node.estimate.effect))
                #expect(abs(effect.difference.effect - node.estimate.effect) < tolerance)
                #expect(abs(effect.difference.standardError - node.estimate.standardError) < tolerance)
            }
        }
    }

    /// Cohorts divide the tune units, so their gains add up to the policy's, and their shares to its shares.
    @Test func theGainsOfAllCohortsAddUpToThePolicys() throws {
        let sample = try SampleSession()
        try sample.type("4lllljll")
        let state = sample.session.state
        let gains = try #require(state.results[.cohortGains])
        let evaluation = try #require(state.results[.evaluation])
        #expect(gains.knobs == state.decisions.knobs)
        let units = gains.cohorts.reduce(0) { $0 + $1.units }
        #expect(units == evaluation.units)
        for (j, outcome) in evaluation.outcomes.enumerated() {
            let total = gains.cohorts.reduce(0) { $0 + Double($1.units) * ($1.gains[j]?.value ?? 0) } / Double(units)
            let lost = gains.cohorts.filter { $0.units == 1 }.count
            let difference = try #require(outcome.difference)
            // A cohort of one unit has no interval, so it is left out.
            #expect(lost > 0 || abs(total - difference.value) < 1e-6 * max(1, abs(difference.value)))
        }
        for (arm, name) in (state.facts.description?.space.arms ?? []).enumerated() {
            let share = gains.cohorts.reduce(0) { $0 + Double($1.units) * $1.shares[arm] } / Double(units)
            #expect(abs(share - (evaluation.shares[name] ?? -1)) < 1e-9)
        }
    }

    @Test func importanceIsSharedOutAmongTheCovariatesThatSplit() throws {
        let trees = try #require(try SampleSession().session.state.facts.trees)
        for tree in trees.trees {
            let shares = tree.importance(covariateCount: trees.covariates.count)
            let used = Set(tree.nodes.compactMap { $0.split?.covariate })
            let total = shares.reduce(0, +)
            #expect(used.isEmpty ? total == 0 : abs(total - 1) < 1e-12)
            #expect(shares.indices.allSatisfy { shares[$0] == 0 || used.contains($0) })
            #expect(tree.leaves(below: 0) == Array(tree.leaves.indices))
        }
    }

    @Test func aDrillDownDividesTheTuneUnitsAndSaysWhatItDoesNotKnow() throws {
        let sample = try SampleSession()
        try sample.type("3dsegment past_ctr<Enter>")
        let drill = try #require(sample.session.state.results[.drillDown])
        #expect(drill.cells.reduce(0) { $0 + $1.units } == sample.session.state.facts.description?.tuneCount)
        #expect(abs(drill.cells.reduce(0) { $0 + $1.share } - 1) < 1e-9)
        let gains = try #require(sample.session.state.results[.cohortGains])
        #expect(gains.cells.map(\.units) == drill.cells.map(\.units))
        try sample.type("d<C-u>nonsense<Enter>")
        #expect(sample.session.state.message.contains("no covariate nonsense"))
        #expect(sample.session.state.results[.drillDown] == drill)
        try sample.type("c")
        #expect(sample.session.state.results[.drillDown] == nil)
    }
}
