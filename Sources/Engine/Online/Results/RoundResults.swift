import Experiments
import Foundation
import Runtime
import Texts

/// What came back from a round: unit by unit, or as somebody else's averages.
package struct RoundResults: Sendable, Equatable {
    /// Of policies that have units, in the plan's order, the slice last.
    package let means: [PolicyMeans]
    /// nil for aggregates.
    package let rows: RoundRows?
    /// Tells results apart, whatever the order of their lines: 16 hexadecimal digits.
    package let digest: String

    /// - Parameter plan: that the units were assigned by.
    /// - Throws: `EspalierError` (.data) in one sentence, before anything is kept: a unit twice or in two policies, a policy that
    ///   the plan lacks, an arm that the policy does not give, a missing outcome, a negative variance; `CancellationError`.
    package static func read(_ path: String, plan: OnlinePlan, context: RunContext) throws -> RoundResults {
        let header = Set(try TableReader.header(of: path))
        return header.contains("variance") && header.contains("mean")
            ? try aggregates(path, plan, context) : try units(path, plan, header, context)
    }

    private static func remedy(_ plan: OnlinePlan) -> String {
        "the plan's policies are " + plan.policies.map { DisplayText.quoted($0.id) }.joined(separator: ", ")
            + (plan.slice > 0 ? " and \(DisplayText.quoted(OnlinePlan.randomID))" : "")
            + "; results of another plan take --plan"
    }

    /// Index of the policy by label, in the order of a table's labels; the slice's is the count of policies.
    private static func indices(_ labels: [String], _ plan: OnlinePlan) -> [Int?] {
        labels.map { label in
            label == OnlinePlan.randomID && plan.slice > 0
                ? plan.policies.count : plan.policies.firstIndex { $0.id == label }
        }
    }

    private static func names(_ plan: OnlinePlan) -> [String] { plan.policies.map(\.id) + [OnlinePlan.randomID] }

    // MARK: Units

    private static func units(
        _ path: String, _ plan: OnlinePlan, _ header: Set<String>, _ context: RunContext
    ) throws -> RoundResults {
        let own = plan.assignment.unit ?? "unit"
        let unit = header.contains(own) ? own : "unit"
        var reader = TableReader(path: path)
        try reader.want(unit, .key, for: "unit")
        try reader.want("policy", .label, for: "policy")
        let hasArms = header.contains("arm")
        if hasArms { try reader.want("arm", .label, for: "arm") }
        if let cluster = plan.assignment.cluster { try reader.want(cluster, .key, for: "cluster") }
        var columns = ResultColumns(plan, header: header)
        for column in columns.names { try reader.want(column.name, .number, for: "outcome") }
        let table = try reader.read(context: context)
        func error(_ message: String, _ record: Int, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: path, line: table.lines.line(of: record), remedy: remedy)
        }
        guard case .keys(let keys)? = table[unit], case .levels(let codes, let labels)? = table["policy"] else {
            throw EspalierError(.internal, "the results were not read", file: path)
        }
        let known = indices(labels, plan)
        for (record, code) in codes.enumerated() {
            guard code >= 0 else { throw error("the policy is missing here", record, remedy(plan)) }
            guard known[Int(code)] != nil else {
                throw error(
                    "the policy \(DisplayText.quoted(labels[Int(code)])) is not in the plan", record, remedy(plan))
            }
        }
        let policies = codes.map { UInt8(known[Int($0)] ?? 0) }
        let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        for (before, record) in zip(order, order.dropFirst()) where keys[before] == keys[record] {
            let line = table.lines.line(of: before)
            throw policies[before] == policies[record]
                ? error("the unit of line \(line) stands here a second time", record, "give every unit one line")
                : error(
                    "the unit of line \(line) stands here in another policy", record,
                    "leave out units that were in two policies, and find out why they were")
        }
        let arms = hasArms ? try arms(table, policies: policies, plan: plan, error: error) : nil
        try columns.fill(table, arms: arms, plan: plan, error: error)
        let clusters: [UInt64]? =
            if let cluster = plan.assignment.cluster, case .keys(let keys)? = table[cluster] { keys } else { nil }
        let sorted = columns.values.map { column in order.map { column[$0] } }
        let means = PolicyMeans.of(
            names(plan), policyOf: order.map { Int32(policies[$0]) }, columns: sorted, terms: columns.terms,
            clusters: clusters.map { clusters in order.map { clusters[$0] } })
        try checkMeans(means, plan, path)
        let rows = RoundRows(
            keys: order.map { keys[$0] }, policies: order.map { policies[$0] },
            arms: arms.map { arms in order.map { arms[$0] } },
            outcomes: columns.linearised(sorted))
        return RoundResults(means: means, rows: rows, digest: digest(rows, plan))
    }

    /// The arm of each unit.
    private static func arms(
        _ table: Table, policies: [UInt8], plan: OnlinePlan, error: (String, Int, String) -> EspalierError
    ) throws -> [UInt8] {
        guard case .levels(let codes, let labels)? = table["arm"] else { return [] }
        let known = labels.map { plan.arms.firstIndex(of: $0) }
        let given = plan.policies.map { entry in entry.arm.flatMap { plan.arms.firstIndex(of: $0) } } + [nil]
        return try codes.enumerated().map { record, code in
            guard code >= 0 else { throw error("the arm is missing here", record, "give every unit its arm") }
            guard let arm = known[Int(code)] else {
                throw error(
                    "the arm \(DisplayText.quoted(labels[Int(code)])) is unknown", record,
                    "the arms are \(plan.arms.joined(separator: ", "))")
            }
            if let only = given[Int(policies[record])], only != arm {
                let id = DisplayText.quoted(plan.policies[Int(policies[record])].id)
                throw error(
                    "the policy \(id) gives \(DisplayText.quoted(plan.arms[only])), never "
                        + DisplayText.quoted(labels[Int(code)]), record,
                    "find out why units got other arms than their policy's; such a round does not test the policies")
            }
            return UInt8(arm)
        }
    }

    private static func checkMeans(_ means: [PolicyMeans], _ plan: OnlinePlan, _ path: String) throws {
        for entry in plan.policies {
            guard let found = means.first(where: { $0.policy == entry.id }), found.users >= 2 else {
                throw EspalierError(
                    .data, "the policy \(DisplayText.quoted(entry.id)) has fewer than two units", file: path,
                    remedy: "give the results of every policy of the plan")
            }
            for (outcome, mean) in zip(plan.outcomes, found.means) where !mean.isFinite {
                throw EspalierError(
                    .data,
                    "the outcome \(DisplayText.quoted(outcome.name)) of \(DisplayText.quoted(entry.id)) is no number",
                    file: path, remedy: "a ratio takes denominators above 0")
            }
        }
    }

    private static func digest(_ rows: RoundRows, _ plan: OnlinePlan) -> String {
        var sum = UInt64(rows.keys.count)
        for (index, key) in rows.keys.enumerated() {
            var bits = StableHash.mix(key) ^ UInt64(rows.policies[index])
            if let arms = rows.arms { bits = StableHash.mix(bits) ^ UInt64(arms[index]) }
            for column in rows.outcomes { bits = StableHash.mix(bits) ^ column[index].bitPattern }
            sum = sum &+ StableHash.mix(bits)
        }
        return hexadecimal(sum ^ StableHash.key(plan.assignment.salt))
    }

    private static func hexadecimal(_ bits: UInt64) -> String { String(format: "%016llx", bits) }

    // MARK: Aggregates

    private static func aggregates(_ path: String, _ plan: OnlinePlan, _ context: RunContext) throws -> RoundResults {
        var reader = TableReader(path: path)
        try reader.want("policy", .label, for: "policy")
        try reader.want("outcome", .label, for: "outcome")
        for name in ["n", "mean", "variance"] { try reader.want(name, .number, for: name) }
        let table = try reader.read(context: context)
        func error(_ message: String, _ record: Int, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: path, line: table.lines.line(of: record), remedy: remedy)
        }
        guard case .levels(let policyCodes, let policyLabels)? = table["policy"],
            case .levels(let outcomeCodes, let outcomeLabels)? = table["outcome"]
        else { throw EspalierError(.internal, "the results were not read", file: path) }
        let (counts, means, variances) = (table.numbers("n"), table.numbers("mean"), table.numbers("variance"))
        let policies = indices(policyLabels, plan)
        let outcomes = outcomeLabels.map { label in plan.outcomes.firstIndex { $0.name == label } }
        var cells = [[Int?]](
            repeating: Array(repeating: nil, count: plan.outcomes.count), count: plan.policies.count + 1)
        for record in counts.indices {
            guard policyCodes[record] >= 0, let policy = policies[Int(policyCodes[record])] else {
                let label = policyCodes[record] >= 0 ? policyLabels[Int(policyCodes[record])] : ""
                throw error("the policy \(DisplayText.quoted(label)) is not in the plan", record, remedy(plan))
            }
            // Outcomes that nobody asked for may stand there.
            guard outcomeCodes[record] >= 0, let outcome = outcomes[Int(outcomeCodes[record])] else { continue }
            guard cells[policy][outcome] == nil else {
                throw error("the policy and outcome stand here a second time", record, "give each pair one line")
            }
            guard counts[record] >= 2, counts[record] < 1e12, counts[record] == counts[record].rounded() else {
                throw error("n is not a count of at least 2", record, "give the units that the mean is of")
            }
            guard means[record].isFinite else {
                throw error("the mean is missing here", record, "give every policy every outcome of the plan")
            }
            guard variances[record] >= 0, variances[record].isFinite else {
                throw error(
                    "the variance is \(variances[record] < 0 ? "negative" : "missing") here", record,
                    "give the variance among the units, which is at least 0")
            }
            cells[policy][outcome] = record
        }
        let names = names(plan)
        let found = try cells.enumerated().compactMap { policy, own -> PolicyMeans? in
            if policy == plan.policies.count, own.allSatisfy({ $0 == nil }) { return nil }
            let records = try own.enumerated().map { outcome, record -> Int in
                guard let record else {
                    throw EspalierError(
                        .data,
                        "the policy \(DisplayText.quoted(names[policy])) has no line for the outcome "
                            + DisplayText.quoted(plan.outcomes[outcome].name), file: path,
                        remedy: "give every policy every outcome of the plan")
                }
                return record
            }
            return PolicyMeans(
                policy: names[policy], users: Int(records.map { counts[$0] }.max() ?? 0),
                means: records.map { means[$0] },
                covariance: records.indices.map { a in
                    records.indices.map { a == $0 ? variances[records[a]] / counts[records[a]] : 0 }
                })
        }
        var sum = UInt64(found.count)
        for item in found {
            var bits = StableHash.key(item.policy) ^ UInt64(item.users)
            for (outcome, mean) in item.means.enumerated() {
                bits = StableHash.mix(bits ^ mean.bitPattern) ^ item.variance(outcome).bitPattern
            }
            sum = sum &+ StableHash.mix(bits)
        }
        return RoundResults(
            means: found, rows: nil, digest: hexadecimal(sum ^ StableHash.key(plan.assignment.salt)))
    }
}
