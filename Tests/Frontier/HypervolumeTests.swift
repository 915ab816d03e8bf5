import Foundation
import Frontier
import Policies
import Statistics
import Testing

/// Small integer points, so that volumes can be counted cell by cell.
func randomPoints(_ stream: inout RandomStream, count: Int, width: Int, side: Int) -> [[Double]] {
    (0..<count).map { _ in (0..<width).map { _ in Double(stream.index(below: side + 1)) } }
}

/// Whether `a` is at least as good everywhere and better somewhere, more being better.
func dominates(_ a: [Double], _ b: [Double]) -> Bool {
    zip(a, b).allSatisfy { $0 >= $1 } && a != b
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

/// Points of a linear congruential generator, so that other programs can repeat them: coordinates from 1 to 1000.
private func congruentialPoints(_ count: Int, _ width: Int, seed: UInt64) -> [[Double]] {
    var state = seed
    return (0..<count).map { _ in
        (0..<width).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double((state >> 40) % 1_000 + 1)
        }
    }
}

/// The same, on the octant of the unit sphere: a front with nothing dominated.
private func spherePoints(_ count: Int, _ width: Int, seed: UInt64) -> [[Double]] {
    congruentialPoints(count, width, seed: seed).map { point in
        let norm = point.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return point.map { $0 / norm }
    }
}

@Suite struct HypervolumeTests {
    /// Exact against counting, with ties, duplicates and dominated points.
    @Test(arguments: [1, 2, 3, 4, 5, 6]) func equalsCounting(width: Int) {
        var stream = RandomStream(seed: UInt64(width))
        let side = width > 4 ? 3 : width > 3 ? 4 : 6
        for _ in 0..<700 {
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

    /// moocore 0.3.2, `hypervolume(points, ref=0, maximise=True)` of the same points.
    @Test(arguments: [
        (2, 200, 997_225.0), (3, 200, 949_950_786.0), (4, 120, 726_678_949_414.0), (5, 80, 511_974_588_665_366.0),
        (6, 60, 3.37432657050004e17), (7, 40, 1.2388838544247793e20),
    ])
    func agreesWithMoocore(width: Int, count: Int, expected: Double) {
        let points = congruentialPoints(count, width, seed: UInt64(width))
        let volume = Hypervolume.of(points, reference: Array(repeating: 0, count: width))
        #expect(abs(volume - expected) <= 1e-12 * expected)
    }

    /// moocore 0.3.2 on fronts with nothing dominated.
    @Test(arguments: [
        (3, 300, 0.4833678342872948), (4, 200, 0.21263575615112015), (5, 120, 0.0701063748291206),
        (6, 80, 0.016719928350445824),
    ])
    func agreesWithMoocoreOnSpheres(width: Int, count: Int, expected: Double) {
        let points = spherePoints(count, width, seed: UInt64(10 + width))
        let volume = Hypervolume.of(points, reference: Array(repeating: 0, count: width))
        #expect(abs(volume - expected) <= 1e-12)
    }
}

@Suite struct DominanceTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6]) func frontHoldsWhatNothingDominates(width: Int) {
        var stream = RandomStream(seed: 9 + UInt64(width))
        for _ in 0..<500 {
            let points = randomPoints(&stream, count: 1 + stream.index(below: 60), width: width, side: 3)
            let front = Dominance.front(points)
            for index in points.indices {
                let isDominated = points.contains { dominates($0, points[index]) }
                let first = points.firstIndex(of: points[index])
                #expect(front.contains(index) == (!isDominated && first == index))
            }
        }
    }

    /// moocore 0.3.2, `is_nondominated(points, maximise=True, keep_weakly=False)`.
    @Test(arguments: [(2, 200, 3), (3, 200, 13), (4, 120, 36), (5, 80, 44), (6, 60, 37), (7, 40, 34)])
    func frontAgreesWithMoocore(width: Int, count: Int, expected: Int) {
        #expect(Dominance.front(congruentialPoints(count, width, seed: UInt64(width))).count == expected)
    }

    /// The archive that grows point by point holds the values that the front of all points has, in any order of arrival.
    @Test(arguments: [1, 2, 3, 4, 6]) func archiveHoldsTheFront(width: Int) {
        var stream = RandomStream(seed: 50 + UInt64(width))
        let knobs = PolicyKnobs(weights: [1], biases: [0], shrinkage: [0])
        for round in 0..<60 {
            let points = randomPoints(&stream, count: 300, width: width, side: round < 30 ? 5 : 40)
            var archive = FrontArchive(limit: 10_000)
            for point in points { archive.add(FrontPoint(knobs: knobs, values: point)) }
            let front = Dominance.front(points).map { points[$0] }
            #expect(Set(archive.points.map(\.values)) == Set(front))
            #expect(archive.count == front.count)
        }
    }

    @Test func thinningKeepsTheEndsAndMostOfTheVolume() throws {
        let knobs = PolicyKnobs(weights: [1], biases: [0], shrinkage: [0])
        let points = spherePoints(2_000, 3, seed: 4)
        var archive = FrontArchive(limit: 5_000)
        archive.add(points.map { FrontPoint(knobs: knobs, values: $0) })
        let all = Hypervolume.of(points, reference: [0, 0, 0])
        archive.thin(to: 200)
        #expect(archive.count == 200)
        for j in 0..<3 {
            #expect(archive.points.map { $0.values[j] }.max() == points.map { $0[j] }.max())
        }
        #expect(Hypervolume.of(archive.points.map(\.values), reference: [0, 0, 0]) > 0.94 * all)
        let copy = try JSONDecoder().decode(FrontArchive.self, from: JSONEncoder().encode(archive))
        #expect(copy.points == archive.points)
    }
}

@Suite struct ReferencePointTests {
    @Test func worstArmLessATenthOfTheRange() {
        #expect(ReferencePoint.standard(arms: [[1, 5], [2, 5], [3, 5]]) == [0.8, 4.5])
        #expect(ReferencePoint.standard(arms: [[0], [0]]) == [-1])
    }

    /// With many objectives a whole front is measured by drawing: near the exact volume, always the same, and exact where that is
    /// cheap.
    @Test(arguments: [8, 10]) func manyObjectivesAreMeasuredByDrawing(width: Int) throws {
        var stream = RandomStream(seed: 5, purpose: "many objectives")
        for _ in 0..<4 {
            let points = (0..<32).map { _ in (0..<width).map { _ in 0.2 + stream.uniform() } }
            let reference = [Double](repeating: 0, count: width)
            let exact = Hypervolume.of(points, reference: reference)
            let drawn = Hypervolume.approximate(points, reference: reference)
            #expect(abs(drawn / exact - 1) < 0.08, "\(drawn) of \(exact)")
            #expect(drawn == Hypervolume.approximate(points, reference: reference))
            let few = Array(points.prefix(20))
            #expect(
                Hypervolume.approximate(few, reference: reference) == Hypervolume.of(few, reference: reference))
        }
        let wide = (0..<300).map { _ in (0..<13).map { _ in stream.uniform() } }
        let volume = Hypervolume.approximate(wide, reference: [Double](repeating: 0, count: 13))
        #expect(volume > 0 && volume < 1)
    }
}
