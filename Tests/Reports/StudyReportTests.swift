import Foundation
import FoundationXML
import Frontier
import Reports
import Runtime
import Studies
import Testing

@Suite("The report page")
struct StudyReportTests {
    /// Whether the page, but for its first line, is well-formed XML: every element closed, every text escaped.
    private func isWellFormed(_ page: String) -> Bool {
        let body = page.drop { $0 != "\n" }
        return XMLParser(data: Data(body.utf8)).parse()
    }

    @Test("is well-formed, self-contained and the same each time, before and after picks")
    func page() throws {
        try ReportSample.withStudy { study in
            func page() throws -> String {
                try StudyReport(study, candidate: nil, tool: "tests", workers: Workers()).html()
            }
            let early = try page()
            #expect(isWellFormed(early))
            #expect(early.contains("No policy has been chosen yet"))
            _ = try study.perform(SearchFront(SearchSettings(evaluations: 40)), RunContext())
            let picks = try study.perform(PickByHypervolume(count: 2), RunContext()).candidates
            let page1 = try page()
            #expect(try page() == page1)
            #expect(isWellFormed(page1))
            for foreign in ["<script", "http:", "https:", "src=", "url(", "@import"] {
                #expect(!page1.contains(foreign), "\(foreign)")
            }
            #expect(page1.contains("2 candidates are picked; none has been named"))
            // All of the front is drawn, not the handful that became candidates; once for every chart.
            let charts = study.space.outcomeCount - 1
            let front = try study.file.front()?.points.map(\.knobs) ?? []
            let candidates = try study.file.candidates().map(\.knobs)
            let drawn = candidates.count + front.count { !candidates.contains($0) }
            #expect(page1.components(separatedBy: "class=\"point\"").count - 1 == charts * drawn)
            #expect(drawn > candidates.count)
            let chosen = try StudyReport(study, candidate: picks[0], tool: "tests", workers: Workers()).html()
            #expect(isWellFormed(chosen))
            #expect(chosen.contains("Candidate \(picks[0].name)"))
            // Headings say what they head, drawings what they show, and every part is in the contents.
            #expect(!chosen.contains("<th>") && chosen.contains("<th scope=\"row\"") && chosen.contains("<main>"))
            #expect(chosen.contains("aria-label=\"\(study.space.arms[1]) on \(study.space.outcomes[0].name): "))
            let parts = chosen.matches(of: /href="#([a-z]+)"/).map { String($0.1) }
            #expect(parts.count == 8 && parts.allSatisfy { chosen.contains("<h2 id=\"\($0)\">") })
            // No test was made, so no tree is said to be more than chance.
            #expect(chosen.contains("Whether effects differ at all was not tested"))
            let confirm = try #require(picks[0].confirm?.outcomes[0].relative)
            #expect(chosen.contains(String(format: "%+.1f%%", 100 * confirm.value)))
        }
    }

    @Test("a tree stands open where its effect is detected to differ, and is folded elsewhere")
    func foldedTrees() throws {
        try ReportSample.withStudy(units: 12_000) { study in
            func page() throws -> String {
                try StudyReport(study, candidate: nil, tool: "tests", workers: Workers()).html()
            }
            let grown = study.trees.trees.indices.filter { study.trees.trees[$0].leaves.count > 1 }
            try #require(!grown.isEmpty)
            let untested = try page()
            #expect(untested.components(separatedBy: ": not tested</summary>").count - 1 == grown.count)
            let verdicts = try study.perform(ValidateLearners("t"), RunContext()).verdicts
            let tested = try page()
            let open = grown.filter { verdicts[$0].isDetected }
            try #require(!open.isEmpty)
            for tree in grown {
                let heading = "\(verdicts[tree].arm) on \(verdicts[tree].outcome): "
                let words =
                    verdicts[tree].isDetected
                    ? "<h3>\(heading)effects differ between units (p "
                    : "<summary>\(heading)no difference between units"
                #expect(tested.contains(words), "\(words)")
            }
            #expect(tested.components(separatedBy: "<details>").count - 1 == grown.count - open.count)
        }
    }

    @Test("texts and attributes are escaped", arguments: ["<b>&\"'", "]]>", "a\u{1}b"])
    func escaping(_ hostile: String) {
        var text = ""
        Element("p", ["title": hostile], hostile).write(to: &text)
        #expect(isWellFormed("\n" + text))
        #expect(!text.contains("<b>"))
    }

    /// WCAG 2.1: relative luminance and contrast ratio.
    @Test("every text colour stands out by 4.5:1 from the page and its panels, in light, dark and print")
    func contrast() throws {
        let themes = PageStyle.sheet.components(separatedBy: ":root{").dropFirst()
        #expect(themes.count == 3)
        for theme in themes {
            func luminance(_ name: String) throws -> Double {
                let start = try #require(theme.range(of: "--\(name):#")).upperBound
                let channels = stride(from: 0, to: 6, by: 2).map { offset -> Double in
                    let from = theme.index(start, offsetBy: offset)
                    let value = Double(Int(theme[from..<theme.index(from, offsetBy: 2)], radix: 16) ?? 0) / 255
                    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
                }
                return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
            }
            for ground in ["page", "panel"] {
                for ink in ["text", "quiet", "good", "bad", "doubt"] {
                    let pair = try [luminance(ground), luminance(ink)].sorted()
                    #expect((pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, "\(ink) on \(ground)")
                }
            }
        }
    }
}
