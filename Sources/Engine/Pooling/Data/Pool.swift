import Effects
import Experiments
import Runtime

/// Experiments that share covariates, read and put into one encoding.
package struct Pool: Sendable {
    package let shape: PoolShape
    /// The shared inputs, without layers.
    package let inputs: Embedding
    package private(set) var experiments: [PooledExperiment]
    /// What should be known of how they go together, a sentence each.
    package let notes: [String]
    package let splitRule: SplitRule

    /// What a unit serves for: the same in every experiment that it is part of.
    enum Role {
        /// It fits.
        case training
        /// It chooses settings.
        case held
        /// It judges.
        case judging
    }

    /// - Parameter seed: of the splits.
    /// - Throws: `EspalierError` (.data, .usage) where experiments cannot be pooled.
    package init(_ experiments: [Experiment], seed: UInt64) throws {
        guard experiments.count > 1 else {
            throw EspalierError(
                .usage, "a pool of \(experiments.count == 1 ? "one experiment" : "no experiments") shares nothing",
                remedy: "name two specs or more")
        }
        var seen: Set<String> = []
        for experiment in experiments where !seen.insert(experiment.spec.name).inserted {
            throw EspalierError(
                .data, "two experiments are called \(experiment.spec.name)", remedy: "give each spec a name of its own")
        }
        let (inputs, left) = try PoolInputs.make(experiments)
        let pooled = try experiments.map { try PooledExperiment($0, inputs: inputs) }
        var outcomes: [String] = []
        for name in pooled.flatMap(\.outcomes) where !outcomes.contains(name) { outcomes.append(name) }
        shape = PoolShape(
            experiments: pooled.map { own in
                PoolShape.Entry(
                    name: own.name, arms: own.arms, outcomes: own.outcomes.compactMap { outcomes.firstIndex(of: $0) })
            }, outcomes: outcomes)
        self.inputs = inputs
        self.experiments = Self.commonScales(pooled, outcomes)
        splitRule = SplitRule(seed: seed, confirmShare: 0.3, foldCount: 5)
        notes = PoolNotes.find(pooled, inputs: inputs, left: left)
        for own in pooled {
            let roles = Self.roles(own, splitRule)
            for arm in own.arms.indices
            where !zip(own.assignment, roles).contains(where: { $0 == arm && $1 == .training }) {
                throw EspalierError(
                    .data, "the arm \(own.arms[arm]) of \(own.name) has too few units to fit on",
                    remedy: "leave the arm or the experiment out")
            }
        }
    }

    /// One unit for each outcome, the median of the standard deviations of the controls: one of its own for each experiment
    /// would undo what they have in common. Where an experiment's is far from it, it is hardly the same outcome, and keeps its own.
    private static func commonScales(_ experiments: [PooledExperiment], _ outcomes: [String]) -> [PooledExperiment] {
        var result = experiments
        for name in outcomes {
            let members = result.indices.compactMap { index in
                result[index].outcomes.firstIndex(of: name).map { (experiment: index, slot: $0) }
            }
            let scales = members.map { result[$0.experiment].scales[$0.slot] }.sorted()
            let median = scales[scales.count / 2]
            for member in members {
                let own = result[member.experiment].scales[member.slot]
                guard max(own / median, median / own) <= PoolNotes.scaleRatio else { continue }
                result[member.experiment] = result[member.experiment].rescaling(member.slot, to: median)
            }
        }
        return result
    }

    /// The same with known effects of the units of one experiment, by which learners are judged, too.
    package func knowing(_ effects: [[Double]], of units: [UInt64], experiment: Int) -> Pool {
        var result = self
        result.experiments[experiment] = experiments[experiment].knowing(effects, of: units)
        return result
    }

    package var unitCount: Int { experiments.reduce(0) { $0 + $1.unitCount } }

    /// Standardised features, row-major, of at most so many units: as many of each experiment, the first in the order of their
    /// keys.
    func sample(_ count: Int) -> [Float] {
        let each = max(1, count / experiments.count)
        return experiments.flatMap { $0.features(of: Array(0..<min(each, $0.unitCount))) }
    }

    private static func roles(_ experiment: PooledExperiment, _ rule: SplitRule) -> [Role] {
        zip(rule.confirm(experiment.keys), rule.folds(experiment.keys)).map { confirm, fold in
            confirm ? .judging : fold == 0 ? .held : .training
        }
    }

    /// Units of an experiment with a role, and of an arm where one is given.
    func units(_ role: Role, of experiment: Int, arm: Int? = nil) -> [Int] {
        let own = experiments[experiment]
        let roles = Self.roles(own, splitRule)
        return own.assignment.indices.filter { roles[$0] == role && (arm == nil || Int(own.assignment[$0]) == arm) }
    }

    /// The sums of units with a role.
    /// - Throws: `CancellationError`.
    func sums(_ role: Role, context: RunContext) throws -> PoolSums {
        let tasks = shape.tasks
        let width = inputs.inputs.count
        let own = try context.workers.map(tasks.count) { index -> TaskSums in
            try context.cancellation.check()
            let experiment = experiments[tasks[index].experiment]
            let units = units(role, of: tasks[index].experiment, arm: tasks[index].arm)
            var sums = TaskSums(width: width, outcomeCount: experiment.outcomes.count)
            // Blocks that stay in the cache.
            for start in stride(from: 0, to: units.count, by: 1024) {
                let block = Array(units[start..<min(start + 1024, units.count)])
                sums.add(
                    features: experiment.features(of: block).map(Double.init),
                    values: experiment.values.map { column in block.map { Double(column[$0]) } })
            }
            return sums
        }
        return PoolSums(shape: shape, tasks: own)
    }

    /// The rows of units with a role, for a network.
    func rows(_ role: Role) -> PoolRows {
        var rows = PoolRows(shape: shape, width: inputs.inputs.count)
        for (index, task) in shape.tasks.enumerated() {
            let units = units(role, of: task.experiment, arm: task.arm)
            let own = experiments[task.experiment]
            rows.add(
                task: index, features: own.features(of: units),
                values: own.values.map { column in units.map { column[$0] } })
        }
        return rows
    }
}
