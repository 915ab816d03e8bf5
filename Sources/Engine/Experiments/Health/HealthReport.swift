import Statistics

/// The health checks of METHODS section 7 that need no model: what was checked, and what was found.
package struct HealthReport: Sendable, Equatable, Codable {
    /// In the order of `HealthFinding.Check`; every check has at least one finding, if only to say that it is well.
    package let findings: [HealthFinding]

    package init(findings: [HealthFinding]) { self.findings = findings }

    /// Examines an experiment as it was read.
    /// - Complexity: O(units x (outcomes + covariates)); with propensity columns also O(units x arms^2).
    package static func examine(_ reading: ExperimentReading) -> HealthReport {
        HealthReport(
            findings: UnitChecks.examine(reading) + [SampleRatioCheck.examine(reading.experiment)]
                + [OverlapCheck.examine(reading.experiment)] + ColumnChecks.examine(reading)
                + MissingnessCheck.examine(reading))
    }

    package var worst: HealthFinding.Severity { findings.map(\.severity).max() ?? .ok }

    /// Whether `check` must exit with 1.
    package var isBlocking: Bool { worst == .blocking }

    /// Why no effects can be estimated, as the error with which `fit` stops; nil if they can.
    package func fitRefusal(file: String) -> EspalierError? {
        findings.first(where: \.preventsFit).map {
            EspalierError(.check, $0.sentence, file: file, remedy: $0.remedy)
        }
    }
}
