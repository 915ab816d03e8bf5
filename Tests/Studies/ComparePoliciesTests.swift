import Foundation
import Policies
import Runtime
import Studies
import Testing

/// What changes between two candidates, against their own evaluations and a count unit by unit.
@Suite struct ComparePoliciesTests {
    private func candidates(_ study: Study) throws -> (Candidate, Candidate) {
        var first = PolicyKnobs.start(in: study.space)
        first.biases[1] = 0.05
        var second = PolicyKnobs.start(in: study.space)
        second.weights[1] = 4
        let context = RunContext()
        return (try study.perform(AddCandidate(first), context), try study.perform(AddCandidate(second), context))
    }

    @Test func changesAreThoseOfTheEvaluationsAndArmsThoseOfTheUnits() throws {
        let sample = try SampleStudy()
        let study = sample.study
        let (first, second) = try candidates(study)
        let comparison = try study.answer(ComparePolicies(from: first, to: second))
        let split = try #require(comparison.splits.first)
        // Nobody has picked them, so that confirm stays closed.
        #expect(comparison.splits.count == 1 && split.isPaired)
        for (j, outcome) in split.outcomes.enumerated() {
            let before = try #require(first.tune?.outcomes[j].difference)
            let after = try #require(second.tune?.outcomes[j].difference)
            let change = try #require(outcome.change)
            let scale = max(abs(before.value), abs(after.value))
            #expect(abs(change.value - (after.value - before.value)) < 1e-6 * scale)
            // Errors of differences are those of a triangle's sides.
            let (a, b) = (before.standardError ?? 0, after.standardError ?? 0)
            #expect((abs(a - b) * 0.999...(a + b)).contains(change.standardError ?? -1))
            #expect(outcome.fromByOwnFit == nil)
        }
        let evaluator = try study.workspace.evaluator()
        let pairs = zip(try evaluator.choice(of: first.policy), try evaluator.choice(of: second.policy))
        let changed = pairs.count { $0 != $1 }
        #expect(changed > 0 && comparison.moves.units == study.description.tuneCount)
        #expect(comparison.moves.changedShare == Double(changed) / Double(comparison.moves.units))
        #expect(abs(comparison.moves.moves.reduce(0) { $0 + $1.share } - (comparison.moves.changedShare ?? 0)) < 1e-12)
        // Cohorts divide the units.
        #expect(comparison.groups.reduce(0) { $0 + $1.moves.units } == comparison.moves.units)
        let parts = comparison.groups.reduce(0) { $0 + Double($1.moves.units) * ($1.moves.changedShare ?? 0) }
        #expect(abs(parts - Double(changed)) < 1e-6)
    }

    @Test func picksAreComparedOnConfirmWithoutAFurtherLook() throws {
        let sample = try SampleStudy()
        let study = sample.study
        let (first, second) = try candidates(study)
        let picked = try study.perform(SetPicks([first.id, second.id]), RunContext()).candidates
        let comparison = try study.answer(ComparePolicies(from: picked[0], to: picked[1]))
        #expect(comparison.splits.map(\.split) == [.tune, .confirm])
        #expect(try study.file.looks() == 2)
        let confirm = try #require(picked[1].confirm?.outcomes[0].difference)
        #expect(abs((comparison.splits[1].outcomes[0].to?.value ?? 0) - confirm.value) < 1e-6)
    }

    /// A fit of other units shares none of them, so that nothing is paired and nobody is counted.
    @Test func otherUnitsAreTakenForIndependent() throws {
        let samples = (try SampleStudy(), try SampleStudy(units: 2_000, seed: 12))
        let (study, other) = (samples.0.study, samples.1.study)
        let first = try candidates(other).0
        let second = try candidates(study).1
        let comparison = try study.answer(ComparePolicies(from: first, of: other, to: second))
        #expect(!comparison.splits[0].isPaired)
        let outcome = comparison.splits[0].outcomes[0]
        let (a, b) = (try #require(outcome.from?.standardError), try #require(outcome.to?.standardError))
        #expect(abs((outcome.change?.standardError ?? 0) - (a * a + b * b).squareRoot()) < 1e-12)
        #expect(outcome.fromByOwnFit == first.tune?.outcomes[0].difference)
    }
}
