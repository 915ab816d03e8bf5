import Experiments
import Frames

/// The one table that keys, help and bottom line of the set-up screen come from.
package enum SetupKeys {
    package struct Entry: Sendable {
        package let keys: [Key]
        /// For the bottom line; empty where it is not shown there.
        let hint: String
        let name: String
        package let action: SetupAction
    }

    package static let table: [Entry] = [
        Entry(keys: [.character(" ")], hint: "part", name: "the column's next part", action: .nextPart),
        Entry(
            keys: [.character("o")], hint: "outcome", name: "make it an outcome, then the objective",
            action: .objective),
        Entry(keys: [.character("v")], hint: "", name: "make it a covariate", action: .give(.covariate)),
        Entry(keys: [.character("x"), .delete], hint: "leave out", name: "leave it out", action: .give(.leftOut)),
        Entry(keys: [.character("T")], hint: "", name: "make it the treatment", action: .give(.treatment)),
        Entry(
            keys: [.character("U")], hint: "", name: "make it the unit's id, or each row a unit", action: .give(.unit)),
        Entry(keys: [.character("d")], hint: "direction", name: "more is better, or less", action: .flipDirection),
        Entry(
            keys: [.character("t")], hint: "limit", name: "the outcome's limit, as -2% or -0.1", action: .ask(.limit)),
        Entry(keys: [.character("$")], hint: "", name: "the arms' costs in the outcome's unit", action: .ask(.costs)),
        Entry(keys: [.character("m")], hint: "", name: "what a missing outcome means", action: .nextMissing),
        Entry(keys: [.character("i")], hint: "", name: "a covariate's kind", action: .flipKind),
        Entry(keys: [.character("c")], hint: "control", name: "the next arm as control", action: .nextControl),
        Entry(keys: [.character("s")], hint: "", name: "the planned shares of the arms", action: .ask(.shares)),
        Entry(keys: [.character("p")], hint: "templates", name: "templates for common experiments", action: .templates),
        Entry(keys: [.character("y")], hint: "yaml", name: "the spec as it would be written", action: .yaml),
        Entry(keys: [.character("h")], hint: "", name: "run the health checks on the draft", action: .check),
        Entry(keys: [.character("j"), .down], hint: "", name: "down", action: .move(1)),
        Entry(keys: [.character("k"), .up], hint: "", name: "up", action: .move(-1)),
        Entry(keys: [.pageDown], hint: "", name: "a page down", action: .move(10)),
        Entry(keys: [.pageUp], hint: "", name: "a page up", action: .move(-10)),
        Entry(keys: [.character("g"), .home], hint: "", name: "first", action: .jump(toEnd: false)),
        Entry(keys: [.character("G"), .end], hint: "", name: "last", action: .jump(toEnd: true)),
        Entry(keys: [.character("u")], hint: "undo", name: "undo", action: .undo),
        Entry(keys: [.control("r")], hint: "", name: "redo", action: .redo),
        Entry(keys: [.escape], hint: "", name: "put away messages and overlays", action: .dismiss),
        Entry(keys: [.character("w"), .enter], hint: "write", name: "write the spec and open it", action: .ask(.path)),
        Entry(keys: [.character("?")], hint: "keys", name: "help", action: .help),
        Entry(
            keys: [.character("q"), .control("c")], hint: "quit", name: "quit, writing nothing", action: .quit),
    ]

    /// Hints that are always shown, at the end of the bottom line.
    static let lasting: Set<String> = ["write", "keys", "quit"]

    static func action(_ key: Key) -> SetupAction? { table.first { $0.keys.contains(key) }?.action }
}
