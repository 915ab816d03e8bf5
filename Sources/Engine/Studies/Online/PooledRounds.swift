import Effects
import Experiments
import Online
import Policies
import Runtime
import Texts

/// The rounds of online tests that a fit holds beside the log (METHODS 8.4).
package struct PooledRounds: Sendable, Equatable, Codable {
    /// Their numbers, ascending.
    package let rounds: [Int]
    /// Units of all of them.
    package let unitCount: Int
    /// By outcome and then by period, the log first: what was taken out of the outcomes, in their own units.
    package let levels: [[Double]]

    /// One sentence without its full stop.
    package var caveat: String {
        let numbers = rounds.map(String.init).joined(separator: ", ")
        return
            "\(NumberText.grouped(unitCount)) units of \(rounds.count == 1 ? "round" : "rounds") \(numbers) stand beside "
            + "those of the log, by the propensities of both; what the periods' levels differ by is taken out of the outcomes"
    }
}

/// The units of the log and of rounds as one experiment.
struct PooledExperiment: Sendable {
    let experiment: Experiment
    let pooled: PooledRounds

    /// A round with what is kept of its units.
    struct Part: Sendable {
        let number: Int
        let arms: [UInt8]
        let keys: [UInt64]
        let covariates: [[Float]]
        /// Gross of costs, in the outcomes' own units.
        let outcomes: [[Double]]
    }

    /// - Parameters:
    ///   - propensities: of every unit in the order log, rounds, by arm.
    ///   - levels: known ones; nil estimates them.
    /// - Throws: `CancellationError`.
    init(
        _ log: Experiment, _ parts: [Part], propensities: [[Float]], levels: [[Double]]? = nil, context: RunContext
    ) throws {
        let arms = log.assignment + parts.flatMap(\.arms)
        let keys = log.units.keys + parts.flatMap(\.keys)
        let periods =
            Array(repeating: UInt8(0), count: log.unitCount)
            + parts.enumerated().flatMap { Array(repeating: UInt8($0.offset + 1), count: $0.element.keys.count) }
        let covariates = log.covariates.enumerated().map { index, covariate in
            Covariate(
                name: covariate.name, encoding: covariate.encoding,
                values: covariate.values + parts.flatMap { $0.covariates[index] })
        }
        let gross = log.outcomes.enumerated().map { j, outcome in
            (0..<log.unitCount).map { outcome.observed.value($0) }
                + parts.flatMap { part in part.outcomes[j].map { outcome.clipped($0) } }
        }
        let found: [[Double]]
        if let levels {
            found = levels
        } else {
            let scaled = zip(gross, log.outcomes).map { column, outcome -> [Float] in
                let (centre, scale) = (outcome.observed.centre, outcome.observed.scale)
                return column.map { Float(($0 - centre) / scale) }
            }
            let estimated = try PeriodLevels.estimate(
                scaled, periods: periods, periodCount: parts.count + 1, arms: arms, armCount: log.arms.count,
                design: CovariateDesign(covariates, isFlexible: true).columns, context: context)
            found = zip(estimated, log.outcomes).map { levels, outcome in levels.map { $0 * outcome.observed.scale } }
        }
        let isConfirm = log.splitRule.confirm(keys)
        // Canonical order; a unit that was in several periods stands there once for each.
        let order = keys.indices.sorted { a, b in
            if isConfirm[a] != isConfirm[b] { return isConfirm[b] }
            return (keys[a], periods[a], a) < (keys[b], periods[b], b)
        }
        let rows = log.units.rows + parts.flatMap { Array(repeating: UInt32(0), count: $0.keys.count) }
        experiment = log.replacing(
            outcomes: log.outcomes.enumerated().map { j, outcome in
                outcome.replacing(
                    observed: ScaledColumn(order.map { gross[j][$0] - found[j][Int(periods[$0])] }),
                    preperiod: outcome.preperiod.map { before in
                        // Units without a value take the mean, which changes nothing for them.
                        ScaledColumn(
                            centre: before.centre, scale: before.scale,
                            values: order.map { $0 < log.unitCount ? before.values[$0] : 0 })
                    })
            },
            covariates: covariates.map { covariate in
                Covariate(
                    name: covariate.name, encoding: covariate.encoding, values: order.map { covariate.values[$0] })
            },
            units: Units(keys: order.map { keys[$0] }, rows: order.map { rows[$0] }),
            assignment: order.map { arms[$0] },
            propensity: .columns(propensities.map { column in order.map { column[$0] } }),
            tuneCount: isConfirm.count { !$0 })
        pooled = PooledRounds(
            rounds: parts.map(\.number), unitCount: parts.reduce(0) { $0 + $1.keys.count }, levels: found)
    }
}

extension Outcome {
    /// As the log's values were pulled in.
    fileprivate func clipped(_ value: Double) -> Double {
        winsorizing.map { min(max(value, $0.low), $0.high) } ?? value
    }

    fileprivate func replacing(observed: ScaledColumn, preperiod: ScaledColumn?) -> Outcome {
        Outcome(
            name: name, direction: direction, threshold: threshold, armCosts: armCosts, observed: observed,
            winsorizing: winsorizing, preperiod: preperiod, denominators: denominators, indexError: indexError,
            isHeldApart: isHeldApart)
    }
}

extension Study {
    /// The log with all rounds that were read under the present fit, and the propensities of their units.
    /// - Throws: `EspalierError` (.usage) where rounds cannot stand beside the log; `CancellationError`.
    func pooledExperiment(_ context: RunContext) throws -> (pooled: PooledExperiment, propensities: [[Float]]) {
        func refuse(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.usage, message, file: file.path, remedy: remedy)
        }
        guard description.pooled == nil else {
            throw refuse(
                "the fit holds rounds already, and what the policies of then would give other units is not known any more",
                "fit the log again, and read all rounds under that fit")
        }
        guard description.spec.treatment.assignment.isRandomised, let models = try file.models() else {
            throw refuse(
                "rounds stand beside a log whose arms were randomised and whose effects were fitted",
                "choose the next policies with `espalier online next`, which needs no refit")
        }
        let fit = try file.fitNumber()
        let rounds = try file.rounds(in: self)
        let usable = rounds.filter { $0.stands(under: fit, description.covariates) }
        guard usable.count == rounds.count, !usable.isEmpty else {
            let left = rounds.filter { round in !usable.contains { $0.number == round.number } }.map { "\($0.number)" }
            throw refuse(
                rounds.isEmpty
                    ? "no round of an online test counts"
                    : "round \(left.joined(separator: ", ")) has no covariates of its units under the present fit",
                rounds.isEmpty
                    ? "read one with `espalier online read`"
                    : "read it again, with --covariates where the results do not hold them, or take it back with --take-back"
            )
        }
        let log = try readExperiment(context: context)
        let parts = try usable.map { try part($0) }
        let columns = log.covariates.indices.map { index in
            log.covariates[index].values + parts.flatMap { $0.covariates[index] }
        }
        let keys = log.units.keys + parts.flatMap(\.keys)
        let effects = try effects(models, columns, keys: keys, context)
        let total = Float(keys.count)
        let own = try logPropensities(log, count: keys.count)
        var propensities = own.map { column in column.map { $0 * Float(log.unitCount) / total } }
        for round in usable {
            try context.cancellation.check()
            let given = try ArmsGiven(self, round.plan, covariates: columns, effects: effects, keys: keys, context)
            let share = Float(round.unitCount) / total
            for (arm, column) in given.propensities(round.plan).enumerated() {
                for unit in column.indices { propensities[arm][unit] += share * column[unit] }
            }
        }
        return (try PooledExperiment(log, parts, propensities: propensities, context: context), propensities)
    }

    /// The log's propensities of its own units and of others.
    private func logPropensities(_ log: Experiment, count: Int) throws -> [[Float]] {
        guard case .shares(let shares) = log.propensity else {
            throw EspalierError(
                .usage, "the log's propensities vary by unit, and those of the rounds' units are not known",
                file: file.path, remedy: "choose the next policies with `espalier online next`, which needs no refit")
        }
        return shares.map { Array(repeating: Float($0), count: count) }
    }

    /// A round's units as the log's stand there.
    func part(_ round: RoundRecord) throws -> PooledExperiment.Part {
        let (rows, units) = try file.rows(round)
        guard let units, let arms = rows.arms ?? units.certainArms else {
            throw EspalierError(
                .usage, "round \(round.number) has no arms of its units", file: file.path,
                remedy: "read its results with the column arm")
        }
        let outcomes = space.outcomes.enumerated().map { j, outcome in
            zip(rows.outcomes[round.index(of: outcome.name)], arms).map { $0 + description.armCosts[Int($1)][j] }
        }
        return PooledExperiment.Part(
            number: round.number, arms: arms, keys: rows.keys, covariates: units.covariates, outcomes: outcomes)
    }
}
