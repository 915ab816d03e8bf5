import Foundation
import Policies
import Runtime
import Studies
import Testing

/// What to know before a policy is exported.
@Suite struct DecisionCardTests {
    @Test func theCardSaysWhatConfirmShowed() throws {
        let sample = try SampleStudy.withPicks()
        let study = sample.study
        let looks = try study.file.looks()
        let candidate = try #require(try study.file.candidates().first { $0.isPicked })
        let card = try study.answer(DescribeDecision(of: candidate))
        let confirm = try #require(candidate.confirm)
        #expect(card.candidate == candidate.name && card.split == .confirm && card.units == confirm.units)
        #expect(card.limits == confirm.limits && card.looks == looks)
        #expect(card.outcomes.map(\.confirm) == confirm.outcomes.map { Optional($0) })
        let control = study.space.arms[0]
        #expect(abs(card.changedFromControl + (confirm.shares[control] ?? 0) - 1) < 1e-12)
        #expect(abs(card.changedFromBestArm + (confirm.shares[confirm.bestArm] ?? 0) - 1) < 1e-12)
        #expect(card.caveats.contains { $0.hasPrefix("confirm was looked at \(looks) times") })
        #expect(card.caveats.contains { $0.contains("`espalier models`") })
        let probability = try #require(card.probabilityWithinLimits)
        #expect((0...1).contains(probability))
        // Reading it is no look.
        #expect(try study.file.looks() == looks)
        let text = card.text()
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 72 }, "\(text)")
        for outcome in confirm.outcomes { #expect(text.contains(DecisionText.change(outcome))) }
        #expect(try JSONDecoder().decode(DecisionCard.self, from: JSONEncoder().encode(card)) == card)
    }

    @Test func aPolicyThatIsNotKeptHasACardToo() throws {
        let sample = try SampleStudy()
        let study = sample.study
        let candidate = try study.candidate(of: PolicyKnobs.start(in: study.space))
        let card = try study.answer(DescribeDecision(of: candidate))
        #expect(card.candidate.isEmpty && card.split == .tune && !card.isShown)
        #expect(card.decision.contains("the present policy has not been judged"))
        #expect(card.caveats.contains { $0.contains("only on the units it was tuned on") })
        #expect(try study.file.candidates().isEmpty)
    }

    @Test func theLastExportIsKnown() throws {
        let sample = try SampleStudy.withPicks()
        let study = sample.study
        #expect(try study.file.lastExport() == nil)
        for candidate in try study.file.candidates().prefix(2) {
            _ = try study.perform(
                ExportPolicy(candidate: candidate.id, path: "-", tool: "tests") { _ in }, RunContext())
            #expect(try study.file.lastExport() == candidate.id)
        }
    }
}
