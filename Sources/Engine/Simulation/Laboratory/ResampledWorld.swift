import Effects
import Experiments
import Statistics

/// A world made of an experiment that was run: its units drawn with replacement, each with what it would have shown under control
/// by the experiment's models and the effects that they estimate.
package struct ResampledWorld: LaboratoryWorld {
    package let name: String
    package let arms: [String]
    package let outcomeNames: [String]
    package let thresholds: [Double?]
    package let covariates: [CovariateDescription]
    package let controlMeans: [Double]
    package let meanEffects: [[Double]]
    private let units: LaboratoryUnits

    /// The one level of noise there is: the experiment's own.
    package static let noiseLevel = 1.0

    /// An outcome of the experiment.
    package struct Outcome: Sendable {
        let name: String
        let sign: Double
        let threshold: Threshold?
        let control: [Double]
        let effects: [[Double]]

        /// - Parameters:
        ///   - sign: 1 where more is better, else -1.
        ///   - control: what each unit would have shown under control: what it showed less its own arm's effect, so that the
        ///     noise is the experiment's.
        ///   - effects: of every arm but control, of each unit, net of what arms cost.
        package init(name: String, sign: Double, threshold: Threshold?, control: [Double], effects: [[Double]]) {
            self.name = name
            self.sign = sign
            self.threshold = threshold
            self.control = control
            self.effects = effects
        }
    }

    /// - Parameter arms: control first.
    package init(name: String, arms: [String], covariates: [Covariate], outcomes: [Outcome]) {
        self.name = name
        self.arms = arms
        self.covariates = covariates.map { CovariateDescription($0) }
        outcomeNames = outcomes.map(\.name)
        // An outcome that is 0 on average is measured in its own unit.
        let means = outcomes.map { outcome in
            let mean = abs(Moments(outcome.control).mean)
            return mean > 3 * Moments(outcome.control).standardError ? mean : 1
        }
        controlMeans = means
        thresholds = zip(outcomes, means).map { outcome, mean in
            switch outcome.threshold {
            case .relative(let value): value * abs(Moments(outcome.control).mean) / mean
            case .absolute(let value): value / mean
            case nil: nil
            }
        }
        func measured(_ values: [Double], _ outcome: Outcome, _ mean: Double) -> [Float] {
            values.map { Float(outcome.sign * $0 / mean) }
        }
        let units = LaboratoryUnits(
            columns: covariates.map(\.values), control: zip(outcomes, means).map { measured($0.control, $0, $1) },
            effects: zip(outcomes, means).map { outcome, mean in
                outcome.effects.map { measured($0, outcome, mean) }
            })
        self.units = units
        meanEffects = (0..<arms.count - 1).map { arm in
            units.effects.map { Moments($0[arm].map { Double($0) }).mean }
        }
    }

    /// The noise is the experiment's own: there are no levels of it.
    package func draw(_ count: Int, noiseLevel: Double, _ stream: inout RandomStream) -> LaboratoryUnits {
        let drawn = (0..<count).map { _ in stream.index(below: units.count) }
        func pick(_ column: [Float]) -> [Float] { drawn.map { column[$0] } }
        return LaboratoryUnits(
            columns: units.columns.map { pick($0) }, control: units.control.map { pick($0) },
            effects: units.effects.map { $0.map { pick($0) } })
    }
}
