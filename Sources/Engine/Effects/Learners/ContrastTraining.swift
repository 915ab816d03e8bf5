import Experiments
import Runtime

/// What a learner of one arm's effects outside one fold may see.
struct ContrastTraining: Sendable {
    let data: TrainingData
    let nuisances: Nuisances
    let fold: Int
    let arm: Int
    let cancellation: Cancellation
    /// Training units outside the fold: all of them, those of control, and those of the arm, each ascending.
    let everyone: [Int]
    let control: [Int]
    let treated: [Int]

    init(_ data: TrainingData, nuisances: Nuisances, fold: Int, arm: Int, cancellation: Cancellation) {
        self.data = data
        self.nuisances = nuisances
        self.fold = fold
        self.arm = arm
        self.cancellation = cancellation
        everyone = data.training(outside: fold)
        control = everyone.filter { data.assignment[$0] == 0 }
        treated = everyone.filter { Int(data.assignment[$0]) == arm }
    }

    var isLargeEnough: Bool { min(control.count, treated.count) >= BoostedModel.minimumUnits }
    var outcomes: Range<Int> { data.outcomes.indices }
    var width: Int { nuisances.models.encoding.width }

    /// Features and labels of rows.
    func set(_ features: [Float], labels: [Float], weights: [Float]? = nil) -> TrainingSet {
        TrainingSet(
            features: features, width: width, labels: labels, weights: weights,
            categories: nuisances.models.encoding.categories)
    }

    /// Units of control and of the arm together, ascending.
    var bothArms: [Int] { everyone.filter { isTreated($0) || data.assignment[$0] == 0 } }

    func isTreated(_ unit: Int) -> Bool { Int(data.assignment[unit]) == arm }

    /// The observed outcome, scaled.
    func observed(_ outcome: Int) -> [Float] { data.outcomes[outcome].values }

    /// e_i of a unit.
    func propensity(_ arm: Int, _ unit: Int) -> Double { data.propensity.of(arm: arm, unit: unit) }

    /// p = e_i/(e_0 + e_i) of a unit.
    func share(_ unit: Int) -> Double { data.share(ofArm: arm, unit: unit) }

    func features(_ rows: [Int]) -> [Float] { nuisances.models.encoding.matrix(data.columns, rows: rows) }

    /// mu of control and of the arm by models that saw neither the unit nor the fold: per arm one column per outcome.
    ///
    /// Only learners whose capabilities ask for nested models may call it: `Nuisances` fits none for others, so that a missing
    /// one is a mistake in the learner, which no input can bring about.
    func nestedPredictions(_ rows: [Int]) -> (control: [[Float]], treated: [[Float]]) {
        guard let nested = nuisances.nested else {
            preconditionFailure("the learner declares its need of nested models")
        }
        let predictions = nested.predict(fold: fold, arms: [0, arm], rows: rows, columns: data.columns)
        return (predictions[0], predictions[1])
    }

    /// Gamma_i - Gamma_0 of a unit by mu that has not seen it, scaled.
    func score(_ unit: Int, _ outcome: Int, control: Float, treated: Float) -> Double {
        parts(unit, outcome, control: control, treated: treated).score
    }

    /// The same in its parts.
    func parts(_ unit: Int, _ outcome: Int, control: Float, treated: Float) -> ScoreParts {
        let (base, own) = (Double(control), Double(treated))
        let observed = Double(data.outcomes[outcome].values[unit])
        if isTreated(unit) {
            let share = propensity(arm, unit)
            return ScoreParts(
                contrast: own - base, correction: (observed - own) / share, treatedWeight: 1 / share, controlWeight: 0)
        }
        if data.assignment[unit] == 0 {
            let share = propensity(0, unit)
            return ScoreParts(
                contrast: own - base, correction: -((observed - base) / share), treatedWeight: 0,
                controlWeight: 1 / share)
        }
        return ScoreParts(contrast: own - base, correction: 0, treatedWeight: 0, controlWeight: 0)
    }

    /// Whether weights 1/e vary by unit, so that they are normalised within what they estimate.
    var hasVaryingWeights: Bool { if case .columns = data.propensity { true } else { false } }

    /// The units of one honest half.
    struct Half {
        let everyone: [Int]
        let control: [Int]
        let treated: [Int]
    }

    /// The half that grows and the half that estimates, by the draw of the causal trees.
    func honestHalves() -> (growing: Half, estimating: Half) {
        let estimates = data.splitRule.estimation(everyone.map { data.keys[$0] })
        func half(_ wanted: Bool) -> Half {
            let units = zip(everyone, estimates).filter { $0.1 == wanted }.map(\.0)
            return Half(
                everyone: units, control: units.filter { data.assignment[$0] == 0 },
                treated: units.filter(isTreated))
        }
        return (half(false), half(true))
    }

    /// A boosted model of an effect, its rounds chosen on held-out units.
    /// - Parameter spec: the analyst's settings.
    func effectModel(_ set: TrainingSet, rows: [Int], settings spec: BoostingSpec?) throws -> BoostedModel {
        let settings = BoostingSettings.effects(trainingUnits: rows.count).overridden(by: spec)
        return try BoostedModel.train(
            set, held: settings.patience > 0 ? EarlyStopping.held(rows, of: data) : nil, settings: settings,
            cancellation: cancellation)
    }

    /// The difference of the means (weighted by 1/e where propensities vary) for everybody; 0 where an arm has no units.
    func meanDifferences() -> [EffectModel] {
        outcomes.map { outcome in
            let values = observed(outcome)
            func mean(_ rows: [Int], arm: Int) -> Double? {
                var (sum, total) = (0.0, 0.0)
                for unit in rows {
                    let weight = 1 / propensity(arm, unit)
                    sum += weight * Double(values[unit])
                    total += weight
                }
                return total > 0 ? sum / total : nil
            }
            guard let base = mean(control, arm: 0), let own = mean(treated, arm: arm) else { return .constant(0) }
            return .constant(Float(own - base))
        }
    }
}
