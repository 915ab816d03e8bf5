import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Arms that were not randomised.
@Suite struct PropensityTests {
    private static let spec = Scratch.plainSpec.replacing(
        "control: c}", with: "control: c, arms: [c, t], propensities: estimate}"
    ).replacing("[x]", with: "[x, {column: z, kind: categorical}]")

    /// Treated by a logistic curve in x and z; the effect is 1, and x raises the outcome.
    private func reading(_ units: Int, seed: UInt64, spec: String = Self.spec, strength: Double = 1) throws
        -> (reading: ExperimentReading, truth: [Double])
    {
        var stream = RandomStream(seed: seed, purpose: "propensity")
        var (rows, truth) = ([String](), [Double]())
        for unit in 0..<units {
            let x = stream.normal()
            let z = stream.index(below: 3)
            let p = 1 / (1 + exp(-strength * (0.8 * x + (z == 1 ? 0.7 : 0) - 0.3)))
            let treated = stream.bernoulli(p)
            truth.append(p)
            rows.append("\(unit),\(treated ? "t" : "c"),\(x + (treated ? 1 : 0) + stream.normal()),\(x),z\(z)")
        }
        return (try Scratch().read((["id,t,y,x,z"] + rows).joined(separator: "\n"), spec: spec), truth)
    }

    @Test func propensitiesAreRecovered() throws {
        let (reading, truth) = try reading(20_000, seed: 1)
        let made = reading.experiment
        var error = 0.0
        for unit in 0..<made.unitCount {
            let p = made.propensity.of(arm: 1, unit: unit)
            error += abs(p - truth[Int(made.units.rows[unit]) - 1])
            #expect(abs(p + made.propensity.of(arm: 0, unit: unit) - 1) < 1e-6)
            #expect(min(p, 1 - p) >= 0.1)
        }
        error /= Double(made.unitCount)
        print("estimated propensities: mean absolute error \(error), \(made.trimmedCount) of 20,000 units trimmed")
        #expect(error < 0.015)
        // Units whose true propensity is far outside are left out, and counted.
        let outside = truth.count { min($0, 1 - $0) < 0.09 }
        #expect(made.trimmedCount >= outside && made.unitCount + made.trimmedCount == 20_000)
    }

    /// The plain difference of means is off by 0.7; weighted by 1/e it is right on average over 100 observational studies.
    @Test func weightingTakesTheConfoundingAway() throws {
        let found = try Workers().map(100) { replicate -> (plain: Double, weighted: Double) in
            let made = try reading(1500, seed: UInt64(replicate + 10)).reading.experiment
            var sums = [(weight: Double, value: Double)](repeating: (0, 0), count: 4)
            for unit in 0..<made.unitCount {
                let (arm, y) = (Int(made.assignment[unit]), made.outcomes[0].observed.value(unit))
                for (place, weight) in [(arm, 1.0), (2 + arm, 1 / made.propensity.of(arm: arm, unit: unit))] {
                    sums[place].weight += weight
                    sums[place].value += weight * y
                }
            }
            func mean(_ place: Int) -> Double { sums[place].value / sums[place].weight }
            return (mean(1) - mean(0), mean(3) - mean(2))
        }
        let plain = Moments(found.map(\.plain))
        let weighted = Moments(found.map(\.weighted))
        print(
            "observational effect of 1: plain \(plain.mean), weighted \(weighted.mean) (SE \(weighted.standardError))")
        #expect(plain.mean > 1.3)
        #expect(abs(weighted.mean - 1) < 0.03)
    }

    @Test func everyOutputIsTold() throws {
        let reading = try reading(3000, seed: 2).reading
        let report = try HealthReport.examine(reading)
        let design = try #require(report.findings.first { $0.check == .design })
        #expect(
            design.severity == .warning
                && design.sentence.hasPrefix(
                    "the arms were not randomised: propensities are estimated from 2 covariates")
        )
        #expect(reading.experiment.caveats.first == design.sentence)
        #expect(report.findings.first { $0.check == .sampleRatio }?.severity == .note)
        #expect(report.balance?.isWeighted == true && report.balance?.omnibus == nil)
        #expect(report.findings.first { $0.check == .balance }?.severity == .ok)
        #expect(!report.isBlocking)
    }

    @Test func theOrderOfRowsDoesNotMatter() throws {
        var stream = RandomStream(seed: 5)
        let rows = (0..<800).map { unit in
            let x = stream.normal()
            return "\(unit),\(stream.bernoulli(x > 0 ? 0.7 : 0.3) ? "t" : "c"),\(stream.normal()),\(x),z\(unit % 2)"
        }
        let made = try [rows, rows.shuffled(using: &stream)].map {
            try Scratch().read((["id,t,y,x,z"] + $0).joined(separator: "\n"), spec: Self.spec).experiment
        }
        #expect(made[0].units.keys == made[1].units.keys && made[0].trimmedCount == made[1].trimmedCount)
        guard case .columns(let a) = made[0].propensity, case .columns(let b) = made[1].propensity else { return }
        #expect(a == b)
    }

    @Test func armsThatDoNotOverlapAreRefused() {
        let error = #expect(throws: EspalierError.self) {
            let rows = (0..<600).map {
                "\($0),\($0 < 300 ? "c" : "t"),\($0 % 7),\($0 < 300 ? -5 - $0 % 3 : 5 + $0 % 3),a"
            }
            _ = try Scratch().read((["id,t,y,x,z"] + rows).joined(separator: "\n"), spec: Self.spec)
        }
        #expect(error?.message.contains("the arms do not overlap") == true)
    }

    @Test(arguments: [
        (
            "propensities: estimate", "propensities: estimated",
            "must be a list of columns, or estimate where the arms were not randomised"
        ),
        (
            "propensities: estimate", "propensities: estimate, trim: 0.6",
            "no unit can have every arm with a probability above 1/2"
        ),
        ("propensities: estimate", "shares: [1, 1], trim: 0.1", "treatment.trim goes with propensities: estimate only"),
    ])
    func whatIsWrongIsSaid(old: String, new: String, part: String) {
        let error = #expect(throws: EspalierError.self) {
            _ = try ExperimentSpec.read(yaml: Self.spec.replacing(old, with: new), file: "s.yaml")
        }
        #expect(error?.message.contains(part) == true)
    }
}
