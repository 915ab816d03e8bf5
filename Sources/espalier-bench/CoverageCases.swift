import Foundation
import Simulation

/// `espalier-bench coverage [EXPERIMENTS]`: how often intervals of picked policies cover the truth, on confirm and on tune.
enum CoverageCases {
    static func run(experiments: Int) throws {
        for (name, strength) in [("with effects", 1.0), ("no effect", 0)] {
            let trial = CoverageTrial(units: 2_000, strength: strength)
            let clock = ContinuousClock()
            var tally = CoverageTally([])
            let time = try clock.measure { tally = try CoverageTally.run(trial, count: experiments) }
            print("\(name): \(experiments) experiments of \(trial.units) units, \(trial.picks) picks, \(time)")
            func line(_ what: String, _ share: Double, of count: Int) {
                let error = (share * (1 - share) / Double(max(1, count))).squareRoot()
                print(String(format: "  %@ %5.1f%% (binomial SE %.1f)", what, 100 * share, 100 * error))
            }
            func pad(_ text: String) -> String { text.padding(toLength: 52, withPad: " ", startingAt: 0) }
            print("  \(tally.intervals) intervals in \(tally.experiments) experiments with a pick that counts")
            line(
                pad("confirm, pointwise"), tally.share(ofIntervals: tally.confirmCovered), of: tally.experiments)
            line(
                pad("confirm, jointly (max-t)"), tally.share(ofExperiments: tally.confirmJointly), of: tally.experiments
            )
            line(
                pad("confirm, best pick's first outcome"), tally.share(ofExperiments: tally.bestOnConfirm),
                of: tally.experiments)
            line(pad("tune, pointwise"), tally.share(ofIntervals: tally.tuneCovered), of: tally.experiments)
            line(pad("tune, jointly (max-t)"), tally.share(ofExperiments: tally.tuneJointly), of: tally.experiments)
            line(
                pad("tune, best pick's first outcome"), tally.share(ofExperiments: tally.bestOnTune),
                of: tally.experiments)
        }
    }
}
