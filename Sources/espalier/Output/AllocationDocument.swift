import Allocation

/// An allocation as JSON, by the names that scripts rely on.
struct AllocationDocument: Encodable {
    /// A label of the table: a number where it is one.
    enum Label: Encodable {
        case number(Int)
        case text(String)

        init(_ text: String) {
            let number = Int(text)
            self = number.map { String($0) } == text ? .number(number ?? 0) : .text(text)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            }
        }
    }

    struct Share: Encodable {
        let cohort: Label
        let treatment: Label
        let share: Double
    }

    let status: String
    let objective: Double?
    let prices: [String: Double]
    let constraints: [String: Double]
    let allocation: [Share]

    private enum CodingKeys: CodingKey {
        case status, objective, prices, constraints, allocation
    }

    init(_ solution: AllocationSolution?, of problem: AllocationProblem, table: AllocationTable) {
        status = solution == nil ? "infeasible" : "optimal"
        objective = solution?.objective
        guard let solution else {
            (prices, constraints, allocation) = ([:], [:], [])
            return
        }
        let names = problem.limits.map { problem.outcomes[$0.outcome].name }
        prices = Dictionary(zip(names, solution.prices)) { first, _ in first }
        constraints = Dictionary(zip(names, problem.limits.map { solution.values[$0.outcome] })) { first, _ in first }
        allocation = table.cohorts.indices.flatMap { cohort in
            table.treatments.indices.map { arm in
                Share(
                    cohort: Label(table.cohorts[cohort]), treatment: Label(table.treatments[arm]),
                    share: solution.shares[cohort, arm])
            }
        }
    }

    /// The objective of what cannot be solved is null, not absent.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(objective, forKey: .objective)
        try container.encode(prices, forKey: .prices)
        try container.encode(constraints, forKey: .constraints)
        try container.encode(allocation, forKey: .allocation)
    }
}
