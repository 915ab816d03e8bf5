import Texts

extension SpecSections {
    /// What may be accepted: findings that leave something to estimate.
    private static let acceptable: [HealthFinding.Check] = [
        .sampleRatio, .attrition, .balance, .afterExposure, .lateLabels,
    ]

    /// `accept: {sampleRatio: reason, afterExposure: {covariate: reason}}`.
    static func acceptances(_ node: SpecNode, covariates: [CovariateSpec]) throws -> [Acceptance] {
        let names = acceptable.map(\.rawValue)
        return try node.named().flatMap { written, place, value -> [Acceptance] in
            guard let check = acceptable.first(where: { $0.rawValue == written }) else {
                let isCheck = HealthFinding.Check(rawValue: written) != nil
                throw place.error(
                    isCheck
                        ? "the finding \(DisplayText.quoted(written)) cannot be accepted"
                        : "unknown finding \(DisplayText.quoted(written)) in \(node.name)",
                    remedy: isCheck
                        ? "correct its cause"
                        : NearestName.hint(written, among: names)
                            ?? "what can be accepted is \(names.joined(separator: ", "))")
            }
            guard check == .afterExposure else {
                guard !value.isMapping else {
                    throw value.error("\(value.name) must be a reason", remedy: "write \(written): why it may pass")
                }
                return [Acceptance(check: check, reason: try value.text())]
            }
            guard value.isMapping else {
                throw value.error(
                    "\(value.name) must name covariates",
                    remedy: "write \(written): {covariate: why it may pass}")
            }
            return try value.named().map { covariate, place, reason in
                guard covariates.contains(where: { $0.column == covariate }) else {
                    throw place.error(
                        "\(value.name) speaks of \(DisplayText.quoted(covariate)), which is no covariate",
                        remedy: NearestName.hint(covariate, among: covariates.map(\.column)))
                }
                return Acceptance(check: check, subject: covariate, reason: try reason.text())
            }
        }
    }
}
