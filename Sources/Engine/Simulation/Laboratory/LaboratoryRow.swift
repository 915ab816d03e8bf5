/// What one method does at one noise level, over the replicates.
package struct LaboratoryRow: Sendable, Equatable, Codable {
    package let scenario: String
    package let noise: Double
    package let method: String
    /// Mean true effect on the objective, in control means, and its standard error.
    package let value: Double
    package let standardError: Double
    /// (value - prices x true violations) / oracle, the mean; nil where the oracle gains nothing.
    package let relative: Double?
    /// The largest true violation of a limit, the mean.
    package let violation: Double
    /// Share of the replicates whose policy truly keeps every limit.
    package let feasibleShare: Double

    package init(
        scenario: String, noise: Double, method: String, value: Double, standardError: Double, relative: Double?,
        violation: Double, feasibleShare: Double
    ) {
        self.scenario = scenario
        self.noise = noise
        self.method = method
        self.value = value
        self.standardError = standardError
        self.relative = relative
        self.violation = violation
        self.feasibleShare = feasibleShare
    }

    private enum CodingKeys: String, CodingKey {
        case scenario, noise, method, value, standardError, relative, violation, feasibleShare
    }

    /// A relative value that is missing is null: every row has every key.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(scenario, forKey: .scenario)
        try container.encode(noise, forKey: .noise)
        try container.encode(method, forKey: .method)
        try container.encode(value, forKey: .value)
        try container.encode(standardError, forKey: .standardError)
        try container.encode(relative, forKey: .relative)
        try container.encode(violation, forKey: .violation)
        try container.encode(feasibleShare, forKey: .feasibleShare)
    }
}

extension [LaboratoryRow] {
    /// The row that is worth most, the first of equals; nil where the oracle gains nothing.
    package var best: LaboratoryRow? {
        reduce(nil) { best, row in
            guard let relative = row.relative else { return best }
            return relative > best?.relative ?? -.infinity ? row : best
        }
    }
}
