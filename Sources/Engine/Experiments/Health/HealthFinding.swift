/// What one health check found.
package struct HealthFinding: Sendable, Equatable, Codable {
    package enum Check: String, Sendable, Codable, CaseIterable {
        case design, joins, lateLabels, duplicateUnits, arms, armSizes, sampleRatio, overlap, attrition, balance,
            afterExposure
        case outcomes, outliers, metricUnit, covariates, levels, missingByArm, varianceReduction, learning
    }

    package enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
        /// Checked, and nothing is wrong.
        case ok
        /// Worth knowing, or not checked for a stated reason.
        case note
        /// Results may mislead.
        case warning
        /// Results cannot be trusted: `check` exits 1.
        case blocking

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
    }

    /// A number behind the sentence.
    package struct Detail: Sendable, Equatable, Codable {
        package let name: String
        package let value: Double

        package init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    package let check: Check
    package let severity: Severity
    /// What was checked and what was found, without its full stop.
    package let sentence: String
    package let remedy: String?
    package let details: [Detail]
    /// Whether effects cannot be estimated at all; `fit` refuses then.
    package let preventsFit: Bool
    /// The covariate it is about, where there is one finding for each.
    package let subject: String?
    /// Why the analyst lets a blocking finding pass (`accept` in the spec); it is a warning then.
    package let accepted: String?

    package init(
        _ check: Check, _ severity: Severity, _ sentence: String, remedy: String? = nil, details: [Detail] = [],
        preventsFit: Bool = false, subject: String? = nil, accepted: String? = nil
    ) {
        self.check = check
        self.severity = severity
        self.sentence = sentence
        self.remedy = remedy
        self.details = details
        self.preventsFit = preventsFit
        self.subject = subject
        self.accepted = accepted
    }

    /// The same, let pass for a reason.
    func accepted(because reason: String) -> HealthFinding {
        HealthFinding(
            check, .warning, sentence + " (accepted: \(reason))", remedy: remedy, details: details,
            preventsFit: preventsFit, subject: subject, accepted: reason)
    }
}
