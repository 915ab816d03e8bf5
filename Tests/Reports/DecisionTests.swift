import Foundation
import Frontier
import Reports
import Runtime
import Studies
import Testing

/// The sentence at the top of the page.
@Suite struct DecisionTests {
    private func decision(_ study: Study, _ candidate: Candidate? = nil) throws -> String {
        let page = try StudyReport(study, candidate: candidate, tool: "tests", workers: Workers()).html()
        let start = try #require(page.range(of: "<p class=\"decision\">")).upperBound
        return String(page[start...].prefix { $0 != "<" })
    }

    @Test func nothingIsShownBeforeConfirmHasShownIt() throws {
        try ReportSample.withStudy { study in
            #expect(try decision(study).hasSuffix("to everyone: none has been tried."))
            let front = try study.perform(SearchFront(SearchSettings(evaluations: 40)), RunContext())
            #expect(try decision(study).hasSuffix("none has been judged on units that did not choose it."))
            // Named, but seen on tune only.
            let first = try #require(front.candidates.first)
            let named = try decision(study, first)
            #expect(named.hasPrefix("No policy is shown to beat giving "))
            #expect(named.contains("policy \(first.name) has not been judged on units"))
        }
    }

    /// What is said agrees with the interval that is said, which counts all candidates judged on confirm.
    @Test(arguments: [1, 3]) func theIntervalDecides(count: Int) throws {
        try ReportSample.withStudy { study in
            _ = try study.perform(SearchFront(SearchSettings(evaluations: 40)), RunContext())
            let picks = try study.perform(PickByHypervolume(count: count), RunContext()).candidates
            let said = try decision(study, picks[0])
            let against = try #require(picks[0].confirm?.outcomes[0].againstBestArm)
            let bounds = try #require(said.firstMatch(of: /interval ([-+0-9.e]+) to ([-+0-9.e]+)/))
            let low = try #require(Double(bounds.1))
            let high = try #require(Double(bounds.2))
            let error = try #require(against.standardError)
            // The quantiles of 1 - 0.05 / 2 / count.
            let critical = count == 1 ? 1.959964 : 2.393980
            #expect(abs((high - low) / (2 * critical * error) - 1) < 0.02, "\(said)")
            #expect(said.hasPrefix("No policy is shown to beat") == !(low > 0), "\(said)")
            #expect(said.contains("candidates judged") == (count > 1))
        }
    }
}
