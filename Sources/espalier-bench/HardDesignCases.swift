import Foundation
import Simulation

/// `espalier-bench hard [EXPERIMENTS [DESIGN]]`: how often intervals cover on data where they are easily wrong.
enum HardDesignCases {
    private static let designs: [(HardDesign, units: Int)] = [
        (.rareEvents, 2_000), (.ratio(factor: 2), 2_000), (.ratio(factor: 0.5), 2_000), (.clusters(40), 800),
        (.clusters(200), 2_000), (.dropOut(isWeighted: true), 2_000),
    ]

    /// - Parameter word: what a design's name holds; nil runs all.
    static func run(experiments: Int, of word: String?) throws {
        for (design, units) in designs where word.map(design.name.contains) ?? true {
            let clock = ContinuousClock()
            var tally = HardDesignTrial.Tally()
            let time = try clock.measure { tally = try HardDesignTrial(design, units: units).run(count: experiments) }
            print("\(design.name): \(experiments) experiments of \(units) units, \(time)")
            for quantity in HardDesignTrial.Quantity.allCases {
                guard let share = tally.share(quantity) else { continue }
                let error = (share * (1 - share) / Double(experiments)).squareRoot()
                print(
                    String(
                        format: "  %@ %5.1f%% (binomial SE %.1f)",
                        quantity.rawValue.padding(toLength: 46, withPad: " ", startingAt: 0), 100 * share, 100 * error))
            }
        }
    }
}
