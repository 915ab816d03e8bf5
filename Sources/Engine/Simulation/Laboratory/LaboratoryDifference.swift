/// How far a method is from another in what it is worth over the oracle, on the same experiments.
package struct LaboratoryDifference: Sendable, Equatable, Codable {
    package let scenario: String
    package let noise: Double
    package let method: String
    /// The method that the difference is from; with the best one no difference is above 0.
    package let reference: String
    /// The mean over the experiments, in relative values.
    package let value: Double
    /// nil where there was one experiment only.
    package let standardError: Double?

    package init(
        scenario: String, noise: Double, method: String, reference: String, value: Double, standardError: Double?
    ) {
        self.scenario = scenario
        self.noise = noise
        self.method = method
        self.reference = reference
        self.value = value
        self.standardError = standardError
    }

    private enum CodingKeys: String, CodingKey {
        case scenario, noise, method, value, standardError
        case reference = "against"
    }

    /// A standard error that is missing is null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(scenario, forKey: .scenario)
        try container.encode(noise, forKey: .noise)
        try container.encode(method, forKey: .method)
        try container.encode(reference, forKey: .reference)
        try container.encode(value, forKey: .value)
        try container.encode(standardError, forKey: .standardError)
    }

    /// Whether it lies more than 2 standard errors from 0.
    package var isToldApart: Bool { standardError.map { abs(value) > 2 * $0 } ?? false }
}
