import Frames
import Testing
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
    }

    /// Every effect whose interval excludes 0 carries its glyph, and no other does.
    @Test func sureEffectsCarryTheirGlyph() throws {
        let sample = try SampleSession()
        let description = try #require(sample.session.state.description)
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
