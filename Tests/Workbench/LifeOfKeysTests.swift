import Foundation
import Frames
import Statistics
import Testing
import Workbench

/// Keys and clicks at random, palettes, steps and filters.
@Suite struct LifeOfKeysTests {
    /// 20,000 keys (seeded), every one that any screen knows among them, with a new size now and then: nothing traps, every frame
    /// says where one is, and nothing to be clicked lies outside. Results mostly come when they come, as in a terminal.
    @Test func twentyThousandRandomKeys() throws {
        let sample = try SampleSession()
        var stream = RandomStream(seed: 20)
        // Long work is rare, or it would be all that happens; with q the test would be over.
        let rare = try Key.parse("sStWeE")
        var keys = try Key.parse("[]{}<lt><gt>!7.5-y<Enter><Tab><Backspace><C-u><BackTab>")
        for key in Screen.allCases.flatMap({ KeyTable.bindings($0) }).flatMap(\.keys)
        where !keys.contains(key) && !rare.contains(key) && key != .character("q") {
            keys.append(key)
        }
        var size = (width: 80, height: 24)
        for press in 0..<20_000 {
            let session = sample.session
            if stream.index(below: 12) == 0, press % 4 == 0 {
                let kinds: [PointerEvent.Kind] = [.press, .wheelUp, .wheelDown]
                session.point(
                    PointerEvent(
                        kinds[stream.index(below: 3)], x: stream.index(below: 140), y: stream.index(below: 50)),
                    in: sample.frame(size.width, size.height))
            } else {
                let pool = stream.index(below: 400) == 0 ? rare : keys
                let key = pool[stream.index(below: pool.count)]
                session.type(key)
            }
            session.receiveResults()
            if press % 200 == 0 {
                // What is long is stopped; everything else answers.
                session.type(.control("c"))
                session.settle()
            }
            if stream.index(below: 15) == 0 { size = (stream.index(below: 140), stream.index(below: 60)) }
            guard press % 5 == 0 else { continue }
            session.commit()
            let frame = sample.frame(size.width, size.height, stream.bernoulli(0.5) ? .unicode : .ascii)
            // The tab of the screen one is on, or what size it takes.
            let screen = sample.session.state.screen
            if size.width >= 64, size.height >= 18 {
                #expect(frame.text.contains("[\(screen.label)]"), "\(screen) at \(size)")
            } else if size.width >= 20, size.height > 0, size.width < 60 || size.height < 18 {
                #expect(frame.text.hasPrefix("espalier needs 60x18"), "\(size)")
            }
            #expect(frame.regions.allSatisfy { frame.bounds.intersection($0.rect) == $0.rect })
        }
        sample.session.settle()
        try sample.type("<Esc><Esc>1")
        #expect(sample.session.state.screen == .experiment)
    }

    @Test func thePaletteReachesEveryActionOfEveryScreen() throws {
        let sample = try SampleSession()
        try sample.type("1")
        for screen in Screen.allCases {
            for binding in KeyTable.bindings(screen) where binding.action != .move(1) && binding.action != .move(-1) {
                // Movement belongs to the present screen, whose list has it; so does the way back from one without a tab.
                guard
                    screen == .experiment
                        || !binding.keys.contains(where: { [.home, .end, .pageUp, .pageDown, .escape].contains($0) })
                else { continue }
                try sample.type(":")
                for character in binding.name { sample.session.type(.character(character)) }
                #expect(!sample.frame(120, 40).text.contains("no action has these words"), "\(binding.name)")
                try sample.type("<Esc>")
            }
        }
        try sample.type("1:policy ten up<Enter>")
        #expect(sample.session.state.screen == .policy)
        #expect(sample.session.state.decisions.knobs.weights[1] != 0)
    }

    @Test func theListOfStepsGoesToAnyOfThem() throws {
        let sample = try SampleSession()
        let start = sample.session.state.decisions.knobs
        try sample.type("4lljljl")
        let end = sample.session.state.decisions.knobs
        try sample.type("Ugg")
        #expect(sample.frame().text.contains("ctr weight"))
        try sample.type("<Enter>")
        #expect(sample.session.state.decisions.knobs.weights[1] == end.weights[1])
        #expect(sample.session.state.decisions.knobs.weights[2] == start.weights[2])
        try sample.type("UG<Enter>")
        #expect(sample.session.state.decisions.knobs == end)
    }

    @Test func filtersKeepWhatHasEveryWord() throws {
        let sample = try SampleSession()
        try sample.type("4/ high bias<Enter>")
        #expect(sample.session.state.knob == .bias(3))
        try sample.type("5s")
        let all = sample.session.state.visibleCandidates.count
        try sample.type(" /picked<Enter>")
        #expect(sample.session.state.listedCandidates.count == 1 && all > 1)
        try sample.type("/<Esc>")
        #expect(sample.session.state.listedCandidates.count == all)
        try sample.type("3/segment<Enter>")
        #expect(sample.frame().text.contains("segment"))
        try sample.type("/no such words at all<Enter>")
        #expect(!sample.frame().text.contains("segment in"))
    }

    /// With roles taken away frames still tell where the focus is: another row, other characters.
    @Test(arguments: ["1", "2", "3", "4", "5s", "4lljlU", ":"]) func theFocusIsTold(keys: String) throws {
        let sample = try SampleSession()
        try sample.type(keys)
        let first = sample.frame().text.split(separator: "\n", omittingEmptySubsequences: false)
        try sample.type(keys.hasSuffix("U") ? "<Up>" : keys == ":" ? "<Down>" : "j")
        let second = sample.frame().text.split(separator: "\n", omittingEmptySubsequences: false)
        // Not in the line of messages, nor by what is told of the focused row below the list: by a mark on the row itself.
        let marked = [first, second].map { frame in frame.firstIndex { $0.contains("▸") } }
        #expect(marked[0] != nil && marked[1] != nil)
        #expect(first[3...21] != second[3...21])
    }
}
