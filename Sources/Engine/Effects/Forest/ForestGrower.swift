import CKernels
import Experiments
import Statistics

/// Grows one tree of a forest depth first from the units of its growing half.
///
/// Of two children the sums of the smaller are taken from its units and those of the larger follow by subtraction, in the
/// parent's own memory: there are never more histograms than log2(units).
final class ForestGrower {
    /// A tree as grown: the rule and the left child of each node; the right child follows it.
    struct Shape: Sendable {
        var splits: [Split?] = [nil]
        var left: [Int] = [-1]

        func branch(_ node: Int) -> Branch? {
            splits[node].map { Branch(split: $0, left: left[node]) }
        }
    }

    private let bins: PackedBins
    private let records: [Float]
    private let codes: [BinCode]
    private let search: ForestSplitSearch
    private var rows: [UInt32]
    private var scratch: [UInt32]
    private var stream: RandomStream
    private var shape = Shape()
    private var idleCells: [[Double]] = []
    private var covariates: [Int]
    /// Mean number of covariates tried, and whether histograms of all are kept: worth it where most are tried anyway.
    private let tried: Int
    private let keepsAll: Bool

    /// - Parameters:
    ///   - growing: rows of the binned table, ascending.
    ///   - records: eight floats per growing unit, as HistogramForest.h lays them out.
    init(
        _ binned: BinnedCovariates, growing: [UInt32], records: [Float], target: ForestTarget, settings: ForestSettings,
        stream: RandomStream
    ) {
        bins = PackedBins(binned, rows: growing)
        self.records = records
        codes = binned.codes
        search = ForestSplitSearch(target: target, settings: settings)
        rows = Array(0..<UInt32(growing.count))
        scratch = rows
        self.stream = stream
        covariates = Array(0..<codes.count)
        tried = settings.covariates(of: codes.count)
        keepsAll = 2 * tried > codes.count
    }

    /// - Complexity: O(units x covariates x depth / 2) where most covariates are tried.
    func grow() -> Shape {
        guard !codes.isEmpty, !rows.isEmpty else { return shape }
        let total = (0..<rows.count).reduce(SIMD8<Double>.zero) { sum, row in
            sum + SIMD8<Double>(SIMD8<Float>((0..<8).map { records[row * 8 + $0] }))
        }
        guard search.target.canSplit(total, search.settings) else { return shape }
        var cells = takeCells()
        if keepsAll { fill(&cells, rows.indices, words: bins.words.indices.map { $0 }) }
        divide(0, depth: 0, rows.indices, total, &cells)
        return shape
    }

    private func divide(
        _ node: Int, depth: Int, _ range: Range<Int>, _ total: SIMD8<Double>, _ cells: inout [Double]
    ) {
        guard depth < search.settings.maximumDepth, let coefficients = search.target.coefficients(total) else { return }
        let drawn = drawCovariates()
        if !keepsAll { fill(&cells, range, words: Set(drawn.map { $0 / 4 }).sorted()) }
        var best: ForestSplitSearch.Candidate?
        cells.withUnsafeBufferPointer { cells in
            for covariate in drawn {
                best =
                    search.best(
                        of: cells.baseAddress! + covariate * bins.stride * 8, covariate: covariate,
                        code: codes[covariate], total: total, coefficients: coefficients, above: best?.gain ?? 0)
                    ?? best
            }
        }
        guard let best else { return }
        let cut = partition(range, by: best.split)
        let left = shape.splits.count
        shape.splits[node] = best.split
        shape.left[node] = left
        shape.splits += [nil, nil]
        shape.left += [-1, -1]
        let children = [
            Child(node: left, range: range.lowerBound..<cut, total: best.left),
            Child(node: left + 1, range: cut..<range.upperBound, total: total - best.left),
        ].sorted { $0.range.count < $1.range.count }
        descend(to: children, depth: depth + 1, &cells)
    }

    private struct Child {
        let node: Int
        let range: Range<Int>
        let total: SIMD8<Double>
    }

    /// - Parameter children: the smaller first.
    private func descend(to children: [Child], depth: Int, _ cells: inout [Double]) {
        let (small, large) = (children[0], children[1])
        let divides = children.map {
            depth < search.settings.maximumDepth && search.target.canSplit($0.total, search.settings)
        }
        guard divides[0] || divides[1] else { return }
        guard keepsAll else {
            if divides[0] { divide(small.node, depth: depth, small.range, small.total, &cells) }
            if divides[1] { divide(large.node, depth: depth, large.range, large.total, &cells) }
            return
        }
        var own = takeCells()
        fill(&own, small.range, words: bins.words.indices.map { $0 })
        if divides[1] { cells.subtract(own) }
        if divides[0] { divide(small.node, depth: depth, small.range, small.total, &own) }
        idleCells.append(own)
        if divides[1] { divide(large.node, depth: depth, large.range, large.total, &cells) }
    }

    private func takeCells() -> [Double] {
        idleCells.popLast() ?? [Double](repeating: 0, count: bins.words.count * bins.cellsPerWord)
    }

    private func fill(_ cells: inout [Double], _ range: Range<Int>, words: [Int]) {
        cells.withUnsafeMutableBufferPointer { cells in
            rows.withUnsafeBufferPointer { rows in
                for word in words {
                    let start = cells.baseAddress! + word * bins.cellsPerWord
                    start.update(repeating: 0, count: bins.cellsPerWord)
                    espalier_forest_histogram(
                        bins.words[word], rows.baseAddress! + range.lowerBound, records, range.count, bins.stride, start
                    )
                }
            }
        }
    }

    /// Where the right part of the range begins.
    private func partition(_ range: Range<Int>, by split: Split) -> Int {
        let left = codes[split.covariate].goesLeft(split)
        let (word, byte) = (split.covariate / 4, UInt32(split.covariate % 4))
        let kept = rows.withUnsafeMutableBufferPointer { rows in
            espalier_forest_partition(
                bins.words[word], byte, left, rows.baseAddress! + range.lowerBound, range.count, &scratch)
        }
        return range.lowerBound + kept
    }

    /// A Poisson number of covariates without replacement, at least one; ascending, so that ties do not hang on the draw.
    private func drawCovariates() -> [Int] {
        let count = min(max(1, stream.poisson(Double(tried))), covariates.count)
        guard count < covariates.count else { return Array(0..<covariates.count) }
        for index in 0..<count {
            covariates.swapAt(index, index + stream.index(below: covariates.count - index))
        }
        return covariates[..<count].sorted()
    }
}

extension [Double] {
    fileprivate mutating func subtract(_ other: [Double]) {
        withUnsafeMutableBufferPointer { own in
            other.withUnsafeBufferPointer { other in
                for index in own.indices { own[index] -= other[index] }
            }
        }
    }
}
