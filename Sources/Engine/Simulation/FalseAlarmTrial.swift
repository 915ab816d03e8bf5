import Effects
import Experiments
import Foundation
import Runtime
import Statistics

/// One experiment whose arms do nothing, judged as the product judges it: does it report effects that differ between units?
///
/// Six covariates of which three move every outcome. Designs and noises take turns by the seed: two arms, three, and three
/// of unequal size, with one or two outcomes; Gaussian noise, a rare binary outcome, and a long right tail.
///
/// Of 1,000 experiments of 1,000 units, seeds from 1, the product's rule reported 41; each learner judged alone reported 52 (t),
/// 52 (x), 48 (r) and 41 (dr).
package struct FalseAlarmTrial: Sendable {
    package enum Noise: CaseIterable, Sendable {
        case gaussian, rareBinary, lognormal
    }

    package struct Design: Sendable {
        /// Control first.
        package let shares: [Double]
        package let outcomes: Int
    }

    package static let designs = [
        Design(shares: [0.5, 0.5], outcomes: 1), Design(shares: [1 / 3.0, 1 / 3.0, 1 / 3.0], outcomes: 2),
        Design(shares: [0.7, 0.15, 0.15], outcomes: 2),
    ]

    package let units: Int
    package let learners: [NamedLearner]

    package init(units: Int = 1_000, learners: [NamedLearner]) {
        self.units = units
        self.learners = learners
    }

    package struct Outcome: Sendable, Equatable {
        /// Whether any arm and outcome is reported by any learner, after Holm over all of them: the product's rule.
        package let isReported: Bool
        /// The same had each learner been judged alone, Holm over its pairs.
        package let isReportedAlone: [Bool]
        /// All statistics of the learner judged first.
        package let statistics: [Double]
    }

    package static func design(seed: UInt64) -> Design { designs[Int(seed % UInt64(designs.count))] }

    package static func noise(seed: UInt64) -> Noise {
        Noise.allCases[Int(seed / UInt64(designs.count) % UInt64(Noise.allCases.count))]
    }

    /// - Throws: `EspalierError`, which no seed has been seen to bring about.
    package func run(seed: UInt64) throws -> Outcome {
        let tests = try LearnerValidation.tests(
            TrainingData(experiment(seed: seed)), learners: learners, context: RunContext(workers: Workers(count: 1)))
        func reports(_ tests: [HeterogeneityTest]) -> Bool {
            Holm.adjusted(tests.map(\.p)).contains { $0 < ModelReport.level }
        }
        return Outcome(
            isReported: reports(tests.flatMap { $0 }), isReportedAlone: tests.map(reports),
            statistics: tests[0].compactMap(\.statistic))
    }

    private func experiment(seed: UInt64) throws -> Experiment {
        let (design, noise) = (Self.design(seed: seed), Self.noise(seed: seed))
        let base = try SyntheticExperiment.make(
            units: units, covariates: 6, arms: design.shares.count, seed: seed,
            splits: SplitSpec(seed: seed, confirm: 0), workers: Workers(count: 1)
        ).experiment
        var stream = RandomStream(seed: seed, purpose: "false alarms")
        let assignment = (0..<units).map { _ -> UInt8 in
            var rest = stream.uniform()
            let arm = design.shares.firstIndex { share in
                rest -= share
                return rest < 0
            }
            return UInt8(arm ?? design.shares.count - 1)
        }
        let outcomes = (0..<design.outcomes).map { index in
            let values = (0..<units).map { unit -> Double in
                let x = base.covariates.prefix(3).map { Double($0.values[unit]) }
                return noise.draw(at: 0.5 * x[0] + abs(x[1]) - 0.5 * x[2], &stream)
            }
            return Experiments.Outcome(
                name: "y\(index)", direction: .maximize, threshold: nil,
                armCosts: Array(repeating: 0, count: design.shares.count), observed: ScaledColumn(values))
        }
        return base.replacing(outcomes: outcomes, assignment: assignment, propensity: .shares(design.shares))
    }
}

extension FalseAlarmTrial.Noise {
    /// An outcome at a baseline with mean about 0.8 and spread about 1.
    fileprivate func draw(at baseline: Double, _ stream: inout RandomStream) -> Double {
        switch self {
        case .gaussian: baseline + stream.normal()
        case .rareBinary: stream.bernoulli(0.05 / (1 + exp(-baseline))) ? 1 : 0
        case .lognormal: exp(0.3 * baseline + stream.normal())
        }
    }
}
