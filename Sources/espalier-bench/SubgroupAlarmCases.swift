import Experiments
import Foundation
import Groups
import Runtime
import Statistics

/// `espalier-bench subgroups [EXPERIMENTS]`: how often tests of subgroups reject where no effect differs, by shares, noise and
/// kind of outcome.
enum SubgroupAlarmCases {
    private struct Design: Sendable {
        let name: String
        let share: Double
        /// The noise of treated units; control's is 1.
        var noise = 1.0
        /// The rate of a binary outcome; nil draws normal ones.
        var rate: Double?
    }

    private static let designs = [
        Design(name: "1:1", share: 0.5), Design(name: "9:1", share: 0.1),
        Design(name: "1:1, treated noise 3", share: 0.5, noise: 3),
        Design(name: "9:1, treated noise 3", share: 0.1, noise: 3),
        Design(name: "9:1, treated noise 1/3", share: 0.1, noise: 1.0 / 3),
        Design(name: "1:1, binary 10%", share: 0.5, rate: 0.1),
        Design(name: "9:1, binary 10%", share: 0.1, rate: 0.1),
    ]

    static func run(experiments: Int) throws {
        print("rejected at 5% in \(experiments) experiments of 2,000 units without effects, a level of 5%")
        for design in designs {
            let rejected = try Workers().map(experiments) { try trial(design, seed: UInt64($0 + 1)) }
            var line = "  " + design.name.padding(toLength: 24, withPad: " ", startingAt: 0)
            for index in names.indices {
                let share = Double(rejected.count { $0[index] }) / Double(experiments)
                line += String(format: "  %@ %4.1f%%", names[index], 100 * share)
            }
            print(line)
        }
    }

    private static let names = ["x", "level", "x linear", "level x flag", "flag", "search", "search rest"]

    /// Which tests reject.
    private static func trial(_ design: Design, seed: UInt64) throws -> [Bool] {
        let experiment = experiment(design, seed: seed)
        let one = RunContext(workers: Workers(count: 1))
        func terms(_ covariates: [Int]) throws -> [EffectVariance.Term] {
            try EffectDrillDown.run(experiment, arm: 1, outcome: 0, by: covariates, context: one).variance.terms
        }
        let all = try terms([0]) + terms([1, 2])
        let search = try SubgroupSearch.run(experiment, arm: 1, outcome: 0, context: one)
        let tests = ["x", "level", "x, linear", "level x flag", "flag"].map { name in
            all.first { $0.name == name }.map { $0.robust.p < 0.05 } ?? false
        }
        return tests + [
            search.found.contains { $0.holm < 0.05 }, search.found.contains { $0.holmAgainstRest < 0.05 },
        ]
    }

    private static func experiment(_ design: Design, seed: UInt64) -> Experiment {
        let units = 2_000
        var stream = RandomStream(seed: seed, purpose: "subgroup alarms")
        let spec = ExperimentSpec(
            name: "alarms", data: "alarms.csv", unit: .row,
            treatment: TreatmentSpec(column: "arm", control: "control"),
            outcomes: [OutcomeSpec(name: "y", direction: .maximize)],
            covariates: ["x", "level", "flag"].map { CovariateSpec(column: $0) }, splits: SplitSpec(seed: seed))
        let rule = SplitRule(spec.splits)
        let sorted = (1...units).map { (key: StableHash.key(String($0)), row: UInt32($0)) }.sorted { $0.key < $1.key }
        let isConfirm = rule.confirm(sorted.map(\.key))
        let order = [false, true].flatMap { side in sorted.indices.filter { isConfirm[$0] == side }.map { sorted[$0] } }
        var columns = [[Float]](repeating: [], count: 3)
        var (assignment, y) = ([UInt8](), [Double]())
        for _ in 0..<units {
            let x = stream.normal()
            let level = stream.bernoulli(0.05) ? 0 : 1 + stream.index(below: 2)
            let flag = stream.bernoulli(0.3)
            let isTreated = stream.bernoulli(design.share)
            for (index, value) in [Float(x), Float(level), flag ? 1 : 0].enumerated() { columns[index].append(value) }
            assignment.append(isTreated ? 1 : 0)
            y.append(
                design.rate.map { stream.bernoulli($0) ? 1 : 0 }
                    ?? 0.5 * x + (isTreated ? design.noise : 1) * stream.normal())
        }
        let encodings: [CovariateEncoding] = [
            .numeric(centre: 0), .categorical(levels: ["rare", "a", "b"]), .numeric(centre: 0),
        ]
        return Experiment(
            spec: spec, arms: ["control", "treated"],
            outcomes: [
                Outcome(name: "y", direction: .maximize, threshold: nil, armCosts: [0, 0], observed: ScaledColumn(y))
            ],
            covariates: zip(["x", "level", "flag"], zip(encodings, columns)).map {
                Covariate(name: $0, encoding: $1.0, values: $1.1)
            }, units: Units(keys: order.map(\.key), rows: order.map(\.row)), assignment: assignment,
            propensity: .shares([1 - design.share, design.share]), splitRule: rule,
            tuneCount: isConfirm.count { !$0 }, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}
