import Frames
import Goldens
import Pooling
import Statistics
import Testing
import Workbench

@Suite("The Pool screen") struct PoolScreenTests {
    @Test func goldenFrames() throws {
        var goldens = GoldenFrames()
        func frame(
            _ keys: String = "", _ width: Int = 80, _ height: Int = 24, _ glyphs: GlyphSet = .unicode
        ) throws -> Frame {
            let sample = try PoolSample()
            try sample.type(keys)
            return sample.frame(width, height, glyphs)
        }
        for (width, height) in [(80, 24), (120, 40), (60, 20), (200, 60)] {
            try goldens.check(frame("jjo", width, height), "pool-\(width)x\(height)")
            try goldens.check(frame("<PageDown>k<Enter>", width, height), "pool-details-\(width)x\(height)")
        }
        try goldens.check(frame("jjo", 80, 24, .ascii), "pool-ascii")
        try goldens.check(frame("G<Enter>", 80, 24, .ascii), "pool-details-ascii")
        try goldens.check(frame("/re<Enter>"), "pool-filtered")
        try goldens.check(frame("n"), "pool-notes")
        try goldens.check(frame("?"), "pool-help")
        try goldens.check(frame(":"), "pool-palette")
        try goldens.check(PoolSample(SamplePool.pair.get()).frame(), "pool-pair")
        try goldens.finish()
    }

    @Test func whatIsSoIsSaid() throws {
        let fit = try SamplePool.file.get().fit
        let sample = try PoolSample()
        let finding =
            switch fit.betterOutcomes {
            case ["clicks", "revenue"]: "the pool predicts every outcome better than the experiments alone"
            case []: "the pool predicts no outcome clearly better than the experiments alone"
            default: "the pool predicts \(fit.betterOutcomes[0]) better than the experiments alone, the others not"
            }
        #expect(sample.frame().text.contains(finding))
        try sample.type("<Enter>")
        for row in try #require(fit.influence).rows {
            // The details are right of the list, over several lines.
            let lines = sample.frame(120, 40).text.split(separator: "\n").map { $0.dropFirst(65) }
            let text = lines.joined(separator: " ")
            #expect(text.contains(row.experiment))
            let verdict =
                (row.given.low ?? 0) > 0
                ? "it carries the pool"
                : (row.given.high ?? 0) < 0
                    ? "the others are better off without it" : "whether it carries the pool is not sure"
            #expect(text.contains(verdict), "\(text)")
            #expect(
                text.contains("the units of reminder differ from the pool's: x3 by") == (row.experiment == "reminder"))
            try sample.type("j")
        }
        // Of three arms each has its own effects, and the name of neither is lost.
        try sample.type("G<Esc>")
        let map = sample.frame(120, 40).text
        #expect(map.contains("welcome: short") && map.contains("welcome: long"))
    }

    @Test func theCursorStaysWithinTheExperiments() throws {
        let sample = try PoolSample()
        for (keys, row) in [("k", 0), ("j", 1), ("<PageDown>", 11), ("j", 11), ("<PageUp>", 1), ("G", 11), ("g", 0)] {
            try sample.type(keys)
            #expect(sample.state.focused == row, "\(keys)")
        }
        // Of an experiment without the outcome looked at, the others are shown.
        try sample.type("Gko")
        #expect(SamplePool.names[sample.state.focused] == "survey" && sample.state.outcome == 1)
        #expect(sample.frame().text.contains("effects on revenue  2/2"))
        try sample.type("o")
        #expect(sample.state.outcome == 0)
        try sample.type("O")
        #expect(sample.state.outcome == 1)
    }

    @Test func filterDetailsAndMouse() throws {
        let sample = try PoolSample()
        try sample.type("/re<Enter>")
        let list = sample.frame().text.split(separator: "\n").map { $0.prefix(42) }.joined()
        #expect(list.contains("reminder") && !list.contains("coupon"))
        #expect(SamplePool.names[sample.state.focused] == "greeting")
        try sample.type("<Enter>")
        #expect(sample.state.isDetailed)
        try sample.type("<Esc>")
        #expect(!sample.state.isDetailed)
        try sample.type("<Enter>0")
        #expect(!sample.state.isDetailed)
        try sample.type("/<C-u>nothing<Enter>")
        #expect(sample.frame().text.contains("no experiment has \"nothing\" in its name"))
        try sample.type("<Enter>")
        #expect(!sample.state.isDetailed)
        try sample.type("/<Esc>")
        let frame = sample.frame()
        let row = try #require(frame.regions.first { $0.target == .row(3) })
        sample.session.point(PointerEvent(.press, x: row.rect.x, y: row.rect.y), in: frame)
        #expect(sample.state.focused == 3)
        let tab = try #require(frame.regions.first { $0.target == .tab(0) })
        sample.session.point(PointerEvent(.press, x: tab.rect.x, y: tab.rect.y), in: frame)
        #expect(sample.session.state.screen == .pool)
        // No screen of a study is there to go to.
        sample.session.perform(.show(.policy))
        try sample.type("<Tab>")
        #expect(sample.session.state.screen == .pool)
    }

    /// What every key does, written down once more by hand.
    @Test func everyKeyHasItsAction() throws {
        let rows: [(keys: String, action: Action)] = [
            ("<Enter>", .pool(.open)), ("0", .pool(.close)), ("o", .pool(.cycleOutcome(1))),
            ("O", .pool(.cycleOutcome(-1))), ("n", .pool(.notes)),
            ("j<Down>", .move(1)), ("k<Up>", .move(-1)), ("<PageDown>", .move(10)), ("<PageUp>", .move(-10)),
            ("g<Home>", .jump(toEnd: false)), ("G<End>", .jump(toEnd: true)), ("/", .prompt(.filter)), ("T", .themes),
            ("M", .toggleMouse), ("<C-c>", .cancel), (":", .palette), ("?", .help), ("<Esc>", .dismiss), ("q", .quit),
        ]
        var bound: [Key: Action] = [:]
        for binding in KeyTable.bindings(.pool) {
            for key in binding.keys { #expect(bound.updateValue(binding.action, forKey: key) == nil) }
        }
        var table: [Key: Action] = [:]
        for row in rows {
            for key in try Key.parse(row.keys) { #expect(table.updateValue(row.action, forKey: key) == nil) }
        }
        #expect(bound == table)
    }

    /// What a newcomer is told fits the least terminal that shows everything.
    @Test func theHintFits() throws {
        var state = try PoolSample().session.state
        state.preferences.hints = [.pool]
        let line = Screens.draw(state, width: 80, height: 24, glyphs: .unicode).text.split(separator: "\n")[2]
        #expect(line.contains(" Esc hides this "))
    }

    @Test func randomKeysAndSizesShowThePool() throws {
        let sample = try PoolSample()
        let before = sample.state.fit
        var stream = RandomStream(seed: 9)
        let keys = try Key.parse("jkgGoOn0/r<Enter><Esc>?:TM<Tab><PageDown><PageUp><C-u><C-c>eEumaY15")
        for _ in 0..<1_500 {
            sample.session.type(keys[stream.index(below: keys.count)])
            let (width, height) = (stream.index(below: 130), stream.index(below: 50))
            #expect(sample.frame(width, height).width == width)
            #expect(sample.session.state.screen == .pool)
        }
        #expect(sample.state.fit == before)
    }
}
