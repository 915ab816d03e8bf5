/// What keys do on the Front screen.
enum FrontKeys {
    static let all: [Binding] = candidates + movement

    private static let candidates: [Binding] = [
        Binding([.character("l")], "along", "next candidate along the front", .move(1)),
        Binding([.character("h")], "", "previous candidate along the front", .move(-1)),
        Binding([.character("s")], "search", "search the front", .front(.search)),
        Binding([.character("S")], "", "search inside the limits only", .front(.searchInside)),
        Binding([.character(" ")], "pick", "pick the candidate, or unpick it", .front(.togglePick)),
        Binding([.character("K")], "pick k", "pick k candidates by hypervolume", .prompt(.pickCount)),
        Binding([.character("v")], "views", "views: plot, honesty, moves, shrinkage, rules, search", .cyclePane),
        Binding(
            [.character("b")], "best in limits", "go to the best candidate inside the limits",
            .front(.focusBestInLimits)),
        Binding([.character("t"), .enter], "tune", "tune the candidate on the policy screen", .front(.tune)),
        Binding([.character("x")], "axes", "next outcome on the horizontal axis", .front(.cycleAxis(vertical: false))),
        Binding([.character("y")], "", "next outcome on the vertical axis", .front(.cycleAxis(vertical: true))),
        Binding([.character("W")], "", "draw the front of the weights alone, or not", .front(.toggleWeightsOnly)),
        Binding([.character("w")], "whiskers", "intervals: focused, front, all, none", .front(.cycleWhiskers)),
        Binding([.character("+")], "zoom", "nearer, around the candidate", .front(.zoom(1.6))),
        Binding([.character("-")], "", "farther", .front(.zoom(1 / 1.6))),
        Binding([.character("0")], "", "show everything again", .front(.fit)),
        Binding([.character("[")], "", "pan left", .front(.pan(across: -0.25, up: 0))),
        Binding([.character("]")], "", "pan right", .front(.pan(across: 0.25, up: 0))),
        Binding([.character("{")], "", "pan down", .front(.pan(across: 0, up: -0.25))),
        Binding([.character("}")], "", "pan up", .front(.pan(across: 0, up: 0.25))),
        Binding([.character("p")], "", "measure the others from this candidate", .front(.anchor)),
        Binding([.character("r")], "", "type the reference point", .prompt(.reference)),
        Binding([.character("n")], "", "note on the candidate", .prompt(.note)),
        Binding([.character("d"), .delete], "", "hide the candidate", .front(.hideCandidate)),
    ]

    /// The arrows go from point to point; the letters go through the list.
    private static let movement: [Binding] =
        [
            Binding([.right], "", "to the candidate on the right", .front(.step(across: 1, up: 0))),
            Binding([.left], "", "to the candidate on the left", .front(.step(across: -1, up: 0))),
            Binding([.up], "", "to the candidate above", .front(.step(across: 0, up: 1))),
            Binding([.down], "", "to the candidate below", .front(.step(across: 0, up: -1))),
            Binding([.character("j")], "", "next candidate of the list", .move(1)),
            Binding([.character("k")], "", "previous candidate of the list", .move(-1)),
        ] + KeyTable.movement.dropFirst(2)
}
