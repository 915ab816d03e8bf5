import Foundation
import Simulation

/// `espalier-bench hard [EXPERIMENTS]`: how often intervals cover on data where they are easily wrong.
enum HardDesignCases {
    private static let designs: [(HardDesign, units: Int)] = [
        (.rareEvents, 2_000), (.ratio(factor: 2), 2_000), (.ratio(factor: 0.5), 2_000), (.clusters(40), 800),
        (.clusters(200), 2_000),
    ]

    static func run(experiments: Int) throws {
        for (design, units) in designs {
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
