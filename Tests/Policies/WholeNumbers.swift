import Effects
import Experiments
import Policies
import Statistics

/// A table of small whole numbers with arm costs, so that utilities tie often and every sum is exact in Float32: what the
/// kernels give can be asked for to the last bit.
struct WholeNumbers {
    let arms: Int
    let outcomes: Int
    let units: Int
    let space: PolicySpace
    let table: PolicyTable
    let assignment: [UInt8]
    /// 1/e of the observed arm: 2, 4 or 8.
    let inverse: [Double]
    /// Net of costs, by arm (control's are 0) and outcome.
    let effects: [[[Double]]]
    let contrasts: [[[Double]]]
    /// By outcome: (Y - mu)/e, Gamma_0 and Y net of costs.
    let residuals: [[Double]]
    let control: [[Double]]
    let observed: [[Double]]

    /// - Parameter sharesContrasts: whether tau and the scores' contrasts are the same columns, as with the T-learner.
    init(units: Int, arms: Int, outcomes: Int, seed: UInt64 = 1, sharesContrasts: Bool = false) {
        var stream = RandomStream(seed: seed)
        func draw(_ reach: Int) -> Float { Float(stream.index(below: 2 * reach + 1) - reach) }
        func columns(_ count: Int, _ reach: Int) -> [[Float]] {
            (0..<count).map { _ in (0..<units).map { _ in draw(reach) } }
        }
        let costs = (0..<arms).map { arm in (0..<outcomes).map { Float((arm + 1) * ($0 + 1) % 3) } }
        let assignment = (0..<units).map { _ in UInt8(stream.index(below: arms)) }
        let inverse = (0..<units).map { _ in [2.0, 4, 8][stream.index(below: 3)] }
        let tau = columns((arms - 1) * outcomes, 2)
        let mu = sharesContrasts ? tau : columns((arms - 1) * outcomes, 3)
        let base = columns(outcomes, 2)
        let residuals = columns(outcomes, 4)
        let gross = columns(outcomes, 3)
        let effects = EffectEstimates(armCount: arms, outcomeCount: outcomes, columns: tau)
        let contrasts =
            sharesContrasts ? effects : EffectEstimates(armCount: arms, outcomeCount: outcomes, columns: mu)
        self.arms = arms
        self.outcomes = outcomes
        self.units = units
        self.assignment = assignment
        self.inverse = inverse
        table = PolicyTable(
            effects: effects, scores: ScoreTable(control: base, contrasts: contrasts, residuals: residuals),
            observed: gross, armCosts: costs, assignment: assignment,
            observedPropensity: inverse.map { Float(1 / $0) }, tuneCount: units)
        func net(_ columns: [[Float]]) -> [[[Double]]] {
            (0..<arms).map { arm in
                (0..<outcomes).map { j in
                    guard arm > 0 else { return Array(repeating: 0, count: units) }
                    let shift = Double(costs[arm][j] - costs[0][j])
                    return columns[(arm - 1) * outcomes + j].map { Double($0) - shift }
                }
            }
        }
        self.effects = net(tau)
        self.contrasts = net(mu)
        self.residuals = residuals.map { $0.map(Double.init) }
        control = (0..<outcomes).map { j -> [Double] in
            (0..<units).map { unit -> Double in
                let own = assignment[unit] == 0 ? residuals[j][unit] : 0
                return Double(base[j][unit] + own - costs[0][j])
            }
        }
        observed = (0..<outcomes).map { j -> [Double] in
            (0..<units).map { unit -> Double in Double(gross[j][unit] - costs[Int(assignment[unit])][j]) }
        }
        space = PolicySpace(
            arms: (0..<arms).map { "arm\($0)" },
            outcomes: (0..<outcomes).map {
                PolicySpace.Outcome(
                    name: "y\($0)", direction: $0 == 1 ? .minimize : .maximize, threshold: nil, centre: 0, scale: 1)
            }, averageEffects: Array(repeating: Array(repeating: 0, count: outcomes), count: arms),
            controlMeans: Array(repeating: 0, count: outcomes))
    }

    /// The arm of highest utility, the lowest of equals.
    func choice(_ policy: LinearPolicy, _ unit: Int) -> Int {
        let slopes = policy.slopes(in: space)
        let utilities = (0..<arms).map { arm in
            (0..<outcomes).reduce(policy.biases[arm]) { $0 + slopes[$1] * effects[arm][$1][unit] }
        }
        let best = utilities.max()
        return utilities.firstIndex { $0 == best } ?? 0
    }

    /// Gamma_arm - Gamma_0.
    func difference(_ arm: Int, _ outcome: Int, _ unit: Int) -> Double {
        guard arm > 0 else { return 0 }
        let observed = Int(assignment[unit])
        let sign = (observed == arm ? 1.0 : 0) - (observed == 0 ? 1.0 : 0)
        return contrasts[arm][outcome][unit] + sign * residuals[outcome][unit]
    }

    /// How many units have more than one arm of highest utility.
    func tieCount(_ policy: LinearPolicy) -> Int {
        let slopes = policy.slopes(in: space)
        return (0..<units).count { unit in
            let utilities = (0..<arms).map { arm in
                (0..<outcomes).reduce(policy.biases[arm]) { $0 + slopes[$1] * effects[arm][$1][unit] }
            }
            let best = utilities.max()
            return utilities.count { $0 == best } > 1
        }
    }
}

/// `PolicySums` by their definition, unit by unit.
struct PlainSums: Equatable {
    var units: [Double]
    var matched = 0
    var v = 0.0, vv = 0.0, vvControl = 0.0, vvBaseline = 0.0
    /// d, dd, dg, db, vy, vvy, vvyy, vvyControl, vvyyControl, vvyBaseline, vvyyBaseline by outcome.
    var outcomes: [[Double]]

    init(_ data: WholeNumbers, choice: (Int) -> Int, baseline: Int, range: Range<Int>) {
        units = Array(repeating: 0, count: data.arms)
        outcomes = Array(repeating: Array(repeating: 0, count: 11), count: data.outcomes)
        for unit in range {
            let arm = choice(unit)
            let observed = Int(data.assignment[unit])
            let weight = arm == observed ? data.inverse[unit] : 0
            let square = weight * weight
            units[arm] += 1
            matched += arm == observed ? 1 : 0
            v += weight
            vv += square
            vvControl += observed == 0 ? square : 0
            vvBaseline += observed == baseline ? square : 0
            for j in 0..<data.outcomes {
                let (d, y) = (data.difference(arm, j, unit), data.observed[j][unit])
                let terms = [
                    d, d * d, d * data.control[j][unit], d * data.difference(baseline, j, unit), weight * y,
                    square * y, square * y * y, observed == 0 ? square * y : 0, observed == 0 ? square * y * y : 0,
                    observed == baseline ? square * y : 0, observed == baseline ? square * y * y : 0,
                ]
                for (place, term) in terms.enumerated() { outcomes[j][place] += term }
            }
        }
        // Against control the sums that single out the baseline arm are those of control, and are not kept twice.
        if baseline == 0 { leaveOutBaseline() }
    }

    init(_ sums: PolicySums, baseline: Int) {
        units = sums.shares.map { ($0 * Double(sums.unitCount)).rounded() }
        matched = sums.matched
        (v, vv, vvControl, vvBaseline) = (sums.v, sums.vv, sums.vvControl, sums.vvBaseline)
        outcomes = (0..<sums.outcomeCount).map {
            let own = sums.outcome($0)
            return [
                own.d, own.dd, own.dg, own.db, own.vy, own.vvy, own.vvyy, own.vvyControl, own.vvyyControl,
                own.vvyBaseline, own.vvyyBaseline,
            ]
        }
        if baseline == 0 { leaveOutBaseline() }
    }

    private mutating func leaveOutBaseline() {
        vvBaseline = 0
        for j in outcomes.indices { for place in [3, 9, 10] { outcomes[j][place] = 0 } }
    }
}
