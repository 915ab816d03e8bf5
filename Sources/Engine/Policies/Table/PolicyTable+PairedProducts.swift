import Experiments
import Runtime

/// What the products of sums by cluster need to become a covariance of means.
struct ClusterProducts: Sendable {
    /// Sums over clusters of their size times each term's sum.
    let sized: [Double]
    /// Sum of the squares of the sizes.
    let squares: Double
    /// What variances are multiplied by for few clusters.
    let correction: Double
}

extension PolicyTable {
    /// Units per piece of work, and per block whose terms stay in the second-level cache; fixed, so that sums do not
    /// depend on the number of threads.
    private static let pieceUnits = 65_536
    private static let blockUnits = 256

    /// Sums and sums of products of the paired terms sum_i pi_i Gamma_i - Gamma_0 of some policies in every outcome, followed
    /// by Gamma_0 itself, scaled: what the covariance of everything that is compared with control is made of.
    /// - Parameters:
    ///   - policies: what each gives to the units of the range.
    ///   - limit: the correction counts where its weight is at most this (SWITCH-DR).
    /// - Returns: `width` sums and `width` x `width` products, with width = (policies + 1) x outcomes.
    func pairedProducts(
        of policies: [ArmProbabilities], limit: Double, units: Range<Int>, workers: Workers
    ) -> (sums: [Double], products: [Double]) {
        precondition(policies.allSatisfy { $0.unitCount == units.count && $0.armCount == armCount })
        if let cells { return pairedProducts(cells, of: policies, limit: limit, rows: units) }
        let width = (policies.count + 1) * outcomeCount
        let starts = Array(stride(from: units.lowerBound, to: units.upperBound, by: Self.pieceUnits))
        // The bodies cannot fail, so neither can the map.
        let parts =
            (try? workers.map(starts.count) { index -> [Double] in
                let piece = starts[index]..<min(starts[index] + Self.pieceUnits, units.upperBound)
                return pairedProducts(
                    of: policies, limit: limit, from: units.lowerBound, piece: piece, width: width)
            }) ?? []
        var sums = [Double](repeating: 0, count: width)
        var products = [Double](repeating: 0, count: width * width)
        for part in parts {
            for a in 0..<width {
                sums[a] += part[a]
                for b in 0...a { products[a * width + b] += part[width + a * width + b] }
            }
        }
        for a in 0..<width {
            for b in 0..<a { products[b * width + a] = products[a * width + b] }
        }
        return (sums, products)
    }

    /// One piece: the sums, then the lower triangle of the products.
    private func pairedProducts(
        of policies: [ArmProbabilities], limit: Double, from origin: Int, piece: Range<Int>, width: Int
    ) -> [Double] {
        var total = [Double](repeating: 0, count: width + width * width)
        var terms = [Double](repeating: 0, count: width * Self.blockUnits)
        total.withUnsafeMutableBufferPointer { total in
            terms.withUnsafeMutableBufferPointer { terms in
                for start in stride(from: piece.lowerBound, to: piece.upperBound, by: Self.blockUnits) {
                    let block = start..<min(start + Self.blockUnits, piece.upperBound)
                    fill(terms, of: policies, limit: limit, from: origin, block: block)
                    for a in 0..<width {
                        let left = terms.baseAddress! + a * Self.blockUnits
                        var sum = 0.0
                        for u in 0..<block.count { sum += left[u] }
                        total[a] += sum
                        for b in 0...a {
                            let right = terms.baseAddress! + b * Self.blockUnits
                            total[width + a * width + b] += Self.dot(left, right)
                        }
                    }
                }
            }
        }
        return total
    }

    /// The same by clusters: the sums, and the products of the clusters' sums.
    /// - Complexity: O(units x width + clusters x width²).
    func clusterProducts(
        of policies: [ArmProbabilities], limit: Double, units: Range<Int>, runs: ClusterRuns, correction: Double,
        workers: Workers
    ) -> (sums: [Double], products: [Double], clusters: ClusterProducts) {
        let width = (policies.count + 1) * outcomeCount
        let starts = Array(stride(from: 0, to: runs.count, by: Self.blockUnits))
        let parts =
            (try? workers.map(starts.count) { index -> [Double] in
                let piece = runs.ranges[starts[index]..<min(starts[index] + Self.blockUnits, runs.count)]
                var total = [Double](repeating: 0, count: 2 * width + 1 + width * width)
                var terms = [Double](repeating: 0, count: width * Self.blockUnits)
                var own = [Double](repeating: 0, count: width)
                for run in piece {
                    for a in 0..<width { own[a] = 0 }
                    terms.withUnsafeMutableBufferPointer { terms in
                        for start in stride(from: run.lowerBound, to: run.upperBound, by: Self.blockUnits) {
                            let block = start..<min(start + Self.blockUnits, run.upperBound)
                            fill(terms, of: policies, limit: limit, from: units.lowerBound, block: block)
                            for a in 0..<width {
                                for u in 0..<block.count { own[a] += terms[a * Self.blockUnits + u] }
                            }
                        }
                    }
                    let size = Double(run.count)
                    total[2 * width] += size * size
                    for a in 0..<width {
                        total[a] += own[a]
                        total[width + a] += size * own[a]
                        for b in 0..<width { total[2 * width + 1 + a * width + b] += own[a] * own[b] }
                    }
                }
                return total
            }) ?? []
        var total = [Double](repeating: 0, count: 2 * width + 1 + width * width)
        for part in parts {
            for index in total.indices { total[index] += part[index] }
        }
        return (
            Array(total[..<width]), Array(total[(2 * width + 1)...]),
            ClusterProducts(
                sized: Array(total[width..<2 * width]), squares: total[2 * width], correction: correction)
        )
    }

    /// The terms of a block, column by column; what lies past a short block is 0.
    private func fill(
        _ terms: UnsafeMutableBufferPointer<Double>, of policies: [ArmProbabilities], limit: Double, from origin: Int,
        block: Range<Int>
    ) {
        columns.withUnsafeBufferPointer { columns in
            let inverse = columns.baseAddress! + layout.inverse * columnStride
            for j in 0..<outcomeCount {
                let residual = columns.baseAddress! + (layout.uncut + j) * columnStride
                let control = columns.baseAddress! + (layout.control + j) * columnStride
                let contrasts = contrastStarts(outcome: j)
                for (p, policy) in policies.enumerated() {
                    let column = terms.baseAddress! + (p * outcomeCount + j) * Self.blockUnits
                    for (place, unit) in block.enumerated() {
                        let row = Int(policy.indices[unit - origin]) * armCount
                        let observed = Int(assignment[unit])
                        var term = 0.0
                        for arm in 1..<armCount {
                            let share = policy.distributions[row + arm]
                            if share > 0 { term += share * Double(columns[contrasts[arm - 1] + unit]) }
                        }
                        let own = policy.distributions[row + observed]
                        var part = Double(Float(own) * inverse[unit]) <= limit ? own : 0
                        if observed == 0, Double(inverse[unit]) <= limit { part -= 1 }
                        term += part * Double(residual[unit])
                        column[place] = term
                    }
                    for place in block.count..<Self.blockUnits { column[place] = 0 }
                }
                let own = terms.baseAddress! + (policies.count * outcomeCount + j) * Self.blockUnits
                for (place, unit) in block.enumerated() { own[place] = Double(control[unit]) }
                for place in block.count..<Self.blockUnits { own[place] = 0 }
            }
        }
    }

    /// Eight lanes side by side: a reduction in order would not use the machine's vectors.
    private static func dot(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>) -> Double {
        var lanes = SIMD8<Double>.zero
        let a = UnsafeRawPointer(left)
        let b = UnsafeRawPointer(right)
        for offset in stride(from: 0, to: blockUnits * 8, by: 64) {
            lanes +=
                a.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
                * b.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
        }
        return lanes.sum()
    }
}
