import Runtime

extension PolicyTable {
    /// Units per piece of work, and per block whose terms stay in the second-level cache; fixed, so that sums do not
    /// depend on the number of threads.
    private static let pieceUnits = 65_536
    private static let blockUnits = 256

    /// Sums and sums of products of the paired terms Gamma_k - Gamma_0 of some assignments in every outcome, followed by
    /// Gamma_0 itself, scaled: what the covariance of everything that is compared with control is made of.
    /// - Parameter choices: one arm per unit of the range.
    /// - Returns: `width` sums and `width` x `width` products, with width = (assignments + 1) x outcomes.
    func pairedProducts(
        of choices: [[UInt8]], units: Range<Int>, workers: Workers
    ) -> (sums: [Double], products: [Double]) {
        precondition(choices.allSatisfy { $0.count == units.count })
        let width = (choices.count + 1) * outcomeCount
        let starts = Array(stride(from: units.lowerBound, to: units.upperBound, by: Self.pieceUnits))
        // The bodies cannot fail, so neither can the map.
        let parts =
            (try? workers.map(starts.count) { index -> [Double] in
                let piece = starts[index]..<min(starts[index] + Self.pieceUnits, units.upperBound)
                return pairedProducts(of: choices, from: units.lowerBound, piece: piece, width: width)
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
        of choices: [[UInt8]], from origin: Int, piece: Range<Int>, width: Int
    ) -> [Double] {
        var total = [Double](repeating: 0, count: width + width * width)
        var terms = [Double](repeating: 0, count: width * Self.blockUnits)
        total.withUnsafeMutableBufferPointer { total in
            terms.withUnsafeMutableBufferPointer { terms in
                for start in stride(from: piece.lowerBound, to: piece.upperBound, by: Self.blockUnits) {
                    let block = start..<min(start + Self.blockUnits, piece.upperBound)
                    fill(terms, of: choices, from: origin, block: block)
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

    /// The terms of a block, column by column; what lies past a short block is 0.
    private func fill(
        _ terms: UnsafeMutableBufferPointer<Double>, of choices: [[UInt8]], from origin: Int, block: Range<Int>
    ) {
        columns.withUnsafeBufferPointer { columns in
            for j in 0..<outcomeCount {
                let residual = columns.baseAddress! + (layout.residuals + j) * unitCount
                let control = columns.baseAddress! + (layout.control + j) * unitCount
                for (p, choice) in choices.enumerated() {
                    let column = terms.baseAddress! + (p * outcomeCount + j) * Self.blockUnits
                    for (place, unit) in block.enumerated() {
                        let arm = Int(choice[unit - origin])
                        let observed = Int(assignment[unit])
                        var term = 0.0
                        if arm > 0 {
                            let contrast = (layout.contrasts + (arm - 1) * outcomeCount + j) * unitCount
                            term = Double(columns[contrast + unit])
                            if arm == observed { term += Double(residual[unit]) }
                            if observed == 0 { term -= Double(residual[unit]) }
                        }
                        column[place] = term
                    }
                    for place in block.count..<Self.blockUnits { column[place] = 0 }
                }
                let own = terms.baseAddress! + (choices.count * outcomeCount + j) * Self.blockUnits
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
