import Effects
import Runtime
import Statistics

/// How many experiments without any effect are reported as heterogeneous.
package struct FalseAlarmTally: Sendable {
    package let experiments: Int
    /// By the product's rule.
    package let reported: Int
    /// Had each learner been judged alone, in the order of the trial's learners.
    package let reportedAlone: [Int]
    /// By noise, in the order of its cases: reported, of how many.
    package let byNoise: [(reported: Int, of: Int)]
    /// Of the statistics of the first learner, which are standard normal if the test is right.
    package let mean: Double
    package let standardDeviation: Double

    /// Runs trials of consecutive seeds.
    package static func run(
        _ trial: FalseAlarmTrial, count: Int, from seed: UInt64 = 1, workers: Workers = Workers()
    ) throws -> FalseAlarmTally {
        FalseAlarmTally(
            try workers.map(count) { try trial.run(seed: seed + UInt64($0)) }, trial: trial, from: seed)
    }

    private init(_ outcomes: [FalseAlarmTrial.Outcome], trial: FalseAlarmTrial, from seed: UInt64) {
        experiments = outcomes.count
        reported = outcomes.count(where: \.isReported)
        reportedAlone = trial.learners.indices.map { learner in outcomes.count { $0.isReportedAlone[learner] } }
        byNoise = FalseAlarmTrial.Noise.allCases.map { noise in
            let own = outcomes.indices.filter { FalseAlarmTrial.noise(seed: seed + UInt64($0)) == noise }
            return (own.count { outcomes[$0].isReported }, own.count)
        }
        let moments = Moments(outcomes.flatMap(\.statistics))
        mean = moments.mean
        standardDeviation = moments.standardDeviation
    }
}
