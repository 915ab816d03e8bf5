/// A blocking finding for which the analyst takes responsibility, with a reason that every output repeats.
package struct Acceptance: Sendable, Equatable, Codable {
    package var check: HealthFinding.Check
    /// The covariate it is about, where the check is of covariates.
    package var subject: String?
    package var reason: String

    package init(check: HealthFinding.Check, subject: String? = nil, reason: String) {
        self.check = check
        self.subject = subject
        self.reason = reason
    }

    /// Whether it speaks of this finding.
    func covers(_ finding: HealthFinding) -> Bool { check == finding.check && subject == finding.subject }

    /// "sampleRatio accepted: the redirect loses the same units in every arm".
    package var sentence: String {
        "\(check.rawValue)\(subject.map { " of \($0)" } ?? "") accepted: \(reason)"
    }
}
