import Simulation

/// Rankers under an unmeasured confounder of rising strength as JSON (`espalier schema confounding`).
struct ConfoundingDocument: Encodable {
    let scenario = "confounded"
    /// That train rankers, and as many that judge them.
    let units: Int
    let experiments: Int
    let seed: UInt64
    /// Of the units, whose value is shown.
    let share = ConfoundedTrial.share
    let levels: [Level]
    let finding: String

    struct Level: Encodable {
        let strength: Double
        let confounder: ConfounderStrength
        let sensitivity: ConfoundedTrial.Sensitivity
        let rankers: [ConfoundedTrial.Row]
    }

    init(_ trials: [ConfoundedTrial], units: Int, experiments: Int, seed: UInt64) {
        self.units = units
        self.experiments = experiments
        self.seed = seed
        levels = trials.map {
            Level(strength: $0.strength, confounder: $0.confounder, sensitivity: $0.sensitivity, rankers: $0.rows)
        }
        finding = ConfoundingText.finding(trials)
    }
}
