import Effects
import Experiments
import Runtime
import Statistics

/// Many experiments tested for heterogeneity at one false discovery rate (S3: 23% of one company's 35 showed any).
package struct PortfolioScan: Sendable, Equatable, Codable {
    /// One arm and outcome of one experiment.
    package struct Finding: Sendable, Equatable, Codable {
        package let spec: String
        package let experiment: String
        package let units: Int
        package let arm: String
        package let outcome: String
        /// The average effect on tune, net of arm costs.
        package let effect: MeanDifference
        /// The learner whose test is strongest, and its statistic; nil where none tells units apart.
        package let learner: String
        package let statistic: Double?
        /// That test's p, times the number of learners.
        package let p: Double
        /// After Benjamini-Hochberg over all experiments, arms and outcomes.
        package let adjustedP: Double
        package let isDetected: Bool
    }

    /// What must be repeated beside the findings of an experiment.
    package struct Caveat: Sendable, Equatable, Codable {
        package let experiment: String
        package let sentence: String
    }

    /// A spec that could not be tested, and why.
    package struct Failure: Sendable, Equatable, Codable {
        package let spec: String
        package let error: String
    }

    /// The expected share of false reports among the detected.
    package let rate: Double
    package let findings: [Finding]
    package let failures: [Failure]
    package let caveats: [Caveat]
    /// Experiments with any detected pair.
    package let detectedExperiments: Int
    /// Experiments that were tested.
    package let testedExperiments: Int

    /// - Parameters:
    ///   - found: per experiment its findings, p not yet adjusted.
    init(rate: Double, found: [[Finding]], failures: [Failure], caveats: [Caveat]) {
        let all = found.flatMap { $0 }
        let adjusted = FalseDiscovery.adjusted(all.map(\.p))
        self.rate = rate
        self.failures = failures
        self.caveats = caveats
        findings = zip(all, adjusted).map { $0.adjusted(to: $1, rate: rate) }
        var detected = 0
        var start = 0
        for own in found {
            if findings[start..<start + own.count].contains(where: \.isDetected) { detected += 1 }
            start += own.count
        }
        detectedExperiments = detected
        testedExperiments = found.count
    }

    /// Tests every spec in turn; what stops one does not stop the others.
    /// - Parameters:
    ///   - learners: tested in each; a pair counts by its strongest.
    ///   - failed: told of every failure as it comes.
    /// - Throws: `CancellationError`.
    package static func run(
        _ specs: [String], learners: [LearnerSpec], rate: Double, context: RunContext,
        failed: (String, EspalierError) -> Void
    ) throws -> PortfolioScan {
        var found: [[Finding]] = []
        var failures: [Failure] = []
        var caveats: [Caveat] = []
        let silent = RunContext(workers: context.workers, cancellation: context.cancellation)
        for (index, spec) in specs.enumerated() {
            try context.cancellation.check()
            context.report(Progress(phase: "testing \(spec)", done: index, total: specs.count))
            do {
                let experiment = try experiment(of: spec, context: silent)
                found.append(try findings(of: experiment, spec: spec, learners: learners, context: silent))
                caveats += experiment.caveats.map { Caveat(experiment: experiment.spec.name, sentence: $0) }
            } catch let error as EspalierError {
                failures.append(Failure(spec: spec, error: error.description))
                failed(spec, error)
            }
        }
        return PortfolioScan(rate: rate, found: found, failures: failures, caveats: caveats)
    }

    private static func experiment(of spec: String, context: RunContext) throws -> Experiment {
        let reading = try Experiment.read(specPath: spec, context: context)
        let health = try HealthReport.examine(reading, workers: context.workers)
        if let refusal = health.fitRefusal(file: spec) { throw refusal }
        return reading.experiment
    }

    private static func findings(
        of experiment: Experiment, spec: String, learners: [LearnerSpec], context: RunContext
    ) throws -> [Finding] {
        // An experiment with a pool is tested on its representation too.
        let own = experiment.spec.effects.learner
        let learners = own.pool == nil || learners.contains(own) ? learners : learners + [own]
        let tests = try LearnerValidation.tests(experiment, learners: learners, context: context)
        let averages = AverageEffect.estimate(experiment, over: experiment.tune)
        return averages.indices.map { pair in
            let strongest = learners.indices.min { tests[$0][pair].p < tests[$1][pair].p } ?? 0
            let test = tests[strongest][pair]
            return Finding(
                spec: spec, experiment: experiment.spec.name, units: experiment.tuneCount,
                arm: experiment.arms[averages[pair].arm], outcome: experiment.outcomes[averages[pair].outcome].name,
                effect: averages[pair].difference, learner: learners[strongest].name, statistic: test.statistic,
                p: min(1, test.p * Double(learners.count)), adjustedP: 1, isDetected: false)
        }
    }
}

extension PortfolioScan.Finding {
    fileprivate func adjusted(to p: Double, rate: Double) -> PortfolioScan.Finding {
        PortfolioScan.Finding(
            spec: spec, experiment: experiment, units: units, arm: arm, outcome: outcome, effect: effect,
            learner: learner, statistic: statistic, p: self.p, adjustedP: p, isDetected: p <= rate)
    }
}
