import Runtime
import Simulation
import Testing

/// The small version of `espalier-bench hard`: shares of 120 experiments have a standard error of about 2 points, four of which
/// are allowed below; the figures proper come from 1,000.
@Suite struct HardDesignTests {
    @Test(arguments: [
        (HardDesign.rareEvents, 2_000), (.ratio(factor: 2), 2_000), (.ratio(factor: 0.5), 2_000), (.clusters(40), 800),
        (.clusters(200), 2_000), (.dropOut(isWeighted: true), 2_000),
    ])
    func intervalsCover(design: HardDesign, units: Int) throws {
        let tally = try HardDesignTrial(design, units: units).run(count: 120)
        for quantity in HardDesignTrial.Quantity.allCases {
            let share = try #require(tally.share(quantity))
            #expect(share > 0.87, "\(design.name), \(quantity.rawValue): \(share)")
        }
    }

    /// Left out, the same units mislead.
    @Test func dropOutLeftAloneMisleads() throws {
        let tally = try HardDesignTrial(.dropOut(isWeighted: false), units: 2_000).run(count: 60)
        for quantity in [HardDesignTrial.Quantity.average, .fixedTune] {
            let share = try #require(tally.share(quantity))
            #expect(share < 0.85, "\(quantity.rawValue): \(share)")
        }
    }

    @Test func threadsDoNotMatter() throws {
        let trial = HardDesignTrial(.clusters(40), units: 400)
        #expect(try trial.run(count: 4, workers: Workers(count: 1)) == trial.run(count: 4, workers: Workers(count: 2)))
    }
}
