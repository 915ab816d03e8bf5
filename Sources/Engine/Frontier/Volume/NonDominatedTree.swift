/// The non-dominated of the points that were added, kept under boxes so that a new point meets only the few it could
/// dominate or be dominated by (ND-tree; Jaszkiewicz & Lust 2018).
///
/// Points are numbered in the order they were added.
struct NonDominatedTree: Sendable {
    /// What adding a point did.
    struct Change: Sendable, Equatable {
        /// False where a point at least as good was there already.
        let isKept: Bool
        /// Numbers of the points that the new one dominates, which are gone.
        let removed: [Int]
    }

    let width: Int
    /// Points added so far, kept or not.
    private(set) var added = 0
    private(set) var count = 0
    private var coordinates: [Double] = []
    private var nodes: [Node] = []
    /// Corners of the nodes' boxes, `width` values each; a box may be wider than what is left in it, never narrower.
    private var lows: [Double] = []
    private var highs: [Double] = []

    private struct Node: Sendable {
        var children: [Int] = []
        var entries: [Int] = []
        var isLeaf: Bool { children.isEmpty }
    }

    private enum Relation { case apart, mayMeet, covered, covering }

    private static let leafLimit = 20

    init(width: Int) { self.width = width }

    /// Adds a point unless one at least as good is there, and removes those it dominates.
    /// - Complexity: O(log n) nodes for fronts met in practice, O(n) at worst.
    mutating func insert(_ point: [Double]) -> Change {
        precondition(point.count == width)
        let number = added
        added += 1
        coordinates.append(contentsOf: point)
        guard !nodes.isEmpty else {
            addNode(around: number)
            count = 1
            return Change(isKept: true, removed: [])
        }
        var removed: [Int] = []
        guard !isCovered(number, in: 0, &removed) else { return Change(isKept: false, removed: []) }
        count += 1 - removed.count
        place(number, in: 0)
        return Change(isKept: true, removed: removed)
    }

    // MARK: Comparing

    /// How a point stands to the box of a node.
    private func relation(_ number: Int, to node: Int) -> Relation {
        coordinates.withUnsafeBufferPointer { points in
            lows.withUnsafeBufferPointer { lows in
                highs.withUnsafeBufferPointer { highs in
                    var belowLow = true
                    var belowHigh = true
                    var aboveLow = true
                    var aboveHigh = true
                    for axis in 0..<width {
                        let value = points[number * width + axis]
                        let low = lows[node * width + axis]
                        let high = highs[node * width + axis]
                        if value > low { belowLow = false }
                        if value > high { belowHigh = false }
                        if value < low { aboveLow = false }
                        if value < high { aboveHigh = false }
                    }
                    if belowLow { return .covered }
                    if aboveHigh { return .covering }
                    return belowHigh || aboveLow ? .mayMeet : .apart
                }
            }
        }
    }

    /// Whether a kept point is at least as good; if not, those that the new one dominates are taken out.
    ///
    /// A front holds no two comparable points, so once one was taken out none is left that covers the new one.
    private mutating func isCovered(_ number: Int, in node: Int, _ removed: inout [Int]) -> Bool {
        switch relation(number, to: node) {
        case .apart: return false
        case .covered: return holdsAny(node)
        case .covering:
            collect(node, &removed)
            nodes[node] = Node()
            return false
        case .mayMeet: break
        }
        if nodes[node].isLeaf {
            var taken: [Int] = []
            for entry in nodes[node].entries {
                switch comparison(number, entry) {
                case .covered: return true
                case .covering: taken.append(entry)
                default: break
                }
            }
            if !taken.isEmpty {
                nodes[node].entries.removeAll { taken.contains($0) }
                removed += taken
            }
            return false
        }
        for child in nodes[node].children where isCovered(number, in: child, &removed) { return true }
        let held = nodes[node].children.filter(holdsAny)
        if held.count < nodes[node].children.count { nodes[node].children = held }
        return false
    }

    /// `covered` where the entry is at least as good, `covering` where the point is.
    private func comparison(_ number: Int, _ entry: Int) -> Relation {
        coordinates.withUnsafeBufferPointer { points in
            var isCovered = true
            var isCovering = true
            for axis in 0..<width {
                let mine = points[number * width + axis]
                let other = points[entry * width + axis]
                if mine > other { isCovered = false }
                if mine < other { isCovering = false }
                if !isCovered && !isCovering { return .apart }
            }
            return isCovered ? .covered : .covering
        }
    }

    private func holdsAny(_ node: Int) -> Bool { !nodes[node].isLeaf || !nodes[node].entries.isEmpty }

    private func collect(_ node: Int, _ entries: inout [Int]) {
        entries += nodes[node].entries
        for child in nodes[node].children { collect(child, &entries) }
    }

    // MARK: Growing

    private mutating func place(_ number: Int, in root: Int) {
        var node = root
        widen(node, to: number)
        while !nodes[node].isLeaf {
            let nearest = nodes[node].children.min {
                distance(number, toMiddleOf: $0) < distance(number, toMiddleOf: $1)
            }
            node = nearest ?? node
            widen(node, to: number)
        }
        if nodes[node].entries.isEmpty {
            // Whatever was here is gone, and with it the need for so wide a box.
            fit(node, to: number)
        }
        nodes[node].entries.append(number)
        if nodes[node].entries.count > Self.leafLimit { split(node) }
    }

    private mutating func widen(_ node: Int, to number: Int) {
        for axis in 0..<width {
            let value = coordinates[number * width + axis]
            lows[node * width + axis] = min(lows[node * width + axis], value)
            highs[node * width + axis] = max(highs[node * width + axis], value)
        }
    }

    private mutating func fit(_ node: Int, to number: Int) {
        for axis in 0..<width {
            lows[node * width + axis] = coordinates[number * width + axis]
            highs[node * width + axis] = coordinates[number * width + axis]
        }
    }

    @discardableResult
    private mutating func addNode(around number: Int) -> Int {
        nodes.append(Node(children: [], entries: [number]))
        let corner = coordinates[number * width..<(number + 1) * width]
        lows.append(contentsOf: corner)
        highs.append(contentsOf: corner)
        return nodes.count - 1
    }

    /// Hands a full leaf's points to width + 1 leaves, begun by points that lie far from one another.
    private mutating func split(_ node: Int) {
        let entries = nodes[node].entries
        var seeds = [entries[0]]
        while seeds.count <= width {
            let next = entries.filter { !seeds.contains($0) }.max { a, b in
                nearness(a, seeds) < nearness(b, seeds)
            }
            guard let next, nearness(next, seeds) > 0 else { break }
            seeds.append(next)
        }
        guard seeds.count > 1 else { return }
        let children = seeds.map { addNode(around: $0) }
        for entry in entries where !seeds.contains(entry) {
            let nearest = children.min { distance(entry, toMiddleOf: $0) < distance(entry, toMiddleOf: $1) }
            guard let nearest else { continue }
            widen(nearest, to: entry)
            nodes[nearest].entries.append(entry)
        }
        nodes[node] = Node(children: children, entries: [])
    }

    private func nearness(_ number: Int, _ seeds: [Int]) -> Double {
        seeds.map { seed in
            (0..<width).reduce(0) { sum, axis in
                let gap = coordinates[number * width + axis] - coordinates[seed * width + axis]
                return sum + gap * gap
            }
        }.min() ?? 0
    }

    private func distance(_ number: Int, toMiddleOf node: Int) -> Double {
        var sum = 0.0
        for axis in 0..<width {
            let middle = (lows[node * width + axis] + highs[node * width + axis]) / 2
            let gap = coordinates[number * width + axis] - middle
            sum += gap * gap
        }
        return sum
    }
}
