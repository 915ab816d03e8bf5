import Foundation
import Frontier
import Policies
import Statistics

/// Fronts of many points: growing an archive, finding the non-dominated, and the exact hypervolume.
enum ArchiveCases {
    static func run() throws {
        print("\nfronts of mutually non-dominated points")
        let knobs = PolicyKnobs(weights: [1], biases: [0], shrinkage: [0])
        for width in [2, 3, 4, 6] {
            let points = sphere(100_000, width)
            var archive = FrontArchive(limit: 200_000)
            let growth = Stopwatch.median(1) {
                for point in points { archive.add(FrontPoint(knobs: knobs, values: point)) }
            }
            let filter = Stopwatch.median(1) { _ = Dominance.front(points) }
            print(
                String(
                    format:
                        "  %d objectives, 100,000 points: archive grown one by one %.2f s (%.1f us each), front %.2f s",
                    width, growth / 1e3, growth / 100, filter / 1e3))
        }
        for (width, count) in [(2, 100_000), (3, 100_000), (4, 1_000), (5, 300), (6, 150), (8, 50)] {
            let points = sphere(count, width)
            let time = Stopwatch.median(1) {
                _ = Hypervolume.of(points, reference: Array(repeating: 0, count: width))
            }
            print(String(format: "  exact hypervolume, %d objectives, %d points: %.1f ms", width, count, time))
        }
    }

    private static func sphere(_ count: Int, _ width: Int) -> [[Double]] {
        var stream = RandomStream(seed: UInt64(width))
        return (0..<count).map { _ in
            let draw = (0..<width).map { _ in abs(stream.normal()) }
            let norm = draw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return draw.map { $0 / norm }
        }
    }
}
