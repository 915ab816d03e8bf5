import Policies
import Simulation
import Studies

extension Screen {
    package static let laboratory = Screen("laboratory")
}

/// Which way of allocating serves: methods compared on simulated experiments whose truth is known, of the study's own units or
/// of a bundled scenario. The palette shows it.
package enum LaboratoryScreen: ScreenDefinition {
    package typealias State = LaboratoryState
    package typealias OwnAction = LaboratoryAction

    package static let screen = Screen.laboratory
    package static let number = 0
    package static let title = "Laboratory"
    package static let hint = "Which method serves here? r tries all of them."

    package static let keys =
        [
            Binding([.character("r"), .enter], "run", "compare the methods", .laboratory(.run)),
            Binding([.character("w")], "world", "this study, or the next scenario", .laboratory(.nextWorld)),
            Binding([.character("l"), .right], "noise", "more noise in a scenario", .laboratory(.turnNoise(1))),
            Binding([.character("h"), .left], "", "less noise in a scenario", .laboratory(.turnNoise(-1))),
            Binding([.character("+")], "more", "more experiments", .laboratory(.turnReplicates(1))),
            Binding([.character("-")], "", "fewer experiments", .laboratory(.turnReplicates(-1))),
            Binding([.character("=")], "units", "type the units of an arm", .prompt(.laboratoryUnits)),
            Binding([.character("x")], "", "the usual number of units again", .laboratory(.setUnits(nil))),
            Binding([.character("s")], "sort", "sort by another figure", .laboratory(.nextOrder)),
            Binding([.character(" ")], "leave out", "leave a method out, or take it in", .laboratory(.toggleMethod)),
            Binding([.character("v")], "text", "the methods, or what the figures mean", .cyclePane),
        ] + KeyTable.movement

    package static func rowCount(_ state: WorkbenchState) -> Int { LaboratoryRows.listed(state).count }

    package static func row(_ state: WorkbenchState) -> Int { state.laboratory.row }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        context.own.row = row
        context.message = ""
    }

    package static func showNextPane(_ context: inout ScreenContext<Self>) {
        context.own.pane = context.own.pane.next
        context.own.row = 0
    }

    package static func reduce(_ action: LaboratoryAction, _ context: inout ScreenContext<Self>) {
        LaboratoryReducer.apply(action, &context)
    }

    package static func open(_ opened: OpenedStudy, _ state: inout WorkbenchState) -> [Work] {
        state.results[.laboratory] = opened.laboratory?.summary
        return []
    }

    package static func fits(_ saved: LaboratoryState, _ space: PolicySpace) -> Bool {
        LaboratoryState.noiseRange.contains(saved.noise) && CompareMethods.replicateRange.contains(saved.replicates)
            && saved.units.map(CompareMethods.unitRange.contains) ?? true
    }

    package static func finding(_ state: WorkbenchState) -> String { LaboratoryRows.finding(state) }
}
