import Effects
import Experiments
import Foundation
import Frontier
import Policies
import Runtime

/// A study opened: its file, what was fitted, and what can be asked of it. The command line and the workbench share it.
package struct Study: Sendable {
    package let file: StudyFile
    package let description: StudyDescription
    package let health: HealthReport
    package let trees: StudyTrees
    package let units: StudyUnits
    private let policies: StudyWorkspace
    let allocations = AllocationWorkspaces()
    let rankings = RankingWorkspaces()

    /// - Throws: `EspalierError`.
    package init(opening path: String, for access: StudyAccess = .reading) throws {
        try self.init(StudyFile(opening: path, for: access))
    }

    package init(_ file: StudyFile) throws {
        let description = try file.description()
        self.init(
            file, description: description, health: try file.health(), trees: try file.trees(),
            units: try file.units(description))
        for item in try file.unitGroups(unitCount: units.cohorts.count) { unitGroups.keep(item.groups, item.rules) }
    }

    /// - Parameter policies: of these units; nil to make them when they are asked for.
    init(
        _ file: StudyFile, description: StudyDescription, health: HealthReport, trees: StudyTrees, units: StudyUnits,
        policies: StudyWorkspace? = nil
    ) {
        self.file = file
        self.description = description
        self.health = health
        self.trees = trees
        self.units = units
        self.policies = policies ?? StudyWorkspace(description, units)
        meetOwnCohorts()
    }

    /// The same study in a copy of its file.
    /// - Throws: `EspalierError`, also where another file was written into it: see `rewritten`.
    package func copied(to path: String) throws -> Study {
        try file.copy(to: path)
        return Study(
            try StudyFile(opening: path, for: .writing), description: description, health: health, trees: trees,
            units: units, policies: policies)
    }

    package var space: PolicySpace { description.space }
    package var workspace: PolicyWorkspace { policies.value }
    package var unitGroups: UnitGroups { policies.unitGroups }

    /// An oriented reference point: what is given by outcome, in its own unit, and the default for the rest.
    func orientedReference(_ given: [String: Double]?, _ evaluator: PolicyEvaluator) -> [Double] {
        let standard = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        return zip(space.outcomes, standard).map { outcome, value in
            given?[outcome.name].map { outcome.sign * $0 } ?? value
        }
    }
}
