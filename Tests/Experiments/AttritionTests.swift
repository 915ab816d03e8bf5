import Experiments
import Foundation
import Runtime
import Statistics
import Testing

/// Units without an outcome, weighted for instead of left out.
@Suite struct AttritionTests {
    private static let spec = Scratch.plainSpec
        .replacing("control: c}", with: "control: c, arms: [c, t], shares: [1, 1]}")
        .replacing("{name: y, direction: maximize}", with: "{name: y, direction: maximize, missing: drop}")
    private static let weighted = spec + "\nattrition: weights"

    /// Rows of `id,t,y,x` where control loses a tenth and the arm the more the higher x is.
    private static func rows(_ count: Int, seed: UInt64 = 3) -> [String] {
        var random = RandomStream(seed: seed)
        return (0..<count).map { row in
            let x = random.normal()
            let isTreated = row % 2 == 1
            let y = 1 + x + (isTreated ? 0.5 : 0) + random.normal()
            let isLost = random.bernoulli(isTreated ? 1 / (1 + exp(1 - 1.5 * x)) : 0.1)
            return "\(row),\(isTreated ? "t" : "c"),\(isLost ? "" : "\(y)"),\(x)"
        }
    }

    private static func read(_ rows: [String], spec: String, header: String = "id,t,y,x") throws -> ExperimentReading {
        try Scratch().read(([header] + rows).joined(separator: "\n"), spec: spec)
    }

    /// Without covariates to go by: m is the mean and p the share seen among the arm's training units of other folds.
    @Test func completedByHand() throws {
        var random = RandomStream(seed: 8)
        let units = 60
        let assignment = (0..<units).map { UInt8($0 % 2) }
        let folds = (0..<units).map { UInt8($0 / 2 % 3) }
        let isSeen = (0..<units).map { $0 % 7 != 3 }
        let values = (0..<units).map { isSeen[$0] ? random.normal() : .nan }
        let training = 0..<45
        let weights = try DropOutWeights(
            [], assignment: assignment, armCount: 2, isSeen: isSeen, folds: folds, foldCount: 3, training: training,
            context: RunContext())
        let completed = weights.completed(values)
        for unit in 0..<units {
            let others = training.filter { assignment[$0] == assignment[unit] && folds[$0] != folds[unit] }
            let seen = others.filter { isSeen[$0] }
            let mean = seen.reduce(0) { $0 + values[$1] } / Double(seen.count)
            let chance = Double(seen.count) / Double(others.count)
            let expected = isSeen[unit] ? mean + (values[unit] - mean) / chance : mean
            #expect(abs(completed[unit] - expected) < 1e-3, "unit \(unit): \(completed[unit]), \(expected)")
        }
        #expect(weights.limitedCount == 0)
    }

    /// Where everybody was seen nothing changes.
    @Test func seenOutcomesStay() throws {
        var random = RandomStream(seed: 9)
        let values = (0..<400).map { _ in 1e6 + random.normal() }
        let x = Covariate(
            name: "x", encoding: .numeric(centre: 0), values: (0..<400).map { _ in Float(random.normal()) })
        let weights = try DropOutWeights(
            [x], assignment: (0..<400).map { UInt8($0 % 2) }, armCount: 2,
            isSeen: Array(repeating: true, count: 400), folds: (0..<400).map { UInt8($0 / 2 % 5) }, foldCount: 5,
            training: 0..<300, context: RunContext())
        #expect(zip(weights.completed(values), values).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    /// A chance below the least used counts as that, and is told.
    @Test func smallChancesAreLimited() throws {
        var random = RandomStream(seed: 10)
        let units = 6_000
        let x = (0..<units).map { _ in Float(random.normal()) }
        let isSeen = x.map { random.bernoulli(1 / (1 + exp(Double(-1 + 4 * $0)))) }
        let weights = try DropOutWeights(
            [Covariate(name: "x", encoding: .numeric(centre: 0), values: x)],
            assignment: Array(repeating: 0, count: units), armCount: 1, isSeen: isSeen,
            folds: (0..<units).map { UInt8($0 % 5) }, foldCount: 5, training: 0..<units, context: RunContext())
        #expect(weights.limitedCount > 0 && weights.limitedCount < 60)
        // y is 0 but for one unit at a time: what it adds over its prediction is at most 50 times itself.
        let completed = weights.completed(isSeen.map { $0 ? 1 : .nan })
        #expect(completed.allSatisfy { abs($0 - 1) < 1e-6 })
    }

    @Test func everyRandomisedUnitCounts() throws {
        let rows = Self.rows(4_000)
        let left = try Self.read(rows, spec: Self.spec)
        let reading = try Self.read(rows, spec: Self.weighted)
        let (experiment, everyone) = (reading.experiment, try #require(reading.everyone))
        #expect(experiment.unitCount == 4_000 && experiment.droppedCount == 0)
        #expect(experiment.units.keys == everyone.units.keys && experiment.tuneCount == everyone.tuneCount)
        #expect(reading.observed.unitCount == left.experiment.unitCount && left.experiment.droppedCount > 500)
        #expect(reading.observed.outcomes[0].observed == left.experiment.outcomes[0].observed)
        // The truth is 0.5; of those that are left it is lower by half and more.
        func difference(_ experiment: Experiment) -> Double {
            func mean(_ arm: UInt8) -> Double {
                let own = experiment.assignment.indices.filter { experiment.assignment[$0] == arm }
                return own.reduce(0) { $0 + experiment.outcomes[0].observed.value($1) } / Double(own.count)
            }
            return mean(1) - mean(0)
        }
        #expect(abs(difference(experiment) - 0.5) < 0.15, "\(difference(experiment))")
        #expect(difference(left.experiment) < 0.25, "\(difference(left.experiment))")
    }

    @Test func neitherRowsNorThreadsMatter() throws {
        let rows = Self.rows(900)
        let first = try Self.read(rows, spec: Self.weighted).experiment
        let second = try Self.read(rows.reversed(), spec: Self.weighted).experiment
        #expect(first.outcomes[0].observed == second.outcomes[0].observed)
        let scratch = try Scratch()
        _ = try scratch.write((["id,t,y,x"] + rows).joined(separator: "\n"), as: "data.csv")
        let third = try Experiment.read(
            spec: ExperimentSpec.read(yaml: Self.weighted, file: "spec.yaml"), folder: scratch.folder,
            context: RunContext(workers: Workers(count: 1))
        ).experiment
        #expect(first.outcomes[0].observed == third.outcomes[0].observed)
    }

    /// A ratio is linearised by sums over all units: its control ratio is that of everybody.
    @Test func ratiosAreOfAllUnits() throws {
        var random = RandomStream(seed: 12)
        var (numerator, denominator) = (0.0, 0.0)
        let rows = (0..<6_000).map { row -> String in
            let x = random.normal()
            let seen = 5 + 2 * x + 0.3 * random.normal()
            let acted = 2 + x + 0.3 * random.normal()
            if row % 2 == 0 { (numerator, denominator) = (numerator + acted, denominator + seen) }
            let isLost = random.bernoulli(1 / (1 + exp(1 - x)))
            return "\(row),\(row % 2 == 1 ? "t" : "c"),\(isLost ? "," : "\(acted),\(seen)"),\(x)"
        }
        let spec = Self.weighted.replacing("maximize, missing", with: "maximize, ratio: {y: n}, missing")
        let reading = try Self.read(rows, spec: spec, header: "id,t,y,n,x")
        let experiment = reading.experiment
        func controlMean(_ experiment: Experiment) -> Double {
            let own = experiment.tune.filter { experiment.assignment[$0] == 0 }
            return own.reduce(0) { $0 + experiment.outcomes[0].observed.value($1) } / Double(own.count)
        }
        let truth = numerator / denominator
        #expect(abs(controlMean(experiment) - truth) < 0.01, "\(controlMean(experiment)), \(truth)")
        let left = try Self.read(
            rows, spec: spec.replacing("\nattrition: weights", with: ""), header: "id,t,y,n,x"
        ).experiment
        #expect(abs(controlMean(left) - truth) > 0.004, "\(controlMean(left)), \(truth)")
        #expect(reading.notes.denominators.count == 1)
    }

    @Test(arguments: [
        (Self.spec.replacing("missing: drop", with: "missing: zero") + "\nattrition: weights", "no outcome to weight"),
        (Self.spec + "\nattrition: bounds", "attrition"),
        (
            Self.weighted.replacing("shares: [1, 1]", with: "propensities: estimate"), "arms that were randomised"
        ),
    ])
    func whatCannotBeWeightedIsRefused(spec: String, words: String) throws {
        let error = #expect(throws: EspalierError.self) { try ExperimentSpec.read(yaml: spec, file: "spec.yaml") }
        let told = error?.description ?? ""
        #expect(told.contains(words) && told.contains("spec.yaml"), "\(told)")
    }

    /// Said once, with the shares of both arms; nothing where as many are missing in every arm.
    @Test func dropOutIsACaveat() throws {
        let rows = Self.rows(4_000)
        func told(_ rows: [String], _ spec: String) throws -> [String] {
            try Self.read(rows, spec: spec).experiment.caveats.filter { $0.contains("drop-out") }
        }
        let left = try told(rows, Self.spec)
        #expect(left.count == 1 && left[0].hasPrefix("drop-out differs by arm: ") && left[0].contains("\"c\""))
        #expect(left[0].contains("attrition: weights"))
        let weighted = try told(rows, Self.weighted)
        #expect(weighted.count == 1 && weighted[0].hasPrefix("weighted for drop-out ("))
        var random = RandomStream(seed: 5)
        let even = (0..<2_000).map {
            "\($0),\($0 % 2 == 0 ? "c" : "t"),\(random.bernoulli(0.2) ? "" : "\(random.normal())"),\(random.normal())"
        }
        #expect(try told(even, Self.spec).isEmpty)
        let none = try Self.read(even.map { $0.replacing(",,", with: ",0,") }, spec: Self.weighted).experiment
        #expect(none.attrition == nil && none.caveats.isEmpty)
    }

    /// What blocked does so no longer once its remedy is followed, and still is told.
    @Test func weightsAreTheRemedy() throws {
        let rows = Self.rows(4_000)
        func found(_ spec: String) throws -> [HealthFinding] {
            try HealthReport.examine(Self.read(rows, spec: spec)).findings
        }
        let before = try #require(try found(Self.spec).first { $0.check == .attrition })
        #expect(before.severity == .blocking && before.remedy?.contains("attrition: weights") == true)
        let after = try found(Self.weighted)
        let told = try #require(after.first { $0.check == .attrition })
        #expect(told.severity == .warning && told.sentence.hasPrefix("effects are of all units"))
        #expect(!after.contains { $0.severity == .blocking })
        #expect(!after.contains { $0.remedy?.contains("remove") == true })
    }
}
