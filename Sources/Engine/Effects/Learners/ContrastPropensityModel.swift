import Experiments

/// p = e_i/(e_0 + e_i) as a function of the covariates.
///
/// Planned shares give a constant. Propensities that vary by unit are known for the units of the experiment only; what new
/// units would have had is modelled on them, without outcomes or arms.
enum ContrastPropensityModel {
    static func fit(_ training: ContrastTraining) throws -> BoostedModel {
        if case .shares(let shares) = training.data.propensity {
            return BoostedModel(base: Float(shares[training.arm] / (shares[0] + shares[training.arm])), trees: [])
        }
        let rows = training.everyone
        return try BoostedModel.train(
            training.set(training.features(rows), labels: rows.map { Float(training.share($0)) }),
            settings: BoostingSettings(rounds: 60, depth: 4, learningRate: 0.3, lambda: 1, minimumChildWeight: 20),
            cancellation: training.cancellation)
    }
}
