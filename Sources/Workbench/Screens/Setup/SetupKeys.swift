/// What keys do on the set-up screen.
enum SetupKeys {
    static let own: [Binding] =
        [
            Binding([.character("w"), .enter], "write", "write the spec and open it", .prompt(.specPath)),
            Binding([.character(" ")], "part", "the column's next part", .setup(.nextPart)),
            Binding([.character("o")], "outcome", "make it an outcome, then the objective", .setup(.objective)),
            Binding([.character("v")], "", "make it a covariate", .setup(.give(.covariate))),
            Binding([.character("x"), .delete], "leave out", "leave it out", .setup(.give(.leftOut))),
            Binding([.character("T")], "", "make it the treatment", .setup(.give(.treatment))),
            Binding([.character("U")], "", "make it the unit's id, or each row a unit", .setup(.give(.unit))),
            Binding([.character("d")], "direction", "more is better, or less", .setup(.flipDirection)),
            Binding([.character("t")], "limit", "the outcome's limit, as -2% or -0.1", .prompt(.limit)),
            Binding([.character("$")], "", "the arms' costs in the outcome's unit", .prompt(.costs)),
            Binding([.character("m")], "", "what a missing outcome means", .setup(.nextMissing)),
            Binding([.character("i")], "", "a covariate's kind", .setup(.flipKind)),
            Binding([.character("c")], "control", "the next arm as control", .setup(.nextControl)),
            Binding([.character("s")], "", "the planned shares of the arms", .prompt(.shares)),
            Binding([.character("p")], "templates", "templates for common experiments", .setup(.templates)),
            Binding([.character("y")], "yaml", "the spec as it would be written", .setup(.yaml)),
            Binding([.character("h")], "checks", "the health checks of the draft, with their remedies", .setup(.check)),
            Binding([.character("r")], "read again", "read a spec again that could not be read", .setup(.readAgain)),
        ] + KeyTable.movement

    /// Of the keys that hold everywhere, those that mean something without a study.
    static let shared: [Binding] = KeyTable.everywhere.filter { binding in
        let meant: [Action] = [
            .undo, .redo, .prompt(.filter), .toggleMouse, .cancel, .palette, .help, .dismiss, .quit,
        ]
        return meant.contains(binding.action)
    }
}
