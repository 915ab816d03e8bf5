import Experiments

/// The units of a growing tree's request, in lists that are grouped by node: what memory keeps from level to level, so that
/// a node's units are found without walking them down from the root.
struct UnitFrontier: Sendable {
    private let columns: UnitColumns
    /// The last request answered, which says whose lists these are.
    private let request: SumsRequest
    private let shape: SumsShape
    private var lists: [List]
    /// For each node not divided so far, its range in every list.
    private var ranges: [NodePath: [Range<Int>]]

    /// The units of one group and two arms: with outcome and omega beside each entry where they are summed.
    private struct List: Sendable {
        let arms: ArmPair
        /// Position of the outcome; nil where units are only counted.
        let outcome: Int?
        /// Position among the groups summed, or counted.
        let group: Int
        var entries: ContrastEntries
    }

    /// - Complexity: O(units x outcomes x groups).
    init(_ columns: UnitColumns, _ request: SumsRequest) {
        self.columns = columns
        self.request = request
        shape = columns.shape(request)
        let pairs = ArmPair.pairs(request.arms)
        let summed = request.summed.enumerated().flatMap { position, group in
            pairs.flatMap { arms in
                let entries = columns.entries(group, arms: arms)
                return request.outcomes.enumerated().map { outcome, index in
                    List(
                        arms: arms, outcome: outcome, group: position,
                        entries: ContrastEntries(
                            entries, values: columns.outcomes[index], weights: columns.weights))
                }
            }
        }
        let counted = request.counted.enumerated().flatMap { position, group in
            pairs.map { arms in
                List(
                    arms: arms, outcome: nil, group: position,
                    entries: ContrastEntries(columns.entries(group, arms: arms)))
            }
        }
        lists = summed + counted
        ranges = [.root: lists.map { 0..<$0.entries.count }]
    }

    /// Whether these are the units that another request asks about.
    func serves(_ other: SumsRequest) -> Bool {
        request.arms == other.arms && request.outcomes == other.outcomes && request.summed == other.summed
            && request.counted == other.counted
    }

    /// Divides nodes until each of these, which are of one level, is at the frontier.
    /// - Returns: false where one of them is behind it; then nothing has changed.
    /// - Complexity: O(units of the nodes divided).
    mutating func reach(_ nodes: [NodePath]) -> Bool {
        let starts = nodes.map { node in
            (0...node.steps.count).reversed().first { ranges[node.prefix($0)] != nil }
        }
        guard !starts.contains(nil) else { return false }
        for (node, start) in zip(nodes, starts.compactMap { $0 }) {
            for depth in start..<node.steps.count { divide(node.prefix(depth), node.steps[depth].split) }
        }
        return true
    }

    private mutating func divide(_ node: NodePath, _ split: Split) {
        // A sibling's path may have divided the parent already.
        guard let own = ranges.removeValue(forKey: node) else { return }
        let bins = columns.binned.bins[split.covariate]
        let left = columns.binned.codes[split.covariate].goesLeft(split)
        let cuts = lists.indices.map { lists[$0].entries.partition(own[$0], bins: bins, left: left) }
        ranges[node.child(of: split, goesLeft: true)] = zip(own, cuts).map { $0.lowerBound..<$1 }
        ranges[node.child(of: split, goesLeft: false)] = zip(own, cuts).map { $1..<$0.upperBound }
    }

    /// The sums of nodes of the frontier by the bins of one covariate.
    /// - Complexity: O(units of the nodes + nodes x bins).
    func table(_ nodes: [NodePath], covariate: Int) -> SumsTable {
        let bins = columns.binned.bins[covariate]
        let binCount = columns.binned.codes[covariate].valueBins + 1
        let ranges = nodes.map { self.ranges[$0] ?? lists.map { _ in 0..<0 } }
        // The lists of a node hold every arm, outcome and group once: together they write every number.
        let sums = [Double](unsafeUninitializedCapacity: nodes.count * binCount * shape.sumsPerBin) { sums, count in
            for cell in nodes.indices {
                for (list, range) in zip(lists, ranges[cell]) {
                    guard let outcome = list.outcome else { continue }
                    write(list, outcome, range, bins, to: sums, bins: cell * binCount..<(cell + 1) * binCount)
                }
            }
            count = sums.count
        }
        let counts = [Double](unsafeUninitializedCapacity: nodes.count * binCount * shape.countsPerBin) {
            counts, count in
            for cell in nodes.indices {
                for (list, range) in zip(lists, ranges[cell]) where list.outcome == nil {
                    write(list, range, bins, to: counts, bins: cell * binCount..<(cell + 1) * binCount)
                }
            }
            count = counts.count
        }
        return SumsTable(binCount: binCount, sums: sums, counts: counts)
    }

    /// - Parameter own: the bins of the range's cell.
    private func write(
        _ list: List, _ outcome: Int, _ range: Range<Int>, _ bins: [UInt8], to sums: UnsafeMutableBufferPointer<Double>,
        bins own: Range<Int>
    ) {
        let (isWeighted, width) = (shape.isWeighted, shape.width)
        let stride = isWeighted ? 8 : 4
        var cells = [Double](repeating: 0, count: own.count * 2 * stride)
        list.entries.histogram(range, bins: bins, into: &cells)
        let start = shape.sum(bin: own.lowerBound, arm: list.arms.position, outcome: outcome, group: list.group)
        let (perBin, perArm, arms) = (shape.sumsPerBin, shape.sumsPerArm, list.arms.count)
        cells.withUnsafeBufferPointer { cells in
            for bin in 0..<own.count {
                for arm in 0..<arms {
                    let (cell, sum) = ((bin * 2 + arm) * stride, start + bin * perBin + arm * perArm)
                    for lane in 0..<width { sums[sum + lane] = cells[cell + lane] }
                }
            }
        }
    }

    /// - Parameter own: the bins of the range's cell.
    private func write(
        _ list: List, _ range: Range<Int>, _ bins: [UInt8], to counts: UnsafeMutableBufferPointer<Double>,
        bins own: Range<Int>
    ) {
        var cells = [UInt32](repeating: 0, count: own.count * 2)
        list.entries.count(range, bins: bins, into: &cells)
        let start = shape.count(bin: own.lowerBound, arm: list.arms.position, group: list.group)
        let (perBin, perArm, arms) = (shape.countsPerBin, shape.countedCount, list.arms.count)
        for bin in 0..<own.count {
            for arm in 0..<arms { counts[start + bin * perBin + arm * perArm] = Double(cells[bin * 2 + arm]) }
        }
    }
}

extension NodePath {
    /// The node that this many steps lead to.
    fileprivate func prefix(_ depth: Int) -> NodePath { NodePath(Array(steps.prefix(depth))) }
}
