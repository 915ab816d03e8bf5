import Experiments
import Runtime

/// The tune units of one arm and control, divided for honest growth.
struct ContrastSample: Sendable {
    /// Entries row << 1 | treated of the half that grows, and of the half that estimates.
    let growing: [UInt32]
    let estimating: [UInt32]
    /// The pruning fold of each growing entry.
    private let folds: [UInt8]
    /// p = e_i/(e_0 + e_i); nil where propensities vary by unit.
    let treatedShare: Double?

    /// - Parameter estimation: whether each tune unit is in the estimating half.
    init(_ experiment: Experiment, arm: Int, estimation: [Bool], foldCount: Int) {
        let draw = SaltedDraw(seed: experiment.splitRule.seed, salt: "prune")
        let (assignment, keys) = (experiment.assignment, experiment.units.keys)
        var (growing, estimating): ([UInt32], [UInt32]) = ([], [])
        var folds: [UInt8] = []
        for unit in experiment.tune {
            let observed = Int(assignment[unit])
            guard observed == 0 || observed == arm else { continue }
            let entry = UInt32(unit) << 1 | (observed == 0 ? 0 : 1)
            if estimation[unit] {
                estimating.append(entry)
            } else {
                growing.append(entry)
                folds.append(UInt8(draw.group(keys[unit], of: foldCount)))
            }
        }
        self.growing = growing
        self.estimating = estimating
        self.folds = folds
        if case .shares(let shares) = experiment.propensity {
            treatedShare = shares[arm] / (shares[0] + shares[arm])
        } else {
            treatedShare = nil
        }
    }

    /// The growing entries outside and inside a pruning fold.
    func divided(by fold: Int) -> (training: [UInt32], held: [UInt32]) {
        var (training, held): ([UInt32], [UInt32]) = ([], [])
        for (entry, own) in zip(growing, folds) {
            if Int(own) == fold { held.append(entry) } else { training.append(entry) }
        }
        return (training, held)
    }

    /// Units in the smallest of the four groups (arm x half).
    var smallestGroup: Int {
        [growing, estimating].flatMap { half -> [Int] in
            let treated = half.reduce(0) { $0 + Int($1 & 1) }
            return [treated, half.count - treated]
        }.min() ?? 0
    }
}
