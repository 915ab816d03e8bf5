import CKernels
import Experiments

/// Rows of a policy table that stand for many units each: those of a cell which every policy treats alike. What a policy's sums gain
/// by a row follows from the row's moments, exactly, for doubly robust scores are of first degree in a unit's outcome.
///
/// Every cell has three rows: units that grew the trees, units that estimated them, and confirm units; each takes its expected
/// outcomes from units that are not its own.
package struct PolicyCells: Sendable {
    /// Rows of a cell in their order, and the parts whose outcomes tell what theirs are expected to be.
    static let blocks: [(parts: Set<UnitPart>, known: Set<UnitPart>)] = [
        ([.growing, .pruning], [.estimating]), ([.estimating], [.growing, .pruning]),
        ([.confirm], [.growing, .pruning, .estimating]),
    ]

    /// Whether each tune row is of units that estimate what others have grown.
    package static func isEstimating(cellCount: Int) -> [Bool] {
        blocks.dropLast().flatMap { Array(repeating: $0.parts == [.estimating], count: cellCount) }
    }

    package static var rowsPerCell: Int { blocks.count }

    let armCount: Int
    let outcomeCount: Int
    package let cellCount: Int
    /// 1/e by arm.
    let inverse: [Double]
    /// The weight above which corrections are left to the models (SWITCH-DR).
    var limit = Double.infinity
    /// Of the units of a row, by arm: at row * arms + arm.
    let counts: [Double]
    /// mu_0, net and scaled, at row * outcomes + outcome.
    let control: [Double]
    /// mu_i - mu_0, net and scaled, at (row * arms + arm) * outcomes + outcome; 0 for control.
    let contrasts: [Double]
    /// Sums of (Y - mu_T)/e_T at (row * arms + arm) * outcomes + outcome.
    let residuals: [Double]
    /// Of the products of two outcomes' residuals, at (row * arms + arm) * pairs + `CellSums.pair`.
    let residualProducts: [Double]
    /// Sums of Y and of its square, net and scaled, at (row * arms + arm) * outcomes + outcome.
    let observed: [Double]
    let observedSquares: [Double]

    package var rowCount: Int { cellCount * Self.blocks.count }
    /// Rows of tune units come first.
    package var tuneRows: Int { cellCount * (Self.blocks.count - 1) }

    /// The cell of every row.
    package var cellOf: [Int] { (0..<rowCount).map { $0 % max(1, cellCount) } }

    /// - Parameters:
    ///   - armCosts: arms x outcomes, in units of the outcome's scale.
    ///   - shares: the probability of each arm, equal for all units.
    /// - Complexity: O(cells x arms x outcomes²).
    package init(_ sums: CellSums, armCosts: [[Float]], shares: [Double]) {
        armCount = sums.armCount
        outcomeCount = sums.outcomeCount
        cellCount = sums.cellCount
        inverse = shares.map { 1 / $0 }
        let (arms, outcomes, pairs) = (armCount, outcomeCount, CellSums.pairCount(sums.outcomeCount))
        let rows = cellCount * Self.blocks.count
        var counts = [Double](repeating: 0, count: rows * arms)
        var control = [Double](repeating: 0, count: rows * outcomes)
        var contrasts = [Double](repeating: 0, count: rows * arms * outcomes)
        var (residuals, observed, squares) = (contrasts, contrasts, contrasts)
        var products = [Double](repeating: 0, count: rows * arms * pairs)
        for (block, groups) in Self.blocks.enumerated() {
            let expected = CellNuisances(sums, parts: groups.known)
            for cell in 0..<cellCount {
                let row = block * cellCount + cell
                for j in 0..<outcomes { control[row * outcomes + j] = expected[cell, 0, j] - Double(armCosts[0][j]) }
                for arm in 0..<arms {
                    let own = sums.total(cell: cell, parts: groups.parts, arm: arm)
                    let place = row * arms + arm
                    counts[place] = own.count
                    for j in 0..<outcomes {
                        let (mu, cost) = (expected[cell, arm, j], Double(armCosts[arm][j]))
                        contrasts[place * outcomes + j] =
                            arm == 0 ? 0 : mu - cost - (expected[cell, 0, j] - Double(armCosts[0][j]))
                        residuals[place * outcomes + j] = (own.sums[j] - own.count * mu) * inverse[arm]
                        observed[place * outcomes + j] = own.sums[j] - own.count * cost
                        squares[place * outcomes + j] =
                            own.products[CellSums.pair(j, j)] - 2 * cost * own.sums[j] + own.count * cost * cost
                        for k in 0...j {
                            let other = expected[cell, arm, k]
                            let product =
                                own.products[CellSums.pair(j, k)] - mu * own.sums[k] - other * own.sums[j]
                                + own.count * mu * other
                            products[place * pairs + CellSums.pair(j, k)] = product * inverse[arm] * inverse[arm]
                        }
                    }
                }
            }
        }
        self.counts = counts
        self.control = control
        self.contrasts = contrasts
        self.residuals = residuals
        residualProducts = products
        self.observed = observed
        observedSquares = squares
    }

    /// The units of rows.
    func units(in rows: Range<Int>) -> Double {
        counts[rows.lowerBound * armCount..<rows.upperBound * armCount].reduce(0, +)
    }

    func units(of row: Int) -> Double { units(in: row..<row + 1) }

    /// Adds a row's part to the sums of a policy, in the order of `PolicySums`.
    /// - Parameter shares: the probability of every arm for the row's units.
    /// - Complexity: O(arms x outcomes).
    func add(
        row: Int, shares: UnsafeBufferPointer<Double>, baseline: Int, to sums: UnsafeMutablePointer<Double>
    ) {
        let (arms, outcomes, pairs) = (armCount, outcomeCount, CellSums.pairCount(outcomeCount))
        let common = sums + arms
        let whole = units(of: row)
        for arm in 0..<arms { sums[arm] += whole * shares[arm] }
        for arm in 0..<arms {
            let place = row * arms + arm
            let count = counts[place]
            guard count > 0 else { continue }
            let (share, weight) = (shares[arm], inverse[arm])
            let v = share * weight
            let (control, base) = (arm == 0 ? weight : 0, arm == baseline ? weight : 0)
            if share > 0 { common[Int(ESPALIER_MATCHED)] += count }
            common[Int(ESPALIER_V)] += count * v
            common[Int(ESPALIER_VV)] += count * v * v
            common[Int(ESPALIER_VV_CONTROL)] += count * control * v
            common[Int(ESPALIER_VV_BASELINE)] += count * base * v
            let isCorrected = weight <= limit
            let inControl = arm == 0 && isCorrected ? 1.0 : 0
            let sign = (v <= limit ? share : 0) - inControl
            let baseSign = (arm == baseline && isCorrected ? 1.0 : 0) - inControl
            for j in 0..<outcomes {
                let group = common + Int(ESPALIER_COMMON_COUNT) + j * Int(ESPALIER_OUTCOME_COUNT)
                var contrast = 0.0
                for other in 1..<arms {
                    contrast += shares[other] * contrasts[(row * arms + other) * outcomes + j]
                }
                let (r, rr) = (residuals[place * outcomes + j], residualProducts[place * pairs + CellSums.pair(j, j)])
                let mu = self.control[row * outcomes + j]
                // d = contrast + sign r and g = mu + [T = 0] r, summed over units of which r's sum and squares are known.
                group[Int(ESPALIER_D)] += count * contrast + sign * r
                group[Int(ESPALIER_DD)] += count * contrast * contrast + 2 * contrast * sign * r + sign * sign * rr
                group[Int(ESPALIER_DG)] +=
                    count * contrast * mu + (contrast * inControl + sign * mu) * r + sign * inControl * rr
                let (y, yy) = (observed[place * outcomes + j], observedSquares[place * outcomes + j])
                group[Int(ESPALIER_VY)] += v * y
                group[Int(ESPALIER_VVY)] += v * v * y
                group[Int(ESPALIER_VVYY)] += v * v * yy
                group[Int(ESPALIER_VVY_CONTROL)] += control * v * y
                group[Int(ESPALIER_VVYY_CONTROL)] += control * v * yy
                if baseline > 0 {
                    let other = contrasts[(row * arms + baseline) * outcomes + j]
                    group[Int(ESPALIER_DB)] +=
                        count * contrast * other + (contrast * baseSign + sign * other) * r + sign * baseSign * rr
                    group[Int(ESPALIER_VVY_BASELINE)] += base * v * y
                    group[Int(ESPALIER_VVYY_BASELINE)] += base * v * yy
                }
            }
        }
    }
}
