/// The doubly robust score Gamma_i - Gamma_0 of a unit in its parts: what the models say, and what the unit's own outcome corrects.
struct ScoreParts: Sendable {
    /// mu_i - mu_0.
    let contrast: Double
    /// (Y - mu_i)/e_i of the arm, -(Y - mu_0)/e_0 of control, 0 of other arms.
    let correction: Double
    /// 1/e of the unit where it had the arm, or control; 0 otherwise.
    let treatedWeight: Double
    let controlWeight: Double

    var score: Double { contrast + correction }
}

/// What the weights of a group of units sum to: corrections are normalised by it where the weights vary (Hajek), since a few
/// units of small propensities would else decide the group's effect.
struct ScoreWeights: Sendable {
    private var count = 0.0
    private var treated = 0.0
    private var control = 0.0

    mutating func add(_ parts: ScoreParts) {
        count += 1
        treated += parts.treatedWeight
        control += parts.controlWeight
    }

    /// The score of a unit of the group whose mean over the group is the normalised estimate.
    func normalised(_ parts: ScoreParts) -> Double {
        let total = parts.treatedWeight > 0 ? treated : control
        return parts.contrast + (total > 0 ? count / total : 1) * parts.correction
    }
}
