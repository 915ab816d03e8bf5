import Policies
import Runtime
import Statistics

/// What a policy makes of the same units at one date.
package struct PolicySnapshot: Sendable {
    /// By `StableHash.key` of the unit's id.
    package private(set) var arms: [UInt64: UInt8] = [:]
    /// The same; empty where the policy has no cohorts.
    package private(set) var cohorts: [UInt64: UInt32] = [:]

    package init() {}

    /// - Parameters:
    ///   - cohorts: of the units, in the order of `keys`; empty where the policy has none.
    /// - Returns: the first unit that was there before, if one was.
    package mutating func add(keys: [UInt64], arms: [UInt8], cohorts: [UInt32]) -> Int? {
        for (index, key) in keys.enumerated() {
            guard self.arms.updateValue(arms[index], forKey: key) == nil else { return index }
            if !cohorts.isEmpty { self.cohorts[key] = cohorts[index] }
        }
        return nil
    }
}

/// How cohorts and arms of the same units move between two dates (S0, future work 2; METHODS 8.8): what a policy loses that is
/// scored once and kept.
package struct PolicyDrift: Sendable, Equatable, Encodable {
    package struct Cohort: Sendable, Equatable, Encodable {
        /// From 1; 0 for units of none.
        package let id: Int
        package let rule: String
        /// Units there before, by the cohort they are in after, in the order of the list.
        package let after: [Int]
    }

    package struct Value: Sendable, Equatable, Encodable {
        package let name: String
        /// Of scoring anew over keeping the arms of before, oriented: what caching loses, unit by unit and doubly robust.
        package let gain: Estimate
    }

    /// In both files.
    package let units: Int
    package let onlyBefore: Int
    package let onlyAfter: Int
    package let moves: ArmMoves
    /// Share of the units whose cohort changes; null without cohorts.
    package let changedCohortShare: Double?
    package let cohorts: [Cohort]
    /// Null where no study says what the arms are worth.
    package internal(set) var values: [Value]?

    /// - Parameter rules: of the policy's cohorts, in words.
    package init(from before: PolicySnapshot, to after: PolicySnapshot, arms: [String], rules: [String]) {
        let both = before.arms.keys.filter { after.arms[$0] != nil }.sorted()
        units = both.count
        onlyBefore = before.arms.count - both.count
        onlyAfter = after.arms.count - both.count
        moves = ArmMoves(from: both.map { before.arms[$0] }, to: both.compactMap { after.arms[$0] }, arms: arms)
        guard !rules.isEmpty else {
            (changedCohortShare, cohorts) = (nil, [])
            return
        }
        var counts = [[Int]](repeating: Array(repeating: 0, count: rules.count + 1), count: rules.count + 1)
        for key in both { counts[Int(before.cohorts[key] ?? 0)][Int(after.cohorts[key] ?? 0)] += 1 }
        let stay = counts.indices.reduce(0) { $0 + counts[$1][$1] }
        changedCohortShare = both.isEmpty ? nil : 1 - Double(stay) / Double(both.count)
        cohorts = counts.enumerated().map { cohort, row in
            Cohort(
                id: cohort < rules.count ? cohort + 1 : 0, rule: cohort < rules.count ? rules[cohort] : "no cohort",
                after: row)
        }
    }

    private enum CodingKeys: CodingKey {
        case units, onlyBefore, onlyAfter, moves, changedCohortShare, cohorts, values
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(units, forKey: .units)
        try container.encode(onlyBefore, forKey: .onlyBefore)
        try container.encode(onlyAfter, forKey: .onlyAfter)
        try container.encode(moves, forKey: .moves)
        try container.encode(changedCohortShare, forKey: .changedCohortShare)
        try container.encode(cohorts, forKey: .cohorts)
        try container.encode(values, forKey: .values)
    }
}

extension PolicyDrift {
    /// The same with what scoring anew gains over caching, on the units of an evaluator's split.
    /// - Throws: `EspalierError` (.data) where a unit of the split is missing in a file, (.usage) for an estimator without
    ///   paired terms.
    package func judged(
        from before: PolicySnapshot, to after: PolicySnapshot, on study: Study, by evaluator: PolicyEvaluator
    ) throws -> PolicyDrift {
        try study.requireUnits(for: "what caching loses")
        let keys = study.units.keys[evaluator.units]
        func arms(_ snapshot: PolicySnapshot, _ name: String) throws -> [UInt8] {
            let known = keys.compactMap { snapshot.arms[$0] }
            guard known.count == keys.count else {
                throw EspalierError(
                    .data,
                    "\(keys.count - known.count) of the \(evaluator.split.rawValue) split's \(keys.count) units are not in the "
                        + "file of \(name)",
                    remedy: "give both files every unit of the study, or measure the drift of the policy file alone")
            }
            return known
        }
        let assignments = [try arms(before, "before"), try arms(after, "after")]
        guard let joint = evaluator.jointDifferences(ofAssignments: assignments) else {
            throw EspalierError(
                .usage, "the \(evaluator.estimator.name) estimator cannot compare two policies unit by unit",
                remedy: "use dr")
        }
        var result = self
        result.values = study.space.outcomes.enumerated().map { j, outcome in
            let gain = joint.absolute.difference(
                joint.index(policy: 1, outcome: j), less: joint.index(policy: 0, outcome: j))
            return Value(name: outcome.name, gain: gain.oriented(outcome.sign))
        }
        return result
    }
}
