/// One learner fitted by fold, under its name.
struct ValidationFit: Sendable {
    let name: String
    let found: LearnedEffects

    /// Mean (Y - mu_T(x))^2 over units, scaled; nil for a learner of effects alone.
    func muRisk(_ data: TrainingData, outcome: Int, units: [Int]) -> Double? {
        guard let predictions = found.predictions else { return nil }
        let observed = data.outcomes[outcome].values
        let sum = units.reduce(0.0) { sum, unit in
            let cell = Int(data.assignment[unit]) * data.outcomeCount + outcome
            let error = Double(observed[unit] - predictions[cell][unit])
            return sum + error * error
        }
        return sum / Double(max(1, units.count))
    }
}
