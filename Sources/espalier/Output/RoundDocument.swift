import Online
import Policies
import Statistics

/// JSON of `online read`.
struct RoundDocument: Encodable {
    struct Outcome: Encodable {
        let name: String
        let value: Double
        let standardError: Double
        /// Null for control.
        let difference: SimultaneousEstimate?
        let limit: LimitVerdict?

        private enum CodingKeys: CodingKey {
            case name, value, standardError, difference, limit
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(value, forKey: .value)
            try container.encode(standardError, forKey: .standardError)
            try container.encode(difference, forKey: .difference)
            try container.encode(limit, forKey: .limit)
        }
    }

    struct Policy: Encodable {
        let id: String
        let name: String
        let users: Int
        let outcomes: [Outcome]
        let probabilityBest: Double
        let dominatedBy: [String]
    }

    struct Line: Encodable {
        let outcome: String
        let intercept: Double
        let slope: Double
        let slopeError: Double
        let low: Double?
        let high: Double?
        let tau2: Double

        init?(_ line: RoundReading.Line) {
            guard let york = line.line else { return nil }
            let interval = york.slopeInterval()
            outcome = line.outcome
            intercept = york.intercept
            slope = york.slope
            slopeError = york.slopeError
            low = interval?.low
            high = interval?.high
            tau2 = york.excessVariance
        }
    }

    /// Why an outcome has no line.
    struct NoLine: Encodable {
        let outcome: String
        let reason: String
    }

    struct SampleRatio: Encodable {
        let p: Double
    }

    let round: Int
    let users: Int
    let sampleRatio: SampleRatio
    let policies: [Policy]
    /// Null where no outcome has one.
    let line: [Line]?
    let withoutLine: [NoLine]
    let finding: String

    init(_ round: Int, _ reading: RoundReading) {
        self.round = round
        users = reading.users
        sampleRatio = SampleRatio(p: reading.sampleRatioP)
        policies = reading.policies.map { policy in
            Policy(
                id: policy.id, name: policy.name, users: policy.users,
                outcomes: policy.outcomes.map {
                    Outcome(
                        name: $0.name, value: $0.value, standardError: $0.standardError, difference: $0.difference,
                        limit: $0.limit)
                }, probabilityBest: policy.probabilityBest, dominatedBy: policy.dominatedBy)
        }
        let lines = reading.lines.compactMap { Line($0) }
        line = lines.isEmpty ? nil : lines
        withoutLine = reading.lines.compactMap { line in
            line.reason.map { NoLine(outcome: line.outcome, reason: $0) }
        }
        finding = reading.finding
    }

    private enum CodingKeys: CodingKey {
        case round, users, sampleRatio, policies, line, withoutLine, finding
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(round, forKey: .round)
        try container.encode(users, forKey: .users)
        try container.encode(sampleRatio, forKey: .sampleRatio)
        try container.encode(policies, forKey: .policies)
        try container.encode(line, forKey: .line)
        try container.encode(withoutLine, forKey: .withoutLine)
        try container.encode(finding, forKey: .finding)
    }
}
