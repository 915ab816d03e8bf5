import Effects
import Runtime
import Statistics

/// A world of the simulation laboratory as a directed acyclic graph (S0 figures, S0.15; METHODS 4.7): nodes that are sums of
/// linear, quadratic and interaction terms of other nodes with normal noise, and outcomes that arms add such terms to.
package struct LaboratoryScenario: Sendable, Equatable {
    package struct Node: Sendable, Equatable {
        package let name: String
        /// Whether methods see it: a covariate.
        package let isObserved: Bool
        package let terms: [ScenarioTerm]
        package let noise: ScenarioNoise
    }

    package struct Outcome: Sendable, Equatable {
        package let name: String
        /// 1 where more is better, else -1.
        package let sign: Double
        /// The least oriented change against control, in control means; nil without a limit.
        package let limit: Double?
        /// Under control.
        package let terms: [ScenarioTerm]
        package let noise: ScenarioNoise
        /// What every arm but control adds, by arm - 1.
        package let effects: [[ScenarioTerm]]
    }

    package let name: String
    /// Control first.
    package let arms: [String]
    /// Every node after those that its terms name.
    package let nodes: [Node]
    /// The objective first.
    package let outcomes: [Outcome]
    /// What effects are measured by: the size of the mean of every outcome under control, without the noise that grows with W.
    package let controlMeans: [Double]

    /// - Parameter nodes: every one after those that its terms name.
    /// - Throws: `EspalierError` (.data) where an outcome's mean under control is 0, by which nothing can be measured.
    init(name: String, arms: [String], nodes: [Node], outcomes: [Outcome]) throws {
        self.name = name
        self.arms = arms
        self.nodes = nodes
        self.outcomes = outcomes
        let means = ScenarioMeans(nodes)
        controlMeans = outcomes.map { abs(means.mean($0.terms)) }
        for (outcome, mean) in zip(outcomes, controlMeans) where !(mean > 1e-9 && mean.isFinite) {
            throw EspalierError(
                .data, "the mean of \(outcome.name) under control is 0, and effects are measured by it",
                remedy: "give it a constant term")
        }
    }

    /// The true mean effects of every arm but control, oriented and in control means: by arm - 1, then by outcome.
    package var meanEffects: [[Double]] {
        let means = ScenarioMeans(nodes)
        return (1..<arms.count).map { arm in
            zip(outcomes, controlMeans).map { $0.sign * means.mean($0.effects[arm - 1]) / $1 }
        }
    }
}

extension LaboratoryScenario: LaboratoryWorld {
    package var outcomeNames: [String] { outcomes.map(\.name) }
    package var thresholds: [Double?] { outcomes.map(\.limit) }

    package var covariates: [CovariateDescription] {
        nodes.filter(\.isObserved).map { CovariateDescription(name: $0.name, encoding: .numeric(centre: 0)) }
    }

    /// Units in turn, each with a normal number for every node and then for every outcome: the same numbers at every noise
    /// level and in every scenario of the same graph.
    package func draw(_ count: Int, noiseLevel: Double, _ stream: inout RandomStream) -> LaboratoryUnits {
        let observed = nodes.indices.filter { nodes[$0].isObserved }
        var columns = observed.map { _ in [Float](repeating: 0, count: count) }
        var control = outcomes.map { _ in [Float](repeating: 0, count: count) }
        var effects = outcomes.map { outcome in outcome.effects.map { _ in [Float](repeating: 0, count: count) } }
        var values = [Double](repeating: 0, count: nodes.count)
        for unit in 0..<count {
            for (index, node) in nodes.enumerated() {
                values[index] = sum(node.terms, values) + node.noise.deviation(at: noiseLevel) * stream.normal()
            }
            for (column, node) in observed.enumerated() { columns[column][unit] = Float(values[node]) }
            for (index, outcome) in outcomes.enumerated() {
                let scale = outcome.sign / controlMeans[index]
                let noise = outcome.noise.deviation(at: noiseLevel) * stream.normal()
                control[index][unit] = Float(scale * (sum(outcome.terms, values) + noise))
                for arm in outcome.effects.indices {
                    effects[index][arm][unit] = Float(scale * sum(outcome.effects[arm], values))
                }
            }
        }
        return LaboratoryUnits(columns: columns, control: control, effects: effects)
    }

    private func sum(_ terms: [ScenarioTerm], _ values: [Double]) -> Double {
        var sum = 0.0
        for term in terms { sum += term.value(values) }
        return sum
    }
}
