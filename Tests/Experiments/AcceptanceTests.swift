import Experiments
import Runtime
import Statistics
import Testing

/// Findings that stop a fit, and how a spec lets them pass.
@Suite struct AcceptanceTests {
    private static let spec = Scratch.plainSpec.replacing(
        "control: c}", with: "control: c, arms: [c, t], shares: [1, 1]}"
    ).replacing("[x]", with: "[x, late]")

    /// A covariate that the treatment moved by half a standard deviation.
    private func report(accept: String = "") throws -> HealthReport {
        var random = RandomStream(seed: 9)
        let rows = (0..<2000).map { row in
            let late = random.normal() + (row % 2 == 0 ? 0 : 0.5)
            return "\(row),\(row % 2 == 0 ? "c" : "t"),\(random.normal()),\(random.normal()),\(late)"
        }
        return try HealthReport.examine(
            Scratch().read((["id,t,y,x,late"] + rows).joined(separator: "\n"), spec: Self.spec + accept))
    }

    @Test func aCovariateMeasuredAfterExposureStopsTheFit() throws {
        let report = try report()
        let finding = try #require(report.findings.first { $0.check == .afterExposure })
        #expect(finding.severity == .blocking && finding.subject == "late")
        #expect(finding.sentence.hasPrefix("the covariate \"late\" differs by arm (largest standardised difference 0."))
        let refusal = try #require(report.fitRefusal(file: "spec.yaml"))
        #expect(refusal.kind == .check)
        #expect(refusal.remedy?.hasSuffix("or let it pass with accept: {afterExposure: {late: why}}") == true)
        // The other covariate is well, and so are both without the late one.
        #expect(report.findings.first { $0.check == .balance }?.severity == .ok)
    }

    @Test func theSpecLetsItPassAndSaysWhy() throws {
        let report = try report(accept: "\naccept:\n  afterExposure: {late: frozen the day before}\n")
        let finding = try #require(report.findings.first { $0.check == .afterExposure })
        #expect(finding.severity == .warning && finding.accepted == "frozen the day before")
        #expect(finding.sentence.hasSuffix("(accepted: frozen the day before)"))
        #expect(!report.isBlocking && report.fitRefusal(file: "f") == nil)
    }

    @Test func anAcceptanceOfAnotherFindingDoesNotHelp() throws {
        let report = try report(accept: "\naccept:\n  afterExposure: {x: known}\n  sampleRatio: known\n")
        #expect(report.isBlocking)
    }

    @Test(arguments: [
        (
            "accept: {sampleRato: x}",
            "spec.yaml:8: unknown finding \"sampleRato\" in accept; perhaps \"sampleRatio\" is meant."
        ),
        (
            "accept: {armSizes: x}",
            "spec.yaml:8: the finding \"armSizes\" cannot be accepted; correct its cause."
        ),
        (
            "accept: {sampleRatio: {a: b}}",
            "spec.yaml:8: accept.sampleRatio must be a reason; write sampleRatio: why it may pass."
        ),
        (
            "accept: {afterExposure: x}",
            "spec.yaml:8: accept.afterExposure must name covariates; write afterExposure: {covariate: why it may pass}."
        ),
        (
            "accept: {afterExposure: {lat: x}}",
            "spec.yaml:8: accept.afterExposure speaks of \"lat\", which is no covariate; perhaps \"late\" is meant."
        ),
        (
            "accept: {sampleRatio: }",
            "spec.yaml:8: accept.sampleRatio must be a text but is empty; fill it in, or quote a text such as \"null\"."
        ),
    ])
    func whatIsWrongIsSaid(lines: String, sentence: String) {
        let error = #expect(throws: EspalierError.self) {
            try ExperimentSpec.read(yaml: Self.spec + "\n" + lines, file: "spec.yaml")
        }
        #expect(error?.description == sentence)
    }
}
