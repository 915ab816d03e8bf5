import Frontier
import Statistics
import Testing

/// Small integer points, so that volumes can be counted cell by cell.
func randomPoints(_ stream: inout RandomStream, count: Int, width: Int, side: Int) -> [[Double]] {
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

@Suite struct ReferencePointTests {
    @Test func worstArmLessATenthOfTheRange() {
        #expect(ReferencePoint.standard(arms: [[1, 5], [2, 5], [3, 5]]) == [0.8, 4.5])
        #expect(ReferencePoint.standard(arms: [[0], [0]]) == [-1])
    }
}
