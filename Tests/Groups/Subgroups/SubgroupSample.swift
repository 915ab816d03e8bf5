import Experiments
import Runtime
import Statistics

/// An experiment made in memory: two normal covariates, one of three levels, one binary, all independent.
struct SubgroupSample {
    var units = 4000
    var seed: UInt64 = 1
    var share = 0.5
    /// The effect at the covariates.
    var effect: @Sendable ([Float]) -> Double = { _ in 0 }
    /// Whether the share of treated differs by the first covariate.
    var variesPropensity = false
    var confirm = 0.0
    /// Whether the first of the three levels has 5% of the units, not a third.
    var hasRareLevel = false
    /// The noise of treated units; control's is 1.
    var treatedNoise = 1.0

    static func point(_ stream: inout RandomStream) -> [Float] {
        [
            Float(stream.normal()), Float(stream.normal()), Float(stream.index(below: 3)),
            stream.bernoulli(0.3) ? 1 : 0,
        ]
    }

    func make() -> Experiment {
        var stream = RandomStream(seed: seed, purpose: "subgroups")
        let rule = SplitRule(seed: seed, confirmShare: confirm, foldCount: 5)
        let keys = (0..<units).map { StableHash.key("\(seed) \($0)") }.sorted()
        let isConfirm = rule.confirm(keys)
        let ordered = keys.indices.filter { !isConfirm[$0] } + keys.indices.filter { isConfirm[$0] }
        var columns = [[Float]](repeating: [], count: 4)
        var (assignment, y, other) = ([UInt8](), [Double](), [Double]())
        var propensities = [[Float]](repeating: [], count: 2)
        for _ in 0..<units {
            var x = Self.point(&stream)
            if hasRareLevel { x[2] = stream.bernoulli(0.05) ? 0 : Float(1 + stream.index(below: 2)) }
            for index in x.indices { columns[index].append(x[index]) }
            let treated = variesPropensity ? (x[0] > 0 ? 0.7 : 0.3) : share
            let arm = stream.bernoulli(treated) ? 1 : 0
            assignment.append(UInt8(arm))
            propensities[0].append(Float(1 - treated))
            propensities[1].append(Float(treated))
            y.append(0.5 * Double(x[0]) + (arm == 1 ? effect(x) + treatedNoise * stream.normal() : stream.normal()))
            other.append(stream.normal() + (arm == 1 ? 0.3 : 0))
        }
        return Experiment.made(
            assignment: assignment,
            covariates: columns.enumerated().map { index, values in
                index == 2
                    ? Covariate(name: "level", encoding: .categorical(levels: ["a", "b", "c"]), values: values)
                    : Covariate(
                        name: ["x", "z", "level", "flag"][index], encoding: .numeric(centre: 0), values: values)
            }, outcomes: [("y", y), ("other", other)], keys: ordered.map { keys[$0] }, rule: rule,
            tuneCount: isConfirm.count { !$0 }, propensities: variesPropensity ? propensities : nil, share: share)
    }
}

extension Experiment {
    /// Two arms, put together from columns.
    static func made(
        assignment: [UInt8], covariates: [Covariate], outcomes: [(name: String, values: [Double])],
        keys: [UInt64]? = nil, rule: SplitRule = SplitRule(seed: 1, confirmShare: 0, foldCount: 5),
        tuneCount: Int? = nil, propensities: [[Float]]? = nil, share: Double = 0.5
    ) -> Experiment {
        let count = assignment.count
        return Experiment(
            spec: ExperimentSpec(
                name: "made", data: "none", unit: .row, treatment: TreatmentSpec(column: "t", control: "c"),
                outcomes: outcomes.map { OutcomeSpec(name: $0.name, direction: .maximize) },
                covariates: covariates.map { CovariateSpec(column: $0.name) }), arms: ["c", "t"],
            outcomes: outcomes.map {
                Outcome(
                    name: $0.name, direction: .maximize, threshold: nil, armCosts: [], observed: ScaledColumn($0.values)
                )
            }, covariates: covariates,
            units: Units(
                keys: keys ?? (0..<count).map { StableHash.key("\($0)") }.sorted(),
                rows: (0..<count).map { UInt32($0 + 1) }), assignment: assignment,
            propensity: propensities.map { .columns($0) } ?? .shares([1 - share, share]), splitRule: rule,
            tuneCount: tuneCount ?? count, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}
