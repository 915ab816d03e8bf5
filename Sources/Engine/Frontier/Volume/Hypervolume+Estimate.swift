import Statistics

extension Hypervolume {
    /// Objectives and points up to which the exact volume costs no more than a moment.
    private static let exactWidth = 7
    private static let exactCount = 24
    /// Points drawn for an estimate.
    private static let draws = 16_384

    /// Whether volumes of whole fronts with so many objectives are drawn, and so are not exact.
    package static func isDrawn(width: Int) -> Bool { width > exactWidth }

    /// The volume, exact where that is to be had in a moment, else an unbiased estimate: with eight objectives and more the exact
    /// one of a whole front takes minutes and more.
    ///
    /// By Karp, Luby & Madras (1989) for unions of boxes: a box is drawn by its volume, a point evenly within it, and it counts where
    /// no box before it holds it, too. Its relative error is sqrt((T / V - 1) / 16,384), T being the boxes' volumes summed; the
    /// draws are always the same, so that one front has one volume.
    package static func approximate(_ points: [[Double]], reference: [Double]) -> Double {
        let width = reference.count
        guard width > exactWidth, points.count > exactCount else { return of(points, reference: reference) }
        let above = points.filter { zip($0, reference).allSatisfy { $0 > $1 } }
        let boxes = Dominance.front(above).map { index in zip(above[index], reference).map { $0 - $1 } }
        guard boxes.count > exactCount else { return of(above, reference: reference) }
        // The largest first: what a point lies in is found soonest.
        let order = boxes.indices.map { (volume: boxes[$0].reduce(1, *), index: $0) }
            .sorted { ($0.volume, $1.index) > ($1.volume, $0.index) }
        let sides = order.flatMap { boxes[$0.index] }
        var sums: [Double] = []
        var total = 0.0
        for box in order {
            total += box.volume
            sums.append(total)
        }
        guard total > 0, total.isFinite else { return 0 }
        var stream = RandomStream(seed: 1, purpose: "hypervolume")
        var counted = 0
        var place = [Double](repeating: 0, count: width)
        for _ in 0..<draws {
            let aim = stream.uniform() * total
            let box = min(sums.partitioningIndex { $0 > aim }, sums.count - 1)
            for j in 0..<width { place[j] = stream.uniform() * sides[box * width + j] }
            let isHeld = (0..<box).contains { earlier in
                (0..<width).allSatisfy { place[$0] <= sides[earlier * width + $0] }
            }
            if !isHeld { counted += 1 }
        }
        return total * Double(counted) / Double(draws)
    }
}

extension [Double] {
    /// The first index whose element fulfils the condition, of an ascending array; its count where none does.
    fileprivate func partitioningIndex(_ isBeyond: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
