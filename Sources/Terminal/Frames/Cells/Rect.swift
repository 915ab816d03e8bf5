/// A rectangle of cells. Sizes are never negative and coordinates stay far from overflow, whatever is asked for.
package struct Rect: Sendable, Hashable {
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int

    /// Far beyond any terminal, far below overflow.
    static let bound = 1 << 20

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = Self.clamp(x)
        self.y = Self.clamp(y)
        self.width = min(max(width, 0), Self.bound)
        self.height = min(max(height, 0), Self.bound)
    }

    static func clamp(_ coordinate: Int) -> Int { min(max(coordinate, -bound), bound) }

    /// The column after the last.
    package var maxX: Int { x + width }
    /// The row after the last.
    package var maxY: Int { y + height }
    package var isEmpty: Bool { width == 0 || height == 0 }

    package func contains(x: Int, y: Int) -> Bool {
        x >= self.x && x < maxX && y >= self.y && y < maxY
    }

    package func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(
            x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
    }

    /// The rectangle without a margin on each side.
    package func inset(x dx: Int = 0, y dy: Int = 0) -> Rect {
        let dx = Self.clamp(dx)
        let dy = Self.clamp(dy)
        return Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
    }

    /// One row of the rectangle, counted from its top; empty when there is no such row.
    package func row(_ index: Int) -> Rect {
        guard index >= 0, index < height else { return Rect(x: x, y: y, width: 0, height: 0) }
        return Rect(x: x, y: y + index, width: width, height: 1)
    }

    /// The first `count` rows and the rest.
    package func splitTop(_ count: Int) -> (top: Rect, rest: Rect) {
        let taken = min(max(count, 0), height)
        return (
            Rect(x: x, y: y, width: width, height: taken),
            Rect(x: x, y: y + taken, width: width, height: height - taken)
        )
    }

    /// The rest and the last `count` rows.
    package func splitBottom(_ count: Int) -> (rest: Rect, bottom: Rect) {
        let (rest, bottom) = splitTop(height - min(max(count, 0), height))
        return (rest, bottom)
    }

    /// The first `count` columns and the rest.
    package func splitLeft(_ count: Int) -> (left: Rect, rest: Rect) {
        let taken = min(max(count, 0), width)
        return (
            Rect(x: x, y: y, width: taken, height: height),
            Rect(x: x + taken, y: y, width: width - taken, height: height)
        )
    }

    /// The rest and the last `count` columns.
    package func splitRight(_ count: Int) -> (rest: Rect, right: Rect) {
        let (rest, right) = splitLeft(width - min(max(count, 0), width))
        return (rest, right)
    }

    /// Columns whose widths are in proportion to `weights`, with `gap` columns between them; all cells are given away.
    package func columns(_ weights: [Double], gap: Int = 0) -> [Rect] {
        shares(weights, of: width, gap: gap).map { start, size in
            Rect(x: x + start, y: y, width: size, height: height)
        }
    }

    /// Rows whose heights are in proportion to `weights`, with `gap` rows between them; all cells are given away.
    package func rows(_ weights: [Double], gap: Int = 0) -> [Rect] {
        shares(weights, of: height, gap: gap).map { start, size in
            Rect(x: x, y: y + start, width: width, height: size)
        }
    }

    /// A rectangle of at most the given size in the middle of this one.
    package func centred(width wanted: Int, height wantedHeight: Int) -> Rect {
        let w = min(max(wanted, 0), width)
        let h = min(max(wantedHeight, 0), height)
        return Rect(x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h)
    }

    private func shares(_ weights: [Double], of length: Int, gap: Int) -> [(start: Int, size: Int)] {
        let weights = weights.map { $0.isFinite && $0 > 0 ? min($0, 1e9) : 0 }
        let total = weights.reduce(0, +)
        let gap = min(max(gap, 0), Self.bound)
        let space = max(length - gap * max(weights.count - 1, 0), 0)
        var shares: [(start: Int, size: Int)] = []
        var before = 0.0
        for (index, weight) in weights.enumerated() {
            let from = total > 0 ? Int((before / total * Double(space)).rounded()) : 0
            before += weight
            let to = total > 0 ? Int((before / total * Double(space)).rounded()) : 0
            shares.append((min(from + index * gap, length), min(to, space) - from))
        }
        return shares
    }
}
