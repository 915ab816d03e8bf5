import Frames
import Goldens
import Testing
import Workbench

@Suite struct ScreenTests {
    @Test func goldenFrames() throws {
        let sample = try SampleSession()
        func check(_ keys: String, _ name: String) throws {
            try sample.type(keys)
            for (width, height) in [(80, 24), (120, 40), (200, 60)] {
                try GoldenText.check(sample.frame(width, height), "\(name)-\(width)x\(height)")
            }
            try GoldenText.check(sample.frame(80, 24, .ascii), "\(name)-ascii")
        }
        try check("", "experiment")
        for (keys, name) in [("v", "experiment-balance"), ("vj", "experiment-checks"), ("v2o", "trees-single")] {
            try sample.type(keys)
            try GoldenText.check(sample.frame(), name)
        }
        try check("Oj", "trees")
        try check("3jj", "cohorts")
        try sample.type("lll s/daily<Enter>")
        try GoldenText.check(sample.frame(), "cohorts-sifted")
        try sample.type("cdsegment<Enter>")
        try GoldenText.check(sample.frame(120, 40), "cohorts-drill")
        try sample.type("4llllpjlll")
        try check("", "policy")
        for (keys, name) in [("v", "policy-cohorts"), ("v", "policy-pins"), ("v?", "help"), ("<Esc>:pick", "palette")] {
            try sample.type(keys)
            try GoldenText.check(sample.frame(), name)
        }
        try check("<Esc>fa5sb ", "front")
        try sample.type("w++")
        try GoldenText.check(sample.frame(), "front-zoomed")
        try GoldenText.check(sample.frame(40, 10), "too-small")
    }

    /// What a newcomer is told fits the least terminal that shows everything.
    @Test func hintsFitEightyColumns() throws {
        let sample = try SampleSession(preferences: SessionPreferences(hints: Set(Screen.allCases)))
        for number in 1...Screen.allCases.count {
            try sample.type("\(number)")
            let line = sample.frame(80, 24).text.split(separator: "\n", omittingEmptySubsequences: false)[2]
            #expect(line.contains(" Esc hides this "), "\(line)")
        }
    }
}
