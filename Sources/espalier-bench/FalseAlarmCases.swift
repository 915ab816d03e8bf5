import Effects
import Experiments
import Foundation
import Simulation
import Studies

/// `espalier-bench alarms [EXPERIMENTS] [FIRST SEED]`: how many experiments without any effect are reported as heterogeneous.
enum FalseAlarmCases {
    static func run(experiments: Int, from seed: UInt64) throws {
        let registry = LearnerRegistry(EffectsSpec())
        let trial = FalseAlarmTrial(learners: LearnerSpec.judged(with: .t).map(registry.learner))
        var tally: FalseAlarmTally?
        let seconds = try Stopwatch.userSeconds {
            tally = try FalseAlarmTally.run(trial, count: experiments, from: seed)
        }
        guard let tally else { return }
        print(
            "no effect: \(tally.experiments) experiments of \(trial.units) units in "
                + String(format: "%.0f CPU s", seconds))
        func line(_ what: String, _ count: Int, of total: Int) {
            let share = Double(count) / Double(max(1, total))
            let error = (share * (1 - share) / Double(max(1, total))).squareRoot()
            let name = what.padding(toLength: 52, withPad: " ", startingAt: 0)
            print(
                String(
                    format: "  %@ %4d of %4d, %4.1f%% (binomial SE %.1f)", name, count, total, 100 * share, 100 * error)
            )
        }
        let names = trial.learners.map(\.name).joined(separator: ", ")
        line("reported (\(names); Holm over all)", tally.reported, of: tally.experiments)
        for (noise, part) in zip(FalseAlarmTrial.Noise.allCases, tally.byNoise) {
            line("  of those with \(noise) noise", part.reported, of: part.of)
        }
        for (learner, count) in zip(trial.learners, tally.reportedAlone) {
            line("had \(learner.name) been judged alone", count, of: tally.experiments)
        }
        print(
            String(
                format: "  statistics of %@: mean %.3f, sd %.3f", trial.learners[0].name, tally.mean,
                tally.standardDeviation))
    }
}
