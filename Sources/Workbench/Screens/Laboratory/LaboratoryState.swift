import Simulation
import Studies

/// Which methods are compared on the Laboratory screen, in which world, and where the analyst looks.
package struct LaboratoryState: ScreenState {
    /// Where simulated experiments come from.
    package enum World: String, Sendable, Codable, CaseIterable {
        /// The study's own units.
        case study
        // Bundled scenarios, by their names.
        case first = "1"
        case second = "2"
        case small = "2s"
        case null
    }

    /// What the methods are sorted by.
    package enum Order: String, Sendable, Codable, CaseIterable {
        case relative, value, violation, method
    }

    package static let replicateSteps = [2, 5, 10, 20, 40, 80, 160]
    package static let noiseRange = 0.0...100

    package var row = 0
    package var world = World.study
    /// W of METHODS 4.7, in scenarios.
    package var noise = 10.0
    package var replicates = 10
    /// Units of every arm; nil for as many as the study has, and 500 in scenarios.
    package var units: Int?
    /// Names of methods that are not compared.
    package var leftOut: Set<String> = []
    package var order = Order.relative
    package var pane = LaboratoryPane.methods

    package init() {}

    /// Those that are compared.
    package var methods: [LaboratoryMethod] { LaboratoryMethod.allCases.filter { !leftOut.contains($0.name) } }

    private enum CodingKeys: String, CodingKey {
        case row = "laboratoryRow"
        case world = "laboratoryWorld"
        case noise = "laboratoryNoise"
        case replicates = "laboratoryReplicates"
        case units = "laboratoryUnits"
        case leftOut = "laboratoryLeftOut"
        case order = "laboratoryOrder"
        case pane = "laboratoryPane"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        row = try container.decode(.row, or: 0)
        world = try container.decode(.world, or: .study)
        noise = try container.decode(.noise, or: 10)
        replicates = try container.decode(.replicates, or: 10)
        units = try container.decodeIfPresent(Int.self, forKey: .units)
        leftOut = try container.decode(.leftOut, or: [])
        order = try container.decode(.order, or: .relative)
        pane = try container.decode(.pane, or: .methods)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(row, forKey: .row)
        try container.encode(world, forKey: .world)
        try container.encode(noise, forKey: .noise)
        try container.encode(replicates, forKey: .replicates)
        try container.encodeIfPresent(units, forKey: .units)
        try container.encode(leftOut.sorted(), forKey: .leftOut)
        try container.encode(order, forKey: .order)
        try container.encode(pane, forKey: .pane)
    }
}

/// What stands below the settings on the Laboratory screen.
package enum LaboratoryPane: String, Sendable, Codable, CaseIterable {
    case methods
    /// What the figures mean, and what they do not show.
    case text
}

extension WorkbenchState {
    package var laboratory: LaboratoryState {
        get { self[LaboratoryScreen.self] }
        set { self[LaboratoryScreen.self] = newValue }
    }
}
