import Effects
import Foundation
import Groups
import Statistics
import Testing

@Suite struct CohortTableTests {
    /// METHODS section 1: every cohort keeps its leaf's effect, never re-estimated on the intersection.
    @Test func effectsAreTheLeaves() throws {
        let sample = try CohortSample()
        for unit in stride(from: 0, to: sample.experiment.unitCount, by: 17) {
            for (index, tree) in sample.trees.enumerated() {
                let leaf = tree.leaves[Int(sample.leaves[index][unit])]
                #expect(
                    sample.table.effect(cohort: Int(sample.cohortOf[unit]), arm: index / 2 + 1, outcome: index % 2)
                        == leaf.estimate)
            }
        }
        #expect(abs(sample.table.rows.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    }

    /// A cohort's rule holds for its units and for no others: read back here from the words alone.
    @Test func rulesInWordsDescribeTheirUnits() throws {
        let sample = try CohortSample()
        let names = ["a", "b", "c", "d", "e"]
        for unit in stride(from: 0, to: sample.experiment.unitCount, by: 29) {
            let point = sample.point(unit)
            for row in sample.table.rows where row.units > 0 {
                let holds =
                    row.rule == "all units"
                    || row.rule.components(separatedBy: " and ").allSatisfy { Self.holds($0, point, names) }
                #expect(holds == (row.id == Int(sample.cohortOf[unit]) + 1), "\(row.rule) \(point)")
            }
        }
        print("a rule: \(sample.table.rows[0].rule)")
    }

    /// Reads one condition: "x0 <= 1", "-1 < x0 <= 1", "x0 is missing", "x3 in {a, b}", "(... or missing)".
    private static func holds(_ condition: String, _ point: [Float], _ names: [String]) -> Bool {
        var text = condition
        let orMissing = text.hasSuffix(" or missing)")
        if orMissing { text = String(text.dropFirst().dropLast(" or missing)".count)) }
        let words = text.split(separator: " ").map(String.init)
        let name = words.first { $0.hasPrefix("x") } ?? ""
        let value = point[Int(name.dropFirst()) ?? 0]
        if text.hasSuffix("is missing") { return value.isNaN }
        if text.hasSuffix("is known") { return !value.isNaN }
        if value.isNaN { return orMissing }
        if let brace = text.firstIndex(of: "{") {
            let list = text[text.index(after: brace)...].dropLast().components(separatedBy: ", ")
            return list.contains(names[Int(value)]) == !text.contains("not in")
        }
        if words.count == 3, words[1] == "=" { return words[2] == names[Int(value)] }
        if words.count == 5 { return Float(words[0])! < value && value <= Float(words[4])! }
        return words[1] == ">" ? value > Float(words[2])! : value <= Float(words[2])!
    }

    /// One draw per leaf: against a simulation that draws every leaf once, and far from one that draws per cohort.
    @Test func theVarianceOfACombinationDrawsLeavesOnce() throws {
        let sample = try CohortSample()
        var stream = RandomStream(seed: 3)
        let weights = sample.table.rows.map { $0.share * stream.uniform() }
        for tree in sample.trees {
            let variance = sample.table.variance(ofWeights: weights, arm: tree.arm, outcome: tree.outcome)
            var sums = Moments()
            for _ in 0..<4_000 {
                let draws = tree.leaves.map { $0.estimate.effect + $0.estimate.standardError * stream.normal() }
                let place = (tree.arm - 1) * 2 + tree.outcome
                sums.add(
                    zip(weights, sample.table.rows).reduce(0) { $0 + $1.0 * draws[Int($1.1.leaves[place])] })
            }
            #expect(abs(sums.standardDeviation / variance.squareRoot() - 1) < 0.05)
            let perCohort = zip(weights, sample.table.rows.indices).reduce(0) { sum, pair in
                let error = sample.table.effect(cohort: pair.1, arm: tree.arm, outcome: tree.outcome).standardError
                return sum + pair.0 * pair.0 * error * error
            }
            #expect(perCohort < 0.7 * variance)
        }
    }

    /// The product's defaults on an experiment of the size of the Hillstrom one: tens of cohorts, a few hundred at most.
    @Test func defaultsGiveCohortsThatCanBeRead() throws {
        let sample = try CohortSample(units: 40_000, settings: TreeSettings())
        print("cohorts at defaults: \(sample.partition.tuples.count), leaves \(sample.trees.map(\.leaves.count))")
        #expect((10...400).contains(sample.partition.tuples.count))
    }
}
