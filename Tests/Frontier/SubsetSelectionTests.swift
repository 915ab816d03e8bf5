import Foundation
import Frontier
import Runtime
import Statistics
import Testing

@Suite struct SubsetSelectionTests {
    /// The most that up to 1, 2, ... `most` of the points keep, by trying every subset.
    private func best(_ points: [[Double]], upTo most: Int, _ reference: [Double]) -> [Double] {
        var best = [Double](repeating: 0, count: most + 1)
        for mask in 1..<(1 << points.count) where mask.nonzeroBitCount <= most {
            let chosen = points.indices.filter { mask >> $0 & 1 == 1 }.map { points[$0] }
            let size = mask.nonzeroBitCount
            best[size] = max(best[size], Hypervolume.of(chosen, reference: reference))
        }
        for size in 1...most { best[size] = max(best[size], best[size - 1]) }
        return best
    }

    /// Small integers, so that ties, duplicates and dominated points, and points on and below the reference, are common.
    @Test(arguments: [(1, 300), (2, 2_000), (3, 1_500), (4, 200)]) func keepsTheMostThatAnySubsetKeeps(
        width: Int, sets: Int
    ) throws {
        let reference = [Double](repeating: 1, count: width)
        let wrong = try Workers().map(sets) { index -> Int in
            var stream = RandomStream(seed: UInt64(index), purpose: "subsets \(width)")
            let size = 1 + stream.index(below: width > 3 ? 6 : 8)
            let points = randomPoints(&stream, count: size, width: width, side: 7)
            let most = best(points, upTo: 4, reference)
            return (1...4).count { count in
                let selection = SubsetSelection(points, count: count, reference: reference)
                let kept = Hypervolume.of(selection.indices.map { points[$0] }, reference: reference)
                return abs(selection.hypervolume - most[count]) > 1e-9 || abs(kept - most[count]) > 1e-9
                    || selection.proof != .exact || selection.indices.count > count
                    || Set(selection.indices).count != selection.indices.count || selection.guarantee != 1
            }
        }
        #expect(wrong.reduce(0, +) == 0)
    }

    /// Points on a sphere octant, none dominated.
    private func sphere(_ count: Int, width: Int, seed: UInt64) -> [[Double]] {
        var stream = RandomStream(seed: seed)
        return (0..<count).map { _ in
            let draw = (0..<width).map { _ in abs(stream.normal()) }
            let norm = draw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return draw.map { $0 / norm }
        }
    }

    /// Branch and bound against every subset, at a size where it prunes most of them; greed's bound is never below the best.
    @Test func boundsHoldAndPruningLosesNothing() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            let points = sphere(14, width: 3, seed: seed)
            let origin = [0.0, 0, 0]
            let most = best(points, upTo: 4, origin)[4]
            let exact = SubsetSelection(points, count: 4, reference: origin)
            #expect(exact.proof == .exact && abs(exact.hypervolume - most) < 1e-12)
            let greedy = SubsetSelection(points, count: 4, reference: origin, effort: 0)
            #expect(greedy.proof == .greedy && greedy.bound >= most - 1e-12)
            #expect(greedy.hypervolume >= greedy.guarantee * most - 1e-12)
            #expect(greedy.hypervolume >= (1 - exp(-1)) * most)
            // Given up half way: the bound still holds.
            let partial = SubsetSelection(points, count: 4, reference: origin, effort: 60)
            #expect(partial.proof == .greedy && partial.bound >= most - 1e-12)
            #expect(partial.hypervolume >= greedy.hypervolume)
        }
    }

    @Test func greedSaysWhatItIsSureToKeep() {
        let points = sphere(120, width: 3, seed: 3)
        let selection = SubsetSelection(points, count: 8, reference: [0, 0, 0], effort: 2_000)
        #expect(selection.proof == .greedy)
        #expect(selection.guarantee > 0.7 && selection.guarantee < 1)
        #expect(selection.bound <= Hypervolume.of(points, reference: [0, 0, 0]) + 1e-12)
    }

    @Test func representativesHoldTheBestOfEveryOutcome() {
        let points = sphere(200, width: 3, seed: 4)
        let chosen = FrontRepresentatives.choose(points, reference: [0, 0, 0])
        #expect((12...15).contains(chosen.count))
        for j in 0..<3 {
            let best = points.indices.max { points[$0][j] < points[$1][j] } ?? -1
            #expect(chosen.contains(best))
        }
    }

    @Test func nothingAboveTheReferencePicksNothing() {
        let selection = SubsetSelection([[0, 0], [1, 0]], count: 2, reference: [1, 1])
        #expect(selection.indices.isEmpty && selection.hypervolume == 0 && selection.share == 0)
        #expect(SubsetSelection([], count: 2, reference: [1, 1]).indices.isEmpty)
    }

    /// What is kept stays, and what is chosen beside it adds most at each step.
    @Test func choosesBesideWhatIsKept() throws {
        var stream = RandomStream(seed: 3, purpose: "beside")
        for _ in 0..<50 {
            let points = (0..<9).map { _ in (0..<3).map { _ in stream.uniform() } }
            let kept = [stream.index(below: 9)]
            let reference = [0.0, 0, 0]
            let selection = SubsetSelection.beside(kept, of: points, count: 3, reference: reference)
            #expect(selection.indices.contains(kept[0]) && selection.indices.count <= 3)
            let own = Hypervolume.of(selection.indices.map { points[$0] }, reference: reference)
            #expect(abs(own - selection.hypervolume) < 1e-12)
            // No single other point would have added more at the first step.
            let first =
                points.indices.filter { $0 != kept[0] }.map { index in
                    Hypervolume.of([points[kept[0]], points[index]], reference: reference)
                }.max() ?? 0
            let pairs =
                selection.indices.filter { $0 != kept[0] }.map { index in
                    Hypervolume.of([points[kept[0]], points[index]], reference: reference)
                }.max() ?? first
            #expect(abs(pairs - first) < 1e-12 || selection.indices.count == 1)
        }
        let points = [[1.0, 2], [2, 1], [0.5, 0.5]]
        let plain = SubsetSelection.beside([], of: points, count: 2, reference: [0, 0])
        #expect(plain == SubsetSelection(points, count: 2, reference: [0, 0]))
    }
}
