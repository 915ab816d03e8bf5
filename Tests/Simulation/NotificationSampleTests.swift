import Simulation
import Statistics
import Testing

/// The bundled files: what the simulator makes, and what they look like.
@Suite struct NotificationSampleTests {
    @Test func theBundledSampleIsTheSimulatorsOutputAsText() throws {
        let texts = try Scenario.named("notifications").texts()
        #expect(texts.map(\.name) == ["units.csv.gz", "truth.csv.gz", "experiment.yaml"])
        for text in texts {
            let bundled = try SampleFile.bytes(text.name)
            // One Bool: a difference would otherwise print megabytes.
            let isEqual = bundled == text.bytes
            #expect(isEqual, "\(text.name) differs; write it anew with `espalier simulate notifications`")
        }
    }

    @Test func membersAreTheSameInUnitsAndTruth() throws {
        let units = try Sample.units.get()
        let members = try units.texts("member")
        let isEqual = try members == Sample.truthTable.get().texts("member")
        #expect(isEqual)
        #expect(units.count == 40_000)
        #expect(members.first == "m0000001" && members.last == "m0040000")
        #expect(Set(members).count == units.count)
    }

    /// Bands around the design's intent, wider than sampling moves them.
    @Test(arguments: [
        ("sessions", 3.0...3.4), ("disables", 1.0...1.2), ("impressions", 165...195), ("visits_28d", 11...12.5),
        ("notifications_28d", 95...106), ("past_ctr", 0.128...0.138), ("muted_kinds", 0.58...0.66),
        ("connections", 245...275), ("tenure_days", 1450...1650), ("weekend_share", 0.28...0.30),
        ("is_premium", 0.075...0.095),
    ])
    func meansLieInTheirBands(column: String, band: ClosedRange<Double>) throws {
        let values = try Sample.units.get().numbers(column).compactMap { $0 }
        #expect(band.contains(Moments(values).mean))
    }

    @Test(arguments: [("past_ctr", 0.03...0.045), ("weekend_share", 0.015...0.025)])
    func aFewValuesAreMissing(column: String, band: ClosedRange<Double>) throws {
        let values = try Sample.units.get().numbers(column)
        #expect(band.contains(Double(values.count { $0 == nil }) / Double(values.count)))
    }

    @Test func nothingElseIsMissing() throws {
        let units = try Sample.units.get()
        for name in units.names where name != "past_ctr" && name != "weekend_share" {
            let gaps = try units.texts(name).count { $0.isEmpty }
            #expect(gaps == 0, "\(name)")
        }
    }

    /// Planned shares are equal: chi-square on 3 degrees of freedom below its 0.1% quantile, 16.27, as the health check
    /// of METHODS section 7 asks.
    @Test func armsHaveTheirPlannedShares() throws {
        let arms = try Sample.units.get().texts("arm")
        let expected = Double(arms.count) / 4
        let statistic = NotificationTruth.arms.reduce(0.0) { sum, arm in
            let difference = Double(arms.count { $0 == arm }) - expected
            return sum + difference * difference / expected
        }
        #expect(statistic < 16.27)
    }

    /// The observed mean of each arm and quantity is the mean of the expected values of the same members, within 4
    /// standard errors of the difference.
    @Test(arguments: NotificationTruth.arms, ["sessions", "clicks", "impressions", "disables"])
    func theDataAgreeWithTheTruth(arm: String, quantity: String) throws {
        let residuals = try residuals(arm: arm, quantity: quantity)
        #expect(abs(residuals.mean) < 4 * residuals.standardError)
        #expect(residuals.standardError > 0)
    }

    /// What decides the width of intervals: the residual spread over the control mean. A doubly robust difference has a
    /// standard error of about spread * sqrt(8 * share treated / units), 0.3 to 0.35% for sessions at 28,000 units.
    @Test(arguments: [("sessions", 0.17...0.22), ("disables", 0.95...1.15)])
    func noiseIsAsDesigned(quantity: String, band: ClosedRange<Double>) throws {
        let spread = try residuals(arm: "control", quantity: quantity).standardDeviation
        let mean = try NotificationTruth.mean(Sample.truthTable.get().complete("\(quantity)_control"))
        #expect(band.contains(spread / mean))
    }

    @Test func theSpecNamesEveryColumn() throws {
        let spec = String(decoding: try SampleFile.bytes("experiment.yaml"), as: UTF8.self)
        for name in try Sample.units.get().names {
            #expect(spec.contains(name), "\(name)")
        }
    }

    private func residuals(arm: String, quantity: String) throws -> Moments {
        let units = try Sample.units.get()
        let arms = try units.texts("arm")
        let observed = try units.complete(quantity)
        let expected = try Sample.truthTable.get().complete("\(quantity)_\(arm)")
        return Moments(arms.indices.lazy.filter { arms[$0] == arm }.map { observed[$0] - expected[$0] })
    }
}
