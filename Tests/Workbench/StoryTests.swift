import Foundation
import Frames
import Testing
import Workbench

/// The line above the last ones: where the analyst stands, and what comes next.
@Suite struct StoryTests {
    /// The story by keyboard: `>` goes where it says, and every step moves on.
    @Test func everyStepMovesOn() throws {
        let sample = try SampleSession()
        func line(_ width: Int = 120) -> String {
            sample.frame(width, 40).text.split(separator: "\n").map(String.init).last { $0.contains("→") } ?? ""
        }
        #expect(line().contains("do effects differ? → tune a policy → pick some → export"))
        try sample.type(">")
        #expect(sample.session.state.screen == .models && sample.session.state.message.contains("r judges"))
        try sample.type("r5s")
        #expect(!line().contains("do effects differ?") && line().contains(" candidates → pick some"))
        try sample.type("1>")
        #expect(sample.session.state.screen == .front && sample.session.state.message.contains("Space picks"))
        try sample.type(" ")
        #expect(line().contains("1 picked, 1 look"))
        try sample.type("e<C-u>p.json<Enter>y")
        let name = try #require(sample.session.state.facts.exported)
        #expect(line().contains("\(name) exported"))
        try sample.type(">")
        #expect(sample.session.state.message.contains("every step is done"))
        // The keys are there whatever is said, at every size.
        for (width, height) in [(60, 20), (80, 24), (200, 60)] {
            for keys in ["1", "2", "4", "5", "7"] {
                try sample.type(keys)
                let lines = sample.frame(width, height).text.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.contains { $0.contains("quit") && $0.contains("keys") }, "\(keys) \(width)x\(height)")
                #expect(lines.contains { $0.contains("→ ✓ \(name) exported") || $0.contains("→ ✓ out") })
            }
        }
    }

    @Test func confirmIsOpenedOnlyForAYes() throws {
        let sample = try SampleSession()
        try sample.type("5sK3<Enter>")
        #expect(sample.frame().text.contains("y picks them and opens confirm for 3"))
        #expect(sample.session.state.facts.looks == 0 && sample.session.state.decisions.picked.isEmpty)
        try sample.type("n")
        #expect(sample.session.state.facts.looks == 0 && sample.session.state.decisions.picked.isEmpty)
        try sample.type(" K3<Enter>")
        #expect(sample.frame().text.contains("keeps "))
        let kept = try #require(sample.session.state.decisions.picked.first)
        try sample.type("y")
        #expect(sample.session.state.decisions.picked.count == 3)
        #expect(sample.session.state.decisions.picked.contains(kept) && sample.session.state.facts.looks == 3)
        // Confirm stands beside tune in the list.
        #expect(sample.frame().text.contains("confirm"))
    }

    /// Every screen explains its terms, with its numbers where it has them.
    @Test func everyScreenExplainsItsTerms() throws {
        let sample = try SampleSession()
        try sample.type("5s 6r")
        for screen in Screen.allCases where screen.isTab && screen != .setup && screen != .pool {
            sample.session.perform(.show(screen))
            sample.session.perform(.explain)
            let text = sample.frame(120, 60).text
            #expect(text.contains("what the numbers of \(screen.title) mean"))
            try sample.type("<Esc>")
        }
        for (keys, words) in [
            ("1", "agrees with the data"), ("2", "units, for whom"), ("4", "counts as"), ("5", "policies on it"),
        ] {
            try sample.type("\(keys)i")
            let text = sample.frame(120, 60).text
            #expect(text.contains("Here: ") && text.contains(words), "\(keys)")
            try sample.type("<Esc>")
        }
        for term in Glossary.allCases {
            #expect(Glossary.named(term.rawValue.uppercased()) == term)
            #expect(term.words.split(separator: ". ").count == 2, "\(term)")
        }
    }

    @Test func escGoesBackByOne() throws {
        let sample = try SampleSession()
        try sample.type("3/past<Enter><Esc><Esc><Esc>")
        #expect(sample.session.state.filters[.cohorts] == nil)
        try sample.type("3dsegment<Enter>")
        #expect(sample.frame().text.contains("cells of"))
        try sample.type("<Esc><Esc>")
        #expect(!sample.frame().text.contains("cells of") && sample.session.state.screen == .cohorts)
    }
}
