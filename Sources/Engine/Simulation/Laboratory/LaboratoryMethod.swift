import Allocation

/// A way from an experiment to a policy that the laboratory compares: how effects are estimated, and how arms are allocated by
/// them.
package struct LaboratoryMethod: Sendable, Hashable {
    /// The raw values are the names of the command line.
    package enum Estimator: String, Sendable, CaseIterable {
        /// Cells by medians of up to four covariates (S0 HT).
        case heuristic
        /// Merged cohorts with their leaves' effects (S0 CT).
        case trees
        /// Merged cohorts with their own effects, shrunk to their leaves'.
        case shrunk
        /// One tree for all arms and outcomes.
        case joint
        /// A causal forest for each arm and outcome (S0 CF).
        case forest
        /// A regression forest for each arm, control too, and outcome (S0 TM).
        case twoForests = "two-forests"
    }

    /// nil for the best single arm.
    package let estimator: Estimator?
    package let solver: AllocationMethod

    /// The best feasible single arm, control among them, by the estimated averages.
    package static let global = LaboratoryMethod(estimator: nil, solver: .global)

    /// Those that apply: effects of single units have no errors that a stochastic or chance-constrained allocation could use.
    package static let allCases: [LaboratoryMethod] =
        [global]
        + [Estimator.heuristic, .trees, .shrunk, .joint].flatMap { estimator in
            [AllocationMethod.linear, .stochastic, .chance].map {
                LaboratoryMethod(estimator: estimator, solver: $0)
            }
        }
        + [Estimator.forest, .twoForests].map { LaboratoryMethod(estimator: $0, solver: .linear) }

    private init(estimator: Estimator?, solver: AllocationMethod) {
        self.estimator = estimator
        self.solver = solver
    }

    /// `global`, `heuristic.lp`, `joint.stochastic`, ...; nil where no method has the name.
    package init?(_ name: String) {
        guard let method = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = method
    }

    package var name: String { estimator.map { "\($0.rawValue).\(solver.rawValue)" } ?? solver.rawValue }

    /// The methods of one estimator, or the method of a name; empty where there is none.
    package static func named(_ name: String) -> [LaboratoryMethod] {
        allCases.filter { $0.name == name || $0.estimator?.rawValue == name }
    }
}

/// By its name.
extension LaboratoryMethod: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let method = LaboratoryMethod(name) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "there is no method \(name)")
        }
        self = method
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
