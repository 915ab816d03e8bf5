import Runtime

/// The health checks of METHODS section 7 that need no model: what was checked, and what was found.
package struct HealthReport: Sendable, Equatable, Codable {
    /// In the order of `HealthFinding.Check`; every check that applies has at least one finding, if only to say that it is
    /// well.
    package let findings: [HealthFinding]
    /// Covariates by arm; nil in studies written before it was looked at.
    package let balance: BalanceReport?

    package init(findings: [HealthFinding], balance: BalanceReport? = nil) {
        self.findings = findings
        self.balance = balance
    }

    /// Examines an experiment as it was read.
    /// - Parameter whole: what is known of all units where those read are a sample, whose notes count all rows.
    /// - Complexity: O(units x (outcomes + covariates log units + features^2)), as `BalanceReport.examine`; parallel over
    ///   covariates. The report does not depend on the workers.
    package static func examine(
        _ reading: ExperimentReading, whole: WholeCounts? = nil, workers: Workers = Workers()
    ) throws -> HealthReport {
        let experiment = reading.experiment
        // Of covariates it is asked whether they are balanced among all units, not among those that drop-out left.
        let seen = try BalanceReport.examine(reading.everyone ?? experiment, workers: workers)
        let balance = whole.map { seen.telling($0.covariates) } ?? seen
        let attrition = try AttritionCheck.examine(reading, balance, workers: workers)
        let findings =
            DesignCheck.examine(experiment) + (whole.map { [$0.note()] } ?? []) + JoinCheck.examine(reading)
            + UnitChecks.examine(reading, whole: whole) + [
                SampleRatioCheck.examine(experiment, counts: whole?.units)
            ] + [OverlapCheck.examine(experiment)]
            + attrition + BalanceCheck.examine(balance, experiment) + ExplainedOutcomeCheck.examine(reading.observed)
            + ColumnChecks.examine(reading, whole: whole) + TextChecks.examine(reading)
            + reading.notes.surrogates.map(\.finding) + OutlierCheck.examine(reading) + [
                MetricUnitCheck.examine(reading)
            ] + MissingnessCheck.examine(reading)
        return HealthReport(findings: findings, balance: balance).adding([]).accepting(experiment.spec.accept ?? [])
    }

    /// The same with further findings, in their place.
    package func adding(_ more: [HealthFinding]) -> HealthReport {
        let order = HealthFinding.Check.allCases
        let all = (findings + more).enumerated().sorted { a, b in
            let (first, second) = (
                order.firstIndex(of: a.element.check) ?? 0, order.firstIndex(of: b.element.check) ?? 0
            )
            return (first, a.offset) < (second, b.offset)
        }
        return HealthReport(findings: all.map(\.element), balance: balance)
    }

    /// Blocking findings that the analyst lets pass become warnings that say why; those that leave nothing to estimate
    /// stay.
    private func accepting(_ acceptances: [Acceptance]) -> HealthReport {
        let judged = findings.map { finding in
            guard finding.severity == .blocking, !finding.preventsFit,
                let acceptance = acceptances.first(where: { $0.covers(finding) })
            else { return finding }
            return finding.accepted(because: acceptance.reason)
        }
        return HealthReport(findings: judged, balance: balance).adding([])
    }

    package var worst: HealthFinding.Severity { findings.map(\.severity).max() ?? .ok }

    /// Whether `check` must exit with 1.
    package var isBlocking: Bool { worst == .blocking }

    /// Why no effects are estimated, as the error with which `fit` stops: a blocking finding that the spec does not accept;
    /// nil if there is none.
    package func fitRefusal(file: String) -> EspalierError? {
        let blocking = findings.filter { $0.severity == .blocking }
        return (blocking.first(where: \.preventsFit) ?? blocking.first).map { finding in
            let place = finding.subject.map { "{\($0): why}" } ?? "why"
            let way = finding.preventsFit ? nil : "or let it pass with accept: {\(finding.check.rawValue): \(place)}"
            return EspalierError(
                .check, finding.sentence, file: file,
                remedy: [finding.remedy, way].compactMap { $0 }.joined(separator: ", "))
        }
    }
}
