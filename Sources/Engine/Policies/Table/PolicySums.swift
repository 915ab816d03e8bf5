import CKernels
import Runtime

/// The sums of one policy over a range of units, from which every estimator's value and error follow.
///
/// v = pi(T|x) / e_T, d = sum_i pi_i Gamma_i - Gamma_0, g = Gamma_0, all outcomes scaled; for a policy that gives each unit one
/// arm, v = [chosen = observed] / e_T and d = Gamma_chosen - Gamma_0.
package struct PolicySums: Sendable, Equatable {
    package let armCount: Int
    package let outcomeCount: Int
    /// Units summed over.
    package let unitCount: Int
    var values: [Double]

    static func width(arms: Int, outcomes: Int) -> Int {
        arms + ESPALIER_COMMON_COUNT + outcomes * ESPALIER_OUTCOME_COUNT
    }

    /// Share of units that get each arm.
    package var shares: [Double] { values[0..<armCount].map { $0 / Double(max(1, unitCount)) } }

    private func common(_ field: Int) -> Double { values[armCount + field] }

    /// Units whose observed arm the policy may give.
    package var matched: Int { Int(common(ESPALIER_MATCHED)) }
    package var v: Double { common(ESPALIER_V) }
    package var vv: Double { common(ESPALIER_VV) }
    package var vvControl: Double { common(ESPALIER_VV_CONTROL) }
    /// (sum v)² / sum v².
    package var effectiveSampleSize: Double { vv > 0 ? v * v / vv : 0 }
    package var vvBaseline: Double { common(ESPALIER_VV_BASELINE) }

    package func outcome(_ index: Int) -> OutcomeSums {
        let start =
            armCount + ESPALIER_COMMON_COUNT + index * ESPALIER_OUTCOME_COUNT
        func field(_ offset: Int) -> Double { values[start + offset] }
        return OutcomeSums(
            d: field(ESPALIER_D), dd: field(ESPALIER_DD), dg: field(ESPALIER_DG),
            db: field(ESPALIER_DB), vy: field(ESPALIER_VY), vvy: field(ESPALIER_VVY),
            vvyy: field(ESPALIER_VVYY), vvyControl: field(ESPALIER_VVY_CONTROL),
            vvyyControl: field(ESPALIER_VVYY_CONTROL),
            vvyBaseline: field(ESPALIER_VVY_BASELINE),
            vvyyBaseline: field(ESPALIER_VVYY_BASELINE))
    }
}

/// One outcome's part of `PolicySums`; "control" and "baseline" mean units observed in that arm, and products of the policy's
/// terms with that arm's.
package struct OutcomeSums: Sendable, Equatable {
    package let d, dd, dg, db: Double
    package let vy, vvy, vvyy: Double
    package let vvyControl, vvyyControl: Double
    package let vvyBaseline, vvyyBaseline: Double
}

extension PolicyTable {
    /// Units per piece of work; fixed, so that sums do not depend on the number of threads.
    private static let chunk = 32_768

    private func pieces(_ units: Range<Int>) -> [Range<Int>] {
        stride(from: units.lowerBound, to: units.upperBound, by: Self.chunk).map {
            $0..<min($0 + Self.chunk, units.upperBound)
        }
    }

    private func summed(
        _ units: Range<Int>, width: Int, workers: Workers,
        _ add: @Sendable (UnsafePointer<EspalierPolicyTable>, Range<Int>, UnsafeMutablePointer<Double>) -> Void
    ) -> [Double] {
        let pieces = pieces(units)
        // The kernels cannot fail, so neither can the map.
        let partial =
            (try? workers.map(pieces.count) { index -> [Double] in
                var sums = [Double](repeating: 0, count: width)
                sums.withUnsafeMutableBufferPointer { sums in
                    withKernelTable { add($0, pieces[index], sums.baseAddress!) }
                }
                return sums
            }) ?? []
        var total = [Double](repeating: 0, count: width)
        for sums in partial {
            for index in 0..<width { total[index] += sums[index] }
        }
        return total
    }

    /// Sums of a linear policy; `baseline` is the arm whose overlap is kept besides control's.
    /// - Complexity: one pass over the units' columns.
    package func sums(
        of policy: LinearPolicy, in space: PolicySpace, baseline: Int, units: Range<Int>, workers: Workers
    ) -> PolicySums {
        sums(of: [policy], in: space, baseline: baseline, units: units, workers: workers)[0]
    }

    /// Sums of linear policies, each as if it stood alone.
    /// - Complexity: one pass over the units' columns in memory for all of them.
    package func sums(
        of policies: [LinearPolicy], in space: PolicySpace, baseline: Int, units: Range<Int>, workers: Workers
    ) -> [PolicySums] {
        if let cells {
            return policies.map {
                sums(
                    cells, choice: choice(of: $0, in: space, units: units, workers: workers), baseline: baseline,
                    rows: units)
            }
        }
        let slopes = policies.flatMap { $0.slopes(in: space) }
        let offsets = policies.flatMap(\.biases)
        let width = PolicySums.width(arms: armCount, outcomes: outcomeCount)
        let values = summed(units, width: width * policies.count, workers: workers) { table, piece, sums in
            espalier_policy_sums(
                table, slopes, offsets, policies.count, Int32(baseline), piece.lowerBound, piece.count, sums)
        }
        return policies.indices.map {
            PolicySums(
                armCount: armCount, outcomeCount: outcomeCount, unitCount: units.count,
                values: Array(values[$0 * width..<($0 + 1) * width]))
        }
    }

    /// Sums of probabilities over the arms, the units of the range in order; one-hot probabilities give the sums of the policy
    /// that chose those arms, to the last bit.
    /// - Parameter limit: the correction counts where its weight pi(T|x)/e_T is at most this (SWITCH-DR).
    package func sums(
        of probabilities: ArmProbabilities, limit: Double = .infinity, baseline: Int, units: Range<Int>,
        workers: Workers
    ) -> PolicySums {
        precondition(probabilities.unitCount == units.count && probabilities.armCount == armCount)
        if let cells {
            return sums(cells, baseline: baseline, rows: units) { row, shares in
                for arm in shares.indices {
                    shares[arm] = probabilities.probability(of: arm, unit: row - units.lowerBound)
                }
            }
        }
        let distributions = probabilities.distributions.map { Float($0) }
        let cut = Self.weightLimit(limit)
        let values = summed(
            units, width: PolicySums.width(arms: armCount, outcomes: outcomeCount), workers: workers
        ) { table, piece, sums in
            probabilities.indices.withUnsafeBufferPointer { rows in
                espalier_probability_sums(
                    table, rows.baseAddress! + (piece.lowerBound - units.lowerBound), distributions, cut,
                    Int32(baseline), piece.lowerBound, piece.count, sums)
            }
        }
        return PolicySums(armCount: armCount, outcomeCount: outcomeCount, unitCount: units.count, values: values)
    }

    /// The sums at every value of a grid along one line of policies, ascending `positions`, exactly.
    /// - Complexity: one pass over the units' columns and, for each unit that changes arm, a few steps per change.
    package func sums(
        along policies: [LinearPolicy], at positions: [Double], in space: PolicySpace, units: Range<Int>,
        workers: Workers
    ) -> [PolicySums] {
        precondition(policies.count == positions.count && !policies.isEmpty)
        if let cells { return sums(cells, along: policies, in: space, rows: units, workers: workers) }
        let slopes = policies.flatMap { $0.slopes(in: space) }
        let offsets = policies.flatMap(\.biases)
        let width = PolicySums.width(arms: armCount, outcomes: outcomeCount)
        let cells = summed(units, width: width * policies.count, workers: workers) { table, piece, cells in
            espalier_profile_sums(
                table, positions, slopes, offsets, positions.count, piece.lowerBound, piece.count, cells)
        }
        var running = [Double](repeating: 0, count: width)
        return policies.indices.map { g in
            for index in 0..<width { running[index] += cells[g * width + index] }
            return PolicySums(
                armCount: armCount, outcomeCount: outcomeCount, unitCount: units.count, values: running)
        }
    }

    /// Sums of Gamma_0 and its square over the range, one per outcome.
    func controlScores(units: Range<Int>) -> [ControlScoreSums] {
        if let cells { return controlScores(cells, rows: units) }
        return (0..<outcomeCount).map { j in
            let start = (layout.control + j) * columnStride
            return columns[start + units.lowerBound..<start + units.upperBound].withUnsafeBufferPointer { scores in
                var sum = 0.0
                var squares = 0.0
                for score in scores {
                    sum += Double(score)
                    squares += Double(score) * Double(score)
                }
                return ControlScoreSums(sum: sum, squares: squares)
            }
        }
    }

    /// The arm of each unit of the range under the policy.
    package func choice(
        of policy: LinearPolicy, in space: PolicySpace, units: Range<Int>, workers: Workers
    ) -> [UInt8] {
        let slopes = policy.slopes(in: space)
        let pieces = pieces(units)
        let parts =
            (try? workers.map(pieces.count) { index -> [UInt8] in
                [UInt8](unsafeUninitializedCapacity: pieces[index].count) { buffer, count in
                    withKernelTable {
                        espalier_choose(
                            $0, slopes, policy.biases, pieces[index].lowerBound, pieces[index].count,
                            buffer.baseAddress!)
                    }
                    count = pieces[index].count
                }
            }) ?? []
        return parts.flatMap { $0 }
    }
}
