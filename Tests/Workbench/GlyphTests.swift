import Frames
import Testing
import Texts
import Workbench

/// Nothing is told by colour alone: each of these changes shows in the characters of the frame.
@Suite struct GlyphTests {
    @Test func focusSelectionSignAndSureness() throws {
        let sample = try SampleSession()
        func body() -> [Substring] {
            sample.frame().text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3).dropLast(3)
        }
        /// Types keys and expects the screen's own rows to read differently.
        func changes(_ keys: String, _ what: Comment) throws {
            let before = body()
            try sample.type(keys)
            #expect(body() != before, what)
        }
        try changes("j", "the focus of the effects")
        try changes("vvj", "the focus of the checks")
        try sample.type("2")
        try changes("l", "the focused tree")
        try sample.type("h")
        try changes("j", "the focused node")
        try sample.type("3")
        try changes("j", "the focused cohort")
        try changes(" ", "a marked cohort")
        try changes("l", "the column with the cursor")
        try changes("s", "the column sorted by")
        try sample.type("4")
        try changes("j", "the focused knob")
        try changes("lll", "the value of a knob")
        try sample.type("a5s")
        try changes("j", "the focused candidate")
        try changes(" ", "a picked candidate")
        try changes("w", "whose intervals are drawn")
        try sample.type("6r")
        try changes("j", "the focused learner")
        try changes("l", "the arm judged on")
        try sample.type("T")
        try changes("j", "the focused theme")
        try sample.type("<Esc>U")
        try changes("k", "the focused step")
        try sample.type("<Esc>:s")
        try changes("<Down>", "the focused action")
    }

    /// Sign and sureness of every figure with an interval, on every screen that has such figures: a glyph of its own for
    /// better, worse and not sure.
    @Test func everyScreenTellsBetterFromWorseAndFromUnsure() throws {
        let sample = try SampleSession()
        for (keys, name) in [("1", "Experiment"), ("2", "Trees"), ("3", "Cohorts"), ("4LLL", "Policy")] {
            try sample.type(keys)
            let text = sample.frame(120, 40).text
            #expect(text.contains("▲") && text.contains("·"), "\(name)")
            let plain = sample.frame(120, 40, .ascii).text
            #expect(plain.allSatisfy(\.isASCII) && plain != text, "\(name)")
        }
    }

    /// Every effect whose interval excludes 0 carries its glyph, and no other does.
    @Test func sureEffectsCarryTheirGlyph() throws {
        let sample = try SampleSession()
        let description = try #require(sample.session.state.facts.description)
        let rows = sample.frame(120, 40).text.split(separator: "\n")
        for average in description.averageEffects {
            let sign = description.space.outcomes[average.outcome].sign
            let isSure = average.difference.low > 0 || average.difference.high < 0
            let glyph = !isSure ? "·" : sign * average.difference.effect > 0 ? "▲" : "▼"
            let mean = NumberText.significant(average.armMean, 4)
            let row = rows.first { $0.contains(description.space.arms[average.arm]) && $0.contains(mean) }
            #expect(row?.contains(glyph) == true, "\(description.space.arms[average.arm]) \(average.outcome)")
        }
    }
}
