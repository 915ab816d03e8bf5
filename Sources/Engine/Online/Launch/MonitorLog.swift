import Experiments
import Policies
import Runtime
import Texts

/// The log of a launched policy, unit by unit: the day of each, its arm and its outcomes.
package struct MonitorLog: Sendable {
    /// Ascending.
    package let keys: [UInt64]
    /// From 1.
    package let days: [Int]
    /// Index into the policy's arms.
    package let arms: [UInt8]
    /// By the policy's own draws.
    package let heldOut: [Bool]
    /// By outcome, net of costs; a ratio is linearised about the whole log's.
    package let outcomes: [[Double]]
    /// By outcome: whether something happened, a click say.
    package let events: [[Bool]]
    /// As the policy encodes them; nil where the log does not hold them all.
    package let covariates: [[Float]]?

    /// - Throws: `EspalierError` (.data) in one sentence for a policy that was not launched, a unit twice, an arm or a day that is
    ///   none, held-out units that are not those of the policy, a missing outcome; `CancellationError`.
    package init(_ path: String, policy: PolicyDocument, file: String, context: RunContext) throws {
        guard let launch = policy.launch, policy.assignment.holdout > 0 else {
            throw EspalierError(
                .data, "the policy was not launched: it has no holdout to be compared with", file: file,
                remedy: "launch it with `espalier online launch STUDY -o \(file)`")
        }
        let header = Set(try TableReader.header(of: path))
        let own = policy.assignment.unit ?? "unit"
        let unit = header.contains(own) ? own : "unit"
        let plan = try Self.plan(policy, launch)
        var reader = TableReader(path: path)
        try reader.want(unit, .key, for: "unit")
        try reader.want("day", .number, for: "day")
        try reader.want("arm", .label, for: "arm")
        let tellsHoldout = header.contains("holdout")
        if tellsHoldout { try reader.want("holdout", .number, for: "holdout") }
        var columns = ResultColumns(plan, header: header)
        for column in columns.names { try reader.want(column.name, .number, for: "outcome") }
        let table = try reader.read(context: context)
        func error(_ message: String, _ record: Int, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: path, line: table.lines.line(of: record), remedy: remedy)
        }
        guard case .keys(let units)? = table[unit], case .levels(let codes, let labels)? = table["arm"] else {
            throw EspalierError(.internal, "the log was not read", file: path)
        }
        let order = units.indices.sorted { (units[$0], $0) < (units[$1], $1) }
        for (before, record) in zip(order, order.dropFirst()) where units[before] == units[record] {
            throw error(
                "the unit of line \(table.lines.line(of: before)) stands here a second time", record,
                "give every unit one line, under its first day, with the sums over its days")
        }
        let known = labels.map { label in plan.arms.firstIndex(of: label) }
        let given = try codes.enumerated().map { record, code -> UInt8 in
            guard code >= 0, let arm = known[Int(code)] else {
                let label = code >= 0 ? labels[Int(code)] : ""
                throw error(
                    "the arm \(DisplayText.quoted(label)) is none of the policy's", record,
                    "the arms are \(plan.arms.joined(separator: ", "))")
            }
            return UInt8(arm)
        }
        let days = try table.numbers("day").enumerated().map { record, day -> Int in
            guard day >= 1, day <= 100_000, day == day.rounded() else {
                throw error("the day is no whole number from 1 on", record, "count the days from the launch")
            }
            return Int(day)
        }
        try columns.fill(table, arms: given, plan: plan, error: error)
        let draw = SaltedDraw(seed: policy.assignment.seed, salt: policy.assignment.salts.holdout)
        let drawn = units.map { draw.uniform($0) < policy.assignment.holdout }
        if tellsHoldout, policy.assignment.cluster == nil {
            for (record, told) in table.numbers("holdout").enumerated() where (told == 1) != drawn[record] {
                throw error(
                    "this unit is \(told == 1 ? "" : "not ")held out here, and by the policy's draws it is\(told == 1 ? " not" : "")",
                    record, "give the log of units that were assigned by this policy file")
            }
        }
        keys = order.map { units[$0] }
        self.days = order.map { days[$0] }
        arms = order.map { given[$0] }
        heldOut = order.map { drawn[$0] }
        outcomes = columns.linearised(columns.values).map { column in order.map { column[$0] } }
        events = columns.terms.map { term in order.map { columns.values[term.numerator][$0] != 0 } }
        let names = policy.covariates.map(\.name)
        covariates =
            !names.isEmpty && names.allSatisfy(header.contains)
            ? try JoinedCovariates.read(
                path, unit: unit, columns: policy.covariates.map { try $0.source() }, keys: order.map { units[$0] },
                context: context) : nil
    }

    /// A launched policy as a plan of two groups, whose outcomes are read alike.
    private static func plan(_ policy: PolicyDocument, _ launch: LaunchEntry) throws -> OnlinePlan {
        let holdout = policy.assignment.holdout
        return try OnlinePlan(
            name: policy.name, arms: policy.arms,
            outcomes: launch.outcomes.map {
                OnlinePlan.Outcome(
                    name: $0.name, direction: $0.direction, source: $0.source, missing: $0.missing,
                    armCosts: $0.armCosts, isInLog: true, spread: $0.spread, index: $0.index)
            },
            policies: [
                OnlinePlan.Entry(id: OnlinePlan.controlID, name: "holdout", share: holdout),
                OnlinePlan.Entry(id: "policy", name: "policy", share: 1 - holdout),
            ], users: launch.users, slice: 0,
            assignment: OnlinePlan.Draws(
                seed: policy.assignment.seed, salt: policy.assignment.salts.holdout, shares: policy.assignment.shares,
                unit: policy.assignment.unit, cluster: policy.assignment.cluster), power: 0.8,
            provenance: policy.provenance)
    }
}
