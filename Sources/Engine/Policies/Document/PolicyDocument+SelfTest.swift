import Effects
import Experiments
import Foundation
import Runtime

extension PolicyDocument {
    private static let rowCount = 5
    /// How far an effect may be off on another processor, relative to 1 or to the effect.
    private static let tolerance: Float = 1e-5
    private static let scoreTolerance = 1e-9

    /// The same with invented units and what the policy makes of them: numbers between two cuts of the models or trees, levels of the
    /// covariates in turn, and missing values. No unit of any study goes in.
    /// - Throws: `EspalierError`, `CancellationError`.
    package func withSelfTest(context: RunContext) throws -> PolicyDocument {
        let inputs = inventedRows()
        var document = self
        document.selfTest = try scored(inputs + exploringRow(like: inputs), context: context)
        return document
    }

    /// Scores the invented units again.
    /// - Throws: `EspalierError` (.data) where something else comes out than the file says; `CancellationError`.
    package func checkSelfTest(file: String, context: RunContext) throws {
        guard let rows = selfTest else { return }
        let remedy = "export the policy again; the file was changed, or it is of another version"
        let again: [SelfTestRow]
        do {
            again = try scored(rows, context: context)
        } catch let error as EspalierError {
            throw EspalierError(
                .data, "the policy's self-test cannot run: \(error.message)", file: file, remedy: remedy)
        }
        for (row, own) in zip(rows, again) {
            guard let found = Self.difference(row, own) else { continue }
            throw EspalierError(
                .data, "the policy's self-test does not come out: the unit \(row.unit) has \(found)", file: file,
                remedy: remedy)
        }
    }

    /// What differs first: "arm a here, b in the file".
    private static func difference(_ row: SelfTestRow, _ own: SelfTestRow) -> String? {
        func text(_ what: String, _ mine: some CustomStringConvertible, _ its: some CustomStringConvertible) -> String {
            "\(what) \(mine) here, \(its) in the file"
        }
        if row.hash != own.hash { return text("hash", own.hash, row.hash) }
        if row.fold != own.fold { return text("fold", own.fold, row.fold) }
        if row.cohort != own.cohort { return text("cohort", own.cohort ?? 0, row.cohort ?? 0) }
        for (arm, effects) in own.effects.sorted(by: { $0.key < $1.key }) {
            for (outcome, effect) in effects.sorted(by: { $0.key < $1.key }) {
                guard let its = row.effects[arm]?[outcome] else {
                    return "no effect of \(arm) on \(outcome) in the file"
                }
                guard abs(effect - its) > tolerance * max(1, abs(its)) else { continue }
                return text("an effect of \(arm) on \(outcome) of", effect, its)
            }
        }
        if let score = own.score {
            guard let its = row.score else { return "no score in the file" }
            // A network's tanh differs in its last digits from one processor to another.
            guard abs(score - its) <= scoreTolerance * max(1, abs(its)) else { return text("a score of", score, its) }
        }
        if row.heldOut != own.heldOut { return text("holdout", own.heldOut, row.heldOut) }
        if row.explored != own.explored {
            return text("exploration", own.explored ?? false, row.explored ?? false)
        }
        for (mine, its) in zip(own.propensities ?? [], row.propensities ?? [])
        where !(abs(mine - its) <= scoreTolerance) {
            return text("a propensity of", mine, its)
        }
        if row.propensities?.count != own.propensities?.count { return "no propensity of every arm in the file" }
        return row.arm == own.arm ? nil : text("arm", own.arm, row.arm)
    }

    /// One more of the invented units, that explores: among a few that hardly any would.
    private func exploringRow(like rows: [SelfTestRow]) -> [SelfTestRow] {
        guard let exploration = assignment.exploration, let first = rows.first else { return [] }
        let draw = ExplorationDraw(exploration, of: self, period: 0)
        let holdout = SaltedDraw(seed: assignment.seed, salt: assignment.salts.holdout)
        let names = (rows.count + 1...rows.count + 100_000).lazy.map { "invented \($0)" }
        let found = names.first { name in
            let key = assignment.splitRule.keys(of: [name])[0]
            return draw.arm(of: key) != nil && holdout.uniform(key) >= assignment.holdout
        }
        return found.map {
            [
                SelfTestRow(
                    unit: $0, covariates: first.covariates, columns: first.columns, hash: "", fold: 0, effects: [:],
                    arm: "", heldOut: false)
            ]
        } ?? []
    }

    /// Units with their inputs alone.
    private func inventedRows() -> [SelfTestRow] {
        let cuts = NumericCuts(self)
        return (0..<Self.rowCount).map { row in
            var values: [String: SelfTestRow.Value?] = [:]
            for (index, covariate) in covariates.enumerated() {
                // The last row lacks every other covariate.
                if row == Self.rowCount - 1, index.isMultiple(of: 2) {
                    values[covariate.name] = .some(nil)
                } else if let levels = covariate.levels {
                    values[covariate.name] = .some(levels.isEmpty ? nil : .level(levels[(row + index) % levels.count]))
                } else {
                    let share = (Double((row * 2 + index * 3) % Self.rowCount) + 0.5) / Double(Self.rowCount)
                    values[covariate.name] = .number(cuts.midpoint(covariate: index, share: share))
                }
            }
            var columns: [String: Double]?
            if !suppliedColumns.isEmpty {
                let names = suppliedColumns.enumerated().compactMap { position, name in name.map { (position, $0) } }
                columns = Dictionary(
                    names.map { position, name in
                        let scale = outcomes[position % outcomes.count].scale
                        return (name, scale * Double((row * 3 + position * 2) % 7 - 3) / 4)
                    }
                ) { first, _ in first }
            }
            return SelfTestRow(
                unit: "invented \(row + 1)", covariates: values, columns: columns, hash: "", fold: 0, effects: [:],
                arm: "", heldOut: false)
        }
    }

    /// The rows with what comes out for them.
    private func scored(_ rows: [SelfTestRow], context: RunContext) throws -> [SelfTestRow] {
        let keys = assignment.splitRule.keys(of: rows.map(\.unit))
        let encoded = try covariates.map { covariate -> [Float] in
            let encoding = try covariate.encoding()
            return rows.map { row in encoding.value(of: row.covariates[covariate.name] ?? nil) }
        }
        let supplied = try suppliedColumns.map { name -> [Double] in
            guard let name else { return [] }
            return try rows.map { row in
                guard let value = row.columns?[name] else {
                    throw Self.malformed("the unit \(row.unit) of selfTest lacks the column \(name)")
                }
                return value
            }
        }
        let scorer = PolicyScorer(self)
        switch rule {
        case .linear(let rule):
            let net = try scorer.effects(rule, keys: keys, covariates: encoded, supplied: supplied, context: context)
            let assigned = scorer.assign(keys: keys, effects: net)
            return rows.indices.map { row in
                var effects: [String: [String: Float]] = [:]
                for arm in arms.indices.dropFirst() {
                    for (j, outcome) in outcomes.enumerated() where rule.weights[outcome.name] != 0 {
                        let position = ContrastIndex(arm: arm, outcome: j).position(outcomeCount: outcomes.count)
                        effects[arms[arm], default: [:]][outcome.name] = net[position][row]
                    }
                }
                return rows[row].answered(
                    key: keys[row], fold: scorer.fold(of: keys[row]), effects: effects,
                    assigned, arms: arms, row: row)
            }
        case .cohort(let rule):
            let cohorts = try rule.rules.cohorts(of: encoded, unitCount: keys.count, context: context)
            let assigned = scorer.assign(keys: keys, rule, cohorts: cohorts)
            return rows.indices.map { row in
                let isKnown = Int(cohorts[row]) < rule.shares.count
                return rows[row].answered(
                    key: keys[row], cohort: isKnown ? Int(cohorts[row]) + 1 : 0,
                    assigned, arms: arms, row: row)
            }
        case .ranking(let rule):
            let scores = try rule.rules.scores(of: encoded, keys: keys, context: context)
            let assigned = scorer.assign(keys: keys, rule, scores: scores)
            let folds = rule.rules.folds(keys)
            return rows.indices.map { row in
                rows[row].answered(
                    key: keys[row], fold: folds[row], score: scores[row],
                    assigned, arms: arms, row: row)
            }
        }
    }
}

extension SelfTestRow {
    /// The same inputs with what comes out for them.
    fileprivate func answered(
        key: UInt64, fold: Int = 0, effects: [String: [String: Float]] = [:], cohort: Int? = nil, score: Double? = nil,
        _ assigned: PolicyScorer.Assignment, arms: [String], row: Int
    ) -> SelfTestRow {
        SelfTestRow(
            unit: unit, covariates: covariates, columns: columns, hash: String(key), fold: fold, effects: effects,
            cohort: cohort, score: score, arm: arms[Int(assigned.arms[row])], heldOut: assigned.heldOut[row],
            explored: assigned.exploration?.explored[row],
            propensities: assigned.exploration?.propensities.map { $0[row] })
    }
}

extension CovariateEncoding {
    /// A value as the models see it; NaN where it is missing.
    fileprivate func value(of value: SelfTestRow.Value?) -> Float {
        switch (self, value) {
        case (.numeric(let centre), .number(let number)?): Float(number - centre)
        case (.categorical(let levels), .level(let text)?):
            levels.firstIndex { $0.utf8.elementsEqual(text.utf8) }.map { Float($0) } ?? .nan
        default: .nan
        }
    }
}
