import Experiments

/// An experiment put together from columns, without a file.
struct MadeExperiment {
    var assignment: [UInt8]
    var numeric: [[Float]] = []
    /// Level codes, NaN where missing.
    var categorical: [(levels: Int, values: [Float])] = []
    var propensities: [[Float]]?
    var arms = 2
    var outcomes: [Outcome] = []
    var accept: [Acceptance]?

    var experiment: Experiment {
        let numbers = numeric.enumerated().map { index, values in
            Covariate(name: "x\(index)", encoding: .numeric(centre: 0), values: values)
        }
        let classes = categorical.enumerated().map { index, column in
            Covariate(
                name: "c\(index)", encoding: .categorical(levels: (0..<column.levels).map { "level\($0)" }),
                values: column.values)
        }
        let count = assignment.count
        let names = (0..<arms).map { "arm\($0)" }
        return Experiment(
            spec: ExperimentSpec(
                name: "made", data: "none", unit: .row,
                treatment: TreatmentSpec(
                    column: "t", control: "arm0", arms: names,
                    assignment: propensities == nil ? .shares(names.map { _ in 1 }) : .propensities(names)),
                outcomes: outcomes.map { OutcomeSpec(name: $0.name, direction: $0.direction) },
                covariates: (numbers + classes).map { CovariateSpec(column: $0.name) }, accept: accept),
            arms: names, outcomes: outcomes, covariates: numbers + classes,
            units: Units(keys: (0..<count).map { UInt64($0) }, rows: (0..<count).map { UInt32($0 + 1) }),
            assignment: assignment,
            propensity: propensities.map { .columns($0) } ?? .shares(names.map { _ in 1 / Double(arms) }),
            splitRule: SplitRule(seed: 1, confirmShare: 0, foldCount: 5), tuneCount: count, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}
