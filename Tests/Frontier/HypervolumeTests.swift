import Frontier
import Statistics
import Testing

/// Small integer points, so that volumes can be counted cell by cell.
private func randomPoints(_ stream: inout RandomStream, count: Int, width: Int, side: Int) -> [[Double]] {
    (0..<count).map { _ in (0..<width).map { _ in Double(stream.index(below: side + 1)) } }
}

/// Counts the unit cells that some point covers.
private func countedVolume(_ points: [[Double]], width: Int, side: Int) -> Double {
    var cells = 1
    for _ in 0..<width { cells *= side }
    var covered = 0
    for cell in 0..<cells {
        var rest = cell
        var corner: [Double] = []
        for _ in 0..<width {
            corner.append(Double(rest % side + 1))
            rest /= side
        }
        if points.contains(where: { zip($0, corner).allSatisfy { $0 >= $1 } }) { covered += 1 }
    }
    return Double(covered)
}

@Suite struct HypervolumeTests {
    /// Exact against counting, with ties, duplicates and dominated points.
    @Test(arguments: [1, 2, 3, 4]) func equalsCounting(width: Int) {
        var stream = RandomStream(seed: UInt64(width))
        let side = width > 3 ? 4 : 6
        for _ in 0..<500 {
            let points = randomPoints(&stream, count: stream.index(below: 8), width: width, side: side)
            let volume = Hypervolume.of(points, reference: Array(repeating: 0, count: width))
            #expect(volume == countedVolume(points, width: width, side: side))
        }
    }

    @Test func closedForms() {
        #expect(Hypervolume.of([], reference: [0, 0]) == 0)
        #expect(Hypervolume.of([[2, 3, 4]], reference: [1, 1, 1]) == 6)
        #expect(Hypervolume.of([[3, 1], [2, 2], [1, 3]], reference: [0, 0]) == 6)
        #expect(Hypervolume.of([[0, 5], [5, 0]], reference: [0, 0]) == 0)
    }

    @Test func frontHoldsWhatNothingDominates() {
        var stream = RandomStream(seed: 9)
        for width in 1...4 {
            for _ in 0..<300 {
                let points = randomPoints(&stream, count: 10, width: width, side: 3)
                let front = Dominance.front(points)
                for index in points.indices {
                    let isDominated = points.contains { Dominance.dominates($0, points[index]) }
                    let stands = front.contains { points[$0] == points[index] }
                    #expect(stands == !isDominated)
                }
                #expect(Set(front.map { points[$0] }).count == front.count)
            }
        }
    }
}

@Suite struct SubsetSelectionTests {
    private func best(_ points: [[Double]], _ count: Int, _ reference: [Double]) -> Double {
        var best = 0.0
        for mask in 0..<(1 << points.count) where mask.nonzeroBitCount <= count {
            let chosen = points.indices.filter { mask >> $0 & 1 == 1 }.map { points[$0] }
            best = max(best, Hypervolume.of(chosen, reference: reference))
        }
        return best
    }

    @Test(arguments: [2, 3]) func keepsTheMostThatAnySubsetKeeps(width: Int) {
        var stream = RandomStream(seed: 40 + UInt64(width))
        let reference = [Double](repeating: 1, count: width)
        for _ in 0..<150 {
            let points = randomPoints(&stream, count: 8, width: width, side: 7)
            for count in 1...4 {
                let selection = SubsetSelection(points, count: count, reference: reference)
                #expect(abs(selection.hypervolume - best(points, count, reference)) < 1e-9)
                #expect(selection.proof == .exact && selection.indices.count <= count)
            }
        }
    }

    @Test func greedKeepsItsBound() {
        var stream = RandomStream(seed: 3)
        // 60 points on a sphere octant: C(60, 6) is far beyond enumeration, a subset of 5 of the first 12 is not.
        let points = (0..<60).map { _ -> [Double] in
            let draw = (0..<3).map { _ in abs(stream.normal()) }
            let norm = draw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return draw.map { $0 / norm }
        }
        let greedy = SubsetSelection(points, count: 6, reference: [0, 0, 0])
        #expect(greedy.proof == .greedy)
        let all = Hypervolume.of(points, reference: [0, 0, 0])
        let exact = SubsetSelection(Array(points.prefix(12)), count: 6, reference: [0, 0, 0])
        #expect(exact.proof == .exact)
        #expect(greedy.hypervolume >= (1 - 0.36787944117144233) * exact.hypervolume)
        #expect(greedy.hypervolume <= all)
    }
}

@Suite struct ReferencePointTests {
    @Test func worstArmLessATenthOfTheRange() {
        #expect(ReferencePoint.standard(arms: [[1, 5], [2, 5], [3, 5]]) == [0.8, 4.5])
        #expect(ReferencePoint.standard(arms: [[0], [0]]) == [-1])
    }
}
