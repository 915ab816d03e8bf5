import Effects
import Experiments
import Runtime
import Statistics

/// Sums over rows that stand for many units each.
extension PolicyTable {
    /// A table of cells.
    /// - Parameters:
    ///   - effects: of every cell, gross and scaled: what decides who gets what.
    ///   - groups: the cohort of every row by the rules of policies.
    package init(cells: PolicyCells, effects: EffectEstimates, armCosts: [[Float]], unitGroups: UnitGroups) {
        let rows = PolicyCells.blocks.count
        var columns: [Float] = []
        for arm in 1..<effects.armCount {
            for j in 0..<effects.outcomeCount {
                let own = net(effects.column(arm: arm, outcome: j), shift: armCosts[arm][j] - armCosts[0][j])
                for _ in 0..<rows { columns.append(contentsOf: own) }
            }
        }
        self.init(cells, columns: columns, unitGroups: unitGroups)
    }

    /// Real units of a range of rows.
    package func units(in rows: Range<Int>) -> Int { cells.map { Int($0.units(in: rows)) } ?? rows.count }

    /// The share of a range's units that two policies give the same arm to, each drawing for itself.
    package func sameArmShare(_ a: ArmProbabilities, _ b: ArmProbabilities, rows: Range<Int>) -> Double {
        let same = rows.reduce(0.0) { sum, row in
            let unit = row - rows.lowerBound
            let both = (0..<armCount).reduce(0.0) {
                $0 + a.probability(of: $1, unit: unit) * b.probability(of: $1, unit: unit)
            }
            return sum + both * (cells?.units(of: row) ?? 1)
        }
        return same / Double(max(1, units(in: rows)))
    }

    /// The share of a range's units that get each arm.
    package func shares(of policy: ArmProbabilities, rows: Range<Int>) -> [Double] {
        guard let cells else { return policy.meanProbabilities }
        let units = cells.units(in: rows)
        return (0..<armCount).map { arm in
            rows.reduce(0) { sum, row in
                sum + cells.units(of: row) * policy.probability(of: arm, unit: row - rows.lowerBound)
            } / max(1, units)
        }
    }

    /// Whether rows are cells, of whose units nothing but sums is known.
    package var isOfCells: Bool { cells != nil }

    func sums(
        _ cells: PolicyCells, baseline: Int, rows: Range<Int>, shares: (Int, UnsafeMutableBufferPointer<Double>) -> Void
    ) -> PolicySums {
        var values = [Double](repeating: 0, count: PolicySums.width(arms: armCount, outcomes: outcomeCount))
        var own = [Double](repeating: 0, count: armCount)
        values.withUnsafeMutableBufferPointer { values in
            own.withUnsafeMutableBufferPointer { own in
                guard let start = values.baseAddress else { return }
                for row in rows {
                    shares(row, own)
                    cells.add(row: row, shares: UnsafeBufferPointer(own), baseline: baseline, to: start)
                }
            }
        }
        return PolicySums(
            armCount: armCount, outcomeCount: outcomeCount, unitCount: units(in: rows), values: values)
    }

    /// The sums of giving every row one arm.
    func sums(_ cells: PolicyCells, choice: [UInt8], baseline: Int, rows: Range<Int>) -> PolicySums {
        sums(cells, baseline: baseline, rows: rows) { row, shares in
            for arm in shares.indices { shares[arm] = Int(choice[row - rows.lowerBound]) == arm ? 1 : 0 }
        }
    }

    /// The sums at every value of a grid along one line of policies: rows that keep their arm add nothing.
    func sums(
        _ cells: PolicyCells, along policies: [LinearPolicy], in space: PolicySpace, rows: Range<Int>, workers: Workers
    ) -> [PolicySums] {
        let width = PolicySums.width(arms: armCount, outcomes: outcomeCount)
        var running = [Double](repeating: 0, count: width)
        var part = running
        var own = [Double](repeating: 0, count: armCount)
        var former: [UInt8]?
        func add(_ row: Int, _ arm: UInt8, _ sign: Double) {
            for index in part.indices { part[index] = 0 }
            own.withUnsafeMutableBufferPointer { own in
                for other in own.indices { own[other] = Int(arm) == other ? 1 : 0 }
                part.withUnsafeMutableBufferPointer { part in
                    guard let start = part.baseAddress else { return }
                    cells.add(row: row, shares: UnsafeBufferPointer(own), baseline: 0, to: start)
                }
            }
            for index in running.indices { running[index] += sign * part[index] }
        }
        return policies.map { policy in
            let choice = choice(of: policy, in: space, units: rows, workers: workers)
            for (place, arm) in choice.enumerated() where former?[place] != arm {
                if let former { add(rows.lowerBound + place, former[place], -1) }
                add(rows.lowerBound + place, arm, 1)
            }
            former = choice
            return PolicySums(
                armCount: armCount, outcomeCount: outcomeCount, unitCount: units(in: rows), values: running)
        }
    }

    /// Sums of Gamma_0 and its square.
    func controlScores(_ cells: PolicyCells, rows: Range<Int>) -> [ControlScoreSums] {
        let pairs = CellSums.pairCount(outcomeCount)
        let isCorrected = cells.inverse[0] <= cells.limit
        return (0..<outcomeCount).map { j in
            var (sum, squares) = (0.0, 0.0)
            for row in rows {
                let (mu, units) = (cells.control[row * outcomeCount + j], cells.units(of: row))
                sum += units * mu
                squares += units * mu * mu
                guard isCorrected else { continue }
                let place = row * armCount
                let r = cells.residuals[place * outcomeCount + j]
                sum += r
                squares += 2 * mu * r + cells.residualProducts[place * pairs + CellSums.pair(j, j)]
            }
            return ControlScoreSums(sum: sum, squares: squares)
        }
    }

    /// As `pairedProducts` of units.
    func pairedProducts(
        _ cells: PolicyCells, of policies: [ArmProbabilities], limit: Double, rows: Range<Int>
    ) -> (sums: [Double], products: [Double]) {
        let (outcomes, pairs) = (outcomeCount, CellSums.pairCount(outcomeCount))
        let width = (policies.count + 1) * outcomes
        var sums = [Double](repeating: 0, count: width)
        var products = [Double](repeating: 0, count: width * width)
        // Every term is a constant of the row and a multiple of its outcome's residual.
        var constants = sums
        var slopes = sums
        for row in rows {
            for arm in 0..<armCount {
                let place = row * armCount + arm
                let count = cells.counts[place]
                guard count > 0 else { continue }
                let control = arm == 0 && cells.inverse[0] <= limit ? 1.0 : 0
                for (p, policy) in policies.enumerated() {
                    let own = policy.probability(of: arm, unit: row - rows.lowerBound)
                    let slope = (own * cells.inverse[arm] <= limit ? own : 0) - control
                    for j in 0..<outcomes {
                        slopes[p * outcomes + j] = slope
                        constants[p * outcomes + j] = (1..<armCount).reduce(0) { sum, other in
                            sum
                                + policy.probability(of: other, unit: row - rows.lowerBound)
                                * cells.contrasts[(row * armCount + other) * outcomes + j]
                        }
                    }
                }
                for j in 0..<outcomes {
                    slopes[policies.count * outcomes + j] = control
                    constants[policies.count * outcomes + j] = cells.control[row * outcomes + j]
                }
                for a in 0..<width {
                    let r = cells.residuals[place * outcomes + a % outcomes]
                    sums[a] += count * constants[a] + slopes[a] * r
                    for b in 0...a {
                        let other = cells.residuals[place * outcomes + b % outcomes]
                        let both = cells.residualProducts[place * pairs + CellSums.pair(a % outcomes, b % outcomes)]
                        products[a * width + b] +=
                            count * constants[a] * constants[b] + constants[a] * slopes[b] * other
                            + constants[b] * slopes[a] * r + slopes[a] * slopes[b] * both
                    }
                }
            }
        }
        for a in 0..<width {
            for b in 0..<a { products[b * width + a] = products[a * width + b] }
        }
        return (sums, products)
    }

    /// As `gains` of units.
    func gains(
        _ cells: PolicyCells, of choice: [UInt8], groups: [UInt32], groupCount: Int, rows: Range<Int>, scales: [Double]
    ) -> [GroupGain] {
        var counts = [Double](repeating: 0, count: groupCount * armCount)
        let width = PolicySums.width(arms: armCount, outcomes: outcomeCount)
        var sums = [PolicySums](
            repeating: PolicySums(
                armCount: armCount, outcomeCount: outcomeCount, unitCount: 0,
                values: [Double](repeating: 0, count: width)), count: groupCount)
        for row in rows {
            let (group, arm) = (Int(groups[row]), Int(choice[row - rows.lowerBound]))
            counts[group * armCount + arm] += cells.units(of: row)
            let own = self.sums(cells, choice: [UInt8(arm)], baseline: 0, rows: row..<row + 1)
            for index in 0..<width { sums[group].values[index] += own.values[index] }
        }
        return (0..<groupCount).map { group in
            let own = counts[group * armCount..<(group + 1) * armCount]
            let units = own.reduce(0, +)
            return GroupGain(
                units: Int(units), shares: own.map { units > 0 ? $0 / units : 0 },
                gains: (0..<outcomeCount).map { j in
                    guard units > 1 else { return nil }
                    let outcome = sums[group].outcome(j)
                    let mean = outcome.d / units
                    let variance = max(0, outcome.dd / units - mean * mean) / (units - 1)
                    return Estimate(value: scales[j] * mean, standardError: scales[j] * variance.squareRoot())
                })
        }
    }
}
