import Experiments
import Runtime
import Testing

@Suite struct OutlierTests {
    private static let spec = Scratch.plainSpec.replacing(
        "control: c}", with: "control: c, arms: [c, t], shares: [1, 1]}")

    /// 0...1999, one value of them 100,000.
    private func reading(_ outcome: String) throws -> ExperimentReading {
        let rows = (0..<2000).map { "\($0),\($0 % 2 == 0 ? "c" : "t"),\($0 == 77 ? 100_000 : $0),\($0 % 7)" }
        return try Scratch().read(
            (["id,t,y,x"] + rows).joined(separator: "\n"),
            spec: Self.spec.replacing("direction: maximize}", with: "direction: maximize\(outcome)}"))
    }

    @Test func oneUnitThatMakesTheVarianceIsAWarning() throws {
        let report = try HealthReport.examine(reading(""))
        let finding = try #require(report.findings.first { $0.check == .outliers })
        #expect(finding.severity == .warning && finding.remedy?.contains("winsorize: 0.999") == true)
        // (99,000)^2 against 2000^3/12.
        #expect(finding.details[1].value > 0.9)
    }

    /// The limits are pooled tune quantiles, applied to every unit, and said.
    @Test func winsorisingPullsInAndSaysSo() throws {
        let plain = try reading("").experiment
        let made = try reading(", winsorize: 0.99").experiment
        let winsorizing = try #require(made.outcomes[0].winsorizing)
        let tune = made.tune.map { plain.outcomes[0].observed.value($0) }.sorted()
        let last = Double(tune.count - 1)
        #expect(abs(winsorizing.high - tune[Int((last * 0.99).rounded(.up))]) < 0.01)
        #expect(abs(winsorizing.low - tune[Int((last * 0.01).rounded(.down))]) < 0.01)
        for unit in 0..<made.unitCount {
            let wanted = min(max(plain.outcomes[0].observed.value(unit), winsorizing.low), winsorizing.high)
            #expect(abs(made.outcomes[0].observed.value(unit) - wanted) < 0.02)
        }
        #expect(
            made.caveats.count == 1 && made.caveats[0].hasPrefix("y is winsorised at its 0.99 quantile: values outside")
        )
        let report = try HealthReport.examine(reading(", winsorize: 0.99"))
        #expect(report.findings.first { $0.check == .outliers }?.severity == .ok)
    }

    @Test(arguments: [
        ("winsorize: 0.4", "must be a quantile above 0.5 and below 1 but is 0.4"),
        ("preperiod: y", "names its own column \"y\" as preperiod"),
    ])
    func whatIsWrongIsSaid(line: String, part: String) {
        let error = #expect(throws: EspalierError.self) { _ = try reading(", " + line) }
        #expect(error?.message.contains(part) == true)
    }

    @Test func rowsOfOneIdAreNotUnits() throws {
        let rows = (0..<600).map { "u\($0 / 3),\($0 % 2 == 0 ? "c" : "t"),\($0 % 11),\($0 % 7)" }
        let report = try HealthReport.examine(
            Scratch().read(
                (["user_id,t,y,x"] + rows).joined(separator: "\n"),
                spec: Self.spec.replacing("unit: id", with: "unit: row")))
        let finding = try #require(report.findings.first { $0.check == .metricUnit })
        #expect(finding.severity == .warning)
        #expect(
            finding.sentence.hasPrefix("each row counts as a unit, but \"user_id\" has only 200 values in 600 rows"))
    }
}
