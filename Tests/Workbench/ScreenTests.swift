import Frames
import Goldens
import Statistics
import Testing
import Workbench

@Suite struct ScreenTests {
    @Test func goldenFrames() throws {
        let sample = try SampleSession()
        for (keys, name) in [
            ("", "experiment"), ("2j", "trees"), ("3jj", "cohorts"), ("4llll", "policy"), ("pjlll", "policy-pinned"),
            ("?", "help"), ("<Esc>:pick", "palette"),
        ] {
            try sample.type(keys)
            try GoldenText.check(sample.frame(), name)
        }
        try sample.type("<Esc>fa5s")
        try GoldenText.check(sample.frame(), "front")
        try GoldenText.check(sample.frame(80, 24, .ascii), "front-ascii")
        try sample.type("b ")
        try GoldenText.check(sample.frame(120, 40), "front-120x40")
        try sample.type("4")
        try GoldenText.check(sample.frame(120, 40), "policy-120x40")
        try GoldenText.check(sample.frame(80, 24, .ascii), "policy-ascii")
        try GoldenText.check(sample.frame(40, 10), "too-small")
    }

    /// No key on any screen at any size traps or draws outside the grid.
    @Test func randomKeysNeverTrap() throws {
        let sample = try SampleSession()
        var stream = RandomStream(seed: 6)
        let keys = try Key.parse(
            "123456jkhlHLgGfapm=0uY?:/<Enter><Esc><Tab><BackTab><Up><Down><Left><Right><PageUp><PageDown><Home><End><Space>"
                + "toOxybdK7<Backspace><C-r><C-u>")
        for _ in 0..<2_000 {
            let key = keys[stream.index(below: keys.count)]
            sample.session.type(key)
            sample.session.settle()
            let width = stream.index(below: 130)
            let height = stream.index(below: 50)
            let frame = sample.frame(width, height, stream.bernoulli(0.5) ? .unicode : .ascii)
            #expect(frame.width == width && frame.height == height)
        }
    }
}
