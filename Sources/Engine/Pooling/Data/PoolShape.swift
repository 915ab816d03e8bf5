/// What a pool is made of: experiments, their arms, and outcomes by name.
package struct PoolShape: Sendable, Equatable, Codable {
    /// One experiment.
    package struct Entry: Sendable, Equatable, Codable {
        package let name: String
        /// Control first.
        package let arms: [String]
        /// Indices of its outcomes among those of the pool.
        package let outcomes: [Int]

        package init(name: String, arms: [String], outcomes: [Int]) {
            self.name = name
            self.arms = arms
            self.outcomes = outcomes
        }
    }

    /// An arm of an experiment.
    package struct Task: Sendable, Equatable {
        package let experiment: Int
        package let arm: Int
    }

    package let experiments: [Entry]
    /// Names; each stands for the same outcome in every experiment that has it.
    package let outcomes: [String]

    package init(experiments: [Entry], outcomes: [String]) {
        self.experiments = experiments
        self.outcomes = outcomes
    }

    /// Every arm of every experiment, experiment by experiment, control first.
    package var tasks: [Task] {
        experiments.indices.flatMap { experiment in
            experiments[experiment].arms.indices.map { Task(experiment: experiment, arm: $0) }
        }
    }

    /// The place of an experiment's control among the tasks.
    package func firstTask(of experiment: Int) -> Int {
        experiments.prefix(experiment).reduce(0) { $0 + $1.arms.count }
    }

    /// Outcome by outcome.
    package func outcomes(ofTask task: Int) -> [Int] { experiments[tasks[task].experiment].outcomes }
}
