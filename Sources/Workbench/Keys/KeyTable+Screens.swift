/// What keys do on each screen.
extension KeyTable {
    static let movement: [Binding] = [
        Binding([.character("j"), .down], "", "down", .move(1)),
        Binding([.character("k"), .up], "", "up", .move(-1)),
        Binding([.character("g"), .home], "", "first", .jump(toEnd: false)),
        Binding([.character("G"), .end], "", "last", .jump(toEnd: true)),
        Binding([.pageDown], "", "a page down", .move(10)),
        Binding([.pageUp], "", "a page up", .move(-10)),
    ]

    static func own(_ screen: Screen) -> [Binding] {
        switch screen {
        case .experiment:
            [Binding([.character("v")], "effects/balance/checks", "the cursor to the next pane", .cyclePane)] + movement
        case .trees:
            [
                Binding([.character("l"), .right], "arm", "next arm", .cycleArm(1)),
                Binding([.character("h"), .left], "", "previous arm", .cycleArm(-1)),
                Binding([.character("o")], "outcome", "next outcome", .cycleOutcome(1)),
                Binding([.character("O")], "", "previous outcome", .cycleOutcome(-1)),
                Binding([.enter, .character(" ")], "fold", "fold or unfold the node", .toggleNode),
                Binding([.character("c")], "cohorts", "show the node's cohorts", .showCohortsOfNode),
                Binding([.character("s")], "subgroups", "search the best and the worst subgroups", .searchSubgroups),
                Binding([.character("v")], "view", "the tree or the subgroups", .cyclePane),
            ] + movement
        case .cohorts: cohorts + movement
        case .policy: policy + movement
        case .front: front + frontMovement
        case .models: models + movement
        }
    }

    private static let models: [Binding] = [
        Binding([.character("r")], "judge", "judge the usual learners", .judge(all: false)),
        Binding([.character("R")], "judge all", "judge every learner", .judge(all: true)),
        Binding([.character("v")], "view", "curve, projection, intervals or settings below", .cyclePane),
        Binding([.character("t")], "tune", "search settings of the study's learner", .searchSettings),
        Binding([.character("l"), .right], "arm", "next arm", .cycleArm(1)),
        Binding([.character("h"), .left], "", "previous arm", .cycleArm(-1)),
        Binding([.character("o")], "outcome", "next outcome", .cycleOutcome(1)),
        Binding([.character("O")], "", "previous outcome", .cycleOutcome(-1)),
    ]

    private static let cohorts: [Binding] = [
        Binding([.character("l"), .right], "column", "next column", .cohorts(.moveColumn(1))),
        Binding([.character("h"), .left], "", "previous column", .cohorts(.moveColumn(-1))),
        Binding([.character("s")], "sort", "sort by the column, or the other way round", .sort),
        Binding([.character("d")], "drill", "cross one or two covariates", .prompt(.drill)),
        Binding([.character(" ")], "mark", "mark the row, or unmark it", .cohorts(.mark)),
        Binding([.character("w")], "write", "write the marked rows, or all, as CSV", .prompt(.cohortsPath)),
        Binding([.character("-")], "hide", "hide the column", .cohorts(.hideColumn)),
        Binding([.character("+")], "", "show every column", .cohorts(.showAllColumns)),
        Binding([.character("c")], "", "all cohorts again: no region, filter, marks", .cohorts(.clear)),
    ]

    private static let policy: [Binding] = [
        Binding([.character("l"), .right], "step", "turn the knob up a step", .turn(steps: 1)),
        Binding([.character("h"), .left], "", "turn the knob down a step", .turn(steps: -1)),
        Binding([.character("L")], "×10", "turn the knob up ten steps", .turn(steps: 10)),
        Binding([.character("H")], "", "turn the knob down ten steps", .turn(steps: -10)),
        Binding([.character("=")], "type", "type the knob's value", .prompt(.value(.weight(0)))),
        Binding([.character("0")], "reset", "set the knob to 0", .reset),
        Binding([.character("a")], "add", "add the policy as a candidate", .addCandidate),
        Binding([.character("p")], "pin", "pin the policy to compare with, or unpin it", .pin),
        Binding([.character("f")], "hold limits", "find the best policy inside the limits", .holdLimits),
        Binding([.character("v")], "pane", "curves, cohorts or pins below", .cyclePane),
        Binding([.character("n")], "note", "note on the candidate with these knobs", .prompt(.note)),
    ]

    private static let front: [Binding] = [
        Binding([.character("l")], "along", "next candidate along the front", .move(1)),
        Binding([.character("h")], "", "previous candidate along the front", .move(-1)),
        Binding([.character("s")], "search", "search the front", .search),
        Binding([.character("S")], "", "search inside the limits only", .front(.searchInside)),
        Binding([.character(" ")], "pick", "pick the candidate, or unpick it", .togglePick),
        Binding([.character("K")], "pick k", "pick k candidates by hypervolume", .prompt(.pickCount)),
        Binding([.character("v")], "views", "views: plot, honesty, moves, shrinkage, rules, search", .cyclePane),
        Binding([.character("b")], "best in limits", "go to the best candidate inside the limits", .focusBestInLimits),
        Binding([.character("t"), .enter], "tune", "tune the candidate on the policy screen", .tune),
        Binding([.character("x")], "axes", "next outcome on the horizontal axis", .cycleAxis(vertical: false)),
        Binding([.character("y")], "", "next outcome on the vertical axis", .cycleAxis(vertical: true)),
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
        Binding([.character("d"), .delete], "", "hide the candidate", .hideCandidate),
    ]

    /// The arrows go from point to point; the letters go through the list.
    private static let frontMovement: [Binding] =
        [
            Binding([.right], "", "to the candidate on the right", .front(.step(across: 1, up: 0))),
            Binding([.left], "", "to the candidate on the left", .front(.step(across: -1, up: 0))),
            Binding([.up], "", "to the candidate above", .front(.step(across: 0, up: 1))),
            Binding([.down], "", "to the candidate below", .front(.step(across: 0, up: -1))),
            Binding([.character("j")], "", "next candidate of the list", .move(1)),
            Binding([.character("k")], "", "previous candidate of the list", .move(-1)),
        ] + movement.dropFirst(2)
}
