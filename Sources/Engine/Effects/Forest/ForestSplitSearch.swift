import CKernels
import Experiments

/// The best split of a node of a forest, from the sums by bin of some covariates.
struct ForestSplitSearch {
    let target: ForestTarget
    let settings: ForestSettings

    /// A split and the sums of its left child.
    struct Candidate {
        let split: Split
        let gain: Double
        let left: SIMD8<Double>
    }

    /// - Parameters:
    ///   - cells: sums by bin of one covariate, eight doubles each, the missing bin after the values.
    ///   - coefficients: of rho in this node.
    /// - Returns: nil where no admissible split gains more than `gain`.
    /// - Complexity: O(bins), and O(levels log levels) for a categorical covariate.
    func best(
        of cells: UnsafePointer<Double>, covariate: Int, code: BinCode, total: SIMD8<Double>,
        coefficients: SIMD8<Double>, above gain: Double
    ) -> Candidate? {
        let missing = Self.cell(cells, code.missingBin)
        guard code.isCategorical else {
            let cut = cut(cells, code.valueBins, unorderedSums: missing, total, coefficients)
            guard cut.gain > gain else { return nil }
            let bin = Int(cut.position)
            let split = Split(
                covariate: covariate, rule: bin < code.edges.count ? .atMost(code.edges[bin]) : .present,
                missingGoesLeft: cut.apart_left != 0, missingSeen: missing[0] > 0)
            return Candidate(
                split: split, gain: cut.gain,
                left: Self.sum(cells, 0...bin) + (cut.apart_left != 0 ? missing : .zero))
        }
        // Levels by their mean rho in this node; those without units here go with missing.
        let order = (0..<code.valueBins).filter { cells[$0 * 8] > 0 }.map { level in
            (level: level, mean: (Self.cell(cells, level) * coefficients).sum() / cells[level * 8])
        }.sorted { ($0.mean, $0.level) < ($1.mean, $1.level) }.map(\.level)
        let ordered = order.flatMap { level in (0..<8).map { cells[level * 8 + $0] } }
        let cut = cut(ordered, order.count, unorderedSums: missing, total, coefficients)
        guard cut.gain > gain else { return nil }
        let chosen = order[...Int(cut.position)]
        let absent = cut.apart_left != 0 ? (0..<code.valueBins).filter { cells[$0 * 8] == 0 } : []
        let split = Split(
            covariate: covariate, rule: .levels((chosen + absent).sorted().map { UInt8($0) }),
            missingGoesLeft: cut.apart_left != 0, missingSeen: missing[0] > 0)
        let left = chosen.reduce(cut.apart_left != 0 ? missing : .zero) { $0 + Self.cell(cells, $1) }
        return Candidate(split: split, gain: cut.gain, left: left)
    }

    private func cut(
        _ cells: UnsafePointer<Double>, _ count: Int, unorderedSums: SIMD8<Double>, _ total: SIMD8<Double>,
        _ coefficients: SIMD8<Double>
    ) -> espalier_forest_cut {
        withUnsafeBytes(of: (unorderedSums, total, coefficients)) { bytes in
            let lanes = bytes.bindMemory(to: Double.self).baseAddress!
            return espalier_forest_best_cut(
                cells, count, lanes, lanes + 8, lanes + 16, target.least(total, settings))
        }
    }

    static func cell(_ cells: UnsafePointer<Double>, _ bin: Int) -> SIMD8<Double> {
        UnsafeRawPointer(cells + bin * 8).loadUnaligned(as: SIMD8<Double>.self)
    }

    static func sum(_ cells: UnsafePointer<Double>, _ bins: ClosedRange<Int>) -> SIMD8<Double> {
        bins.reduce(.zero) { $0 + cell(cells, $1) }
    }
}
