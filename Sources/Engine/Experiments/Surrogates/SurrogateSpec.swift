/// How an outcome that takes long to be known is made of others that are known early (METHODS 8.7; Athey, Chetty, Imbens & Kang
/// 2019): by a history that has both.
package struct SurrogateSpec: Sendable, Equatable, Codable {
    /// Path of the history's file, relative to the spec's folder.
    package var history: String
    /// The history's column of the long-term outcome.
    package var outcome: String
    /// Columns of early outcomes, the surrogates, in history and data alike; at least one.
    package var columns: [String]
    /// Columns of numbers from before exposure, in history and data alike, that the index holds fixed.
    package var covariates: [String]
    /// The history's column of arms, whose effects check the index; nil is `arm` where the history has it.
    package var arm: String?
    /// The control of the history's arms; nil is that of the spec.
    package var control: String?

    package init(
        history: String, outcome: String, columns: [String], covariates: [String] = [], arm: String? = nil,
        control: String? = nil
    ) {
        self.history = history
        self.outcome = outcome
        self.columns = columns
        self.covariates = covariates
        self.arm = arm
        self.control = control
    }

    /// What the index is a function of: surrogates, then covariates.
    package var regressors: [String] { columns + covariates }

    /// The name of the history's column of arms where a spec names none.
    static let usualArm = "arm"
}

extension ExperimentSpec {
    /// The history files of all surrogates, each once, in the order of the outcomes.
    package var histories: [String] {
        outcomes.reduce(into: []) { files, outcome in
            if case .surrogate(let surrogate) = outcome.source, !files.contains(surrogate.history) {
                files.append(surrogate.history)
            }
        }
    }
}
