import Experiments
import Frames
import Testing
import Workbench

/// What every key does on the set-up screen, written down once more by hand.
@Suite struct SetupKeyTests {
    private static let rows: [(keys: String, action: Action)] = [
        ("<Space>", .setup(.nextPart)), ("o", .setup(.objective)), ("v", .setup(.give(.covariate))),
        ("x<Delete>", .setup(.give(.leftOut))), ("T", .setup(.give(.treatment))), ("U", .setup(.give(.unit))),
        ("d", .setup(.flipDirection)), ("t", .prompt(.limit)), ("$", .prompt(.costs)), ("m", .setup(.nextMissing)),
        ("i", .setup(.flipKind)), ("c", .setup(.nextControl)), ("s", .prompt(.shares)), ("p", .setup(.templates)),
        ("y", .setup(.yaml)), ("h", .setup(.check)), ("r", .setup(.readAgain)), ("w<Enter>", .prompt(.specPath)),
        ("j<Down>", .move(1)), ("k<Up>", .move(-1)), ("<PageDown>", .move(10)), ("<PageUp>", .move(-10)),
        ("g<Home>", .jump(toEnd: false)), ("G<End>", .jump(toEnd: true)),
        ("u", .undo), ("<C-r>", .redo), ("/", .prompt(.filter)), ("M", .toggleMouse), ("<C-c>", .cancel),
        (":", .palette), ("?", .help), ("<Esc>", .dismiss), ("q", .quit),
    ]

    @Test func everyKeyHasItsAction() throws {
        var bound: [Key: Action] = [:]
        for binding in KeyTable.bindings(.setup) {
            for key in binding.keys { #expect(bound.updateValue(binding.action, forKey: key) == nil) }
        }
        var table: [Key: Action] = [:]
        for row in Self.rows {
            for key in try Key.parse(row.keys) { #expect(table.updateValue(row.action, forKey: key) == nil) }
        }
        #expect(bound == table)
    }

    /// Missing outcomes go round: an error, left out, 0.
    @Test func choicesGoRound() throws {
        let sample = try SetupSample()
        var state = sample.session.state
        func outcome() throws -> OutcomeSpec {
            let editing = try #require(state.setup.editing)
            return editing.draft.outcomes[try #require(editing.draft.outcome(of: editing.focused))]
        }
        state.setup.editing?.focused = "orders"
        #expect(try outcome().missing == nil && outcome().direction == .maximize)
        for rule in [MissingRule.drop, .zero, nil] {
            _ = Input.type(.character("m"), into: &state)
            #expect(try outcome().missing == rule)
        }
        for direction in [Direction.minimize, .maximize] {
            _ = Input.type(.character("d"), into: &state)
            #expect(try outcome().direction == direction)
        }
    }

    @Test func theCursorStaysWithinTheColumns() throws {
        let sample = try SetupSample()
        var state = sample.session.state
        let order = try #require(sample.editing).order.map(\.name)
        let last = order.count - 1
        for (keys, row) in [
            ("k", 0), ("j", 1), ("<PageDown>", min(11, last)), ("G", last), ("j", last), ("<PageUp>", last - 10),
            ("g", 0),
        ] {
            for key in try Key.parse(keys) { _ = Input.type(key, into: &state) }
            #expect(state.setup.editing?.focused == order[max(0, row)], "\(keys)")
        }
    }

    /// Filter, palette, steps of undo and mouse are the shell's.
    @Test func theShellServesSetUpToo() throws {
        let sample = try SetupSample()
        try sample.type("/orders<Enter>")
        #expect(sample.frame().text.contains("past_orders") && !sample.frame().text.contains("city"))
        try sample.type("j")
        #expect(sample.editing?.focused == "past_orders")
        try sample.type("x")
        #expect(sample.editing?.draft.part(of: "past_orders") == .leftOut)
        try sample.type("u")
        #expect(sample.session.state.message == "undone: the part of past_orders")
        try sample.type("<C-r>")
        #expect(sample.session.state.message == "redone: the part of past_orders")
        try sample.type("/<Esc>:planned shares<Enter><C-u>2 1<Enter>")
        #expect(sample.editing?.draft.shares == [2, 1] && sample.editing?.focused == "group")
        // No screen of a study is there to go to.
        sample.session.perform(.show(.policy))
        try sample.type("<Tab>")
        #expect(sample.session.state.screen == .setup)
        let frame = sample.frame()
        let row = try #require(frame.regions.first { $0.target == .row(2) })
        sample.session.point(PointerEvent(.press, x: row.rect.x, y: row.rect.y), in: frame)
        #expect(sample.editing?.focused == sample.editing?.order[2].name)
    }
}
