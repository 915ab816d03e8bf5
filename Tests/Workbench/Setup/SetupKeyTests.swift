import Experiments
import Frames
import Testing
import Workbench

/// What every key does on the set-up screen, written down once more by hand.
@Suite struct SetupKeyTests {
    private static let rows: [(keys: String, action: SetupAction)] = [
        ("<Space>", .nextPart), ("o", .objective), ("v", .give(.covariate)), ("x<Delete>", .give(.leftOut)),
        ("T", .give(.treatment)), ("U", .give(.unit)), ("d", .flipDirection), ("t", .ask(.limit)), ("$", .ask(.costs)),
        ("m", .nextMissing), ("i", .flipKind), ("c", .nextControl), ("s", .ask(.shares)), ("p", .templates),
        ("y", .yaml),
        ("h", .check), ("j<Down>", .move(1)), ("k<Up>", .move(-1)), ("<PageDown>", .move(10)), ("<PageUp>", .move(-10)),
        ("g<Home>", .jump(toEnd: false)), ("G<End>", .jump(toEnd: true)), ("u", .undo), ("<C-r>", .redo),
        ("<Esc>", .dismiss), ("w<Enter>", .ask(.path)), ("?", .help), ("q<C-c>", .quit),
    ]

    @Test func everyKeyHasItsAction() throws {
        var bound: [Key: SetupAction] = [:]
        for entry in SetupKeys.table {
            for key in entry.keys { #expect(bound.updateValue(entry.action, forKey: key) == nil) }
        }
        var table: [Key: SetupAction] = [:]
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
            state.draft.outcomes[try #require(state.draft.outcome(of: state.focused))]
        }
        state.focused = "orders"
        #expect(try outcome().missing == nil && outcome().direction == .maximize)
        for rule in [MissingRule.drop, .zero, nil] {
            _ = SetupInput.type(.character("m"), into: &state)
            #expect(try outcome().missing == rule)
        }
        for direction in [Direction.minimize, .maximize] {
            _ = SetupInput.type(.character("d"), into: &state)
            #expect(try outcome().direction == direction)
        }
    }

    @Test func theCursorStaysWithinTheColumns() throws {
        let sample = try SetupSample()
        var state = sample.session.state
        let last = state.order.count - 1
        for (keys, row) in [
            ("k", 0), ("j", 1), ("<PageDown>", min(11, last)), ("G", last), ("j", last), ("<PageUp>", last - 10),
            ("g", 0),
        ] {
            for key in try Key.parse(keys) { _ = SetupInput.type(key, into: &state) }
            #expect(state.row == max(0, row), "\(keys)")
        }
    }
}
