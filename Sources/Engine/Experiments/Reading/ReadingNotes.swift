/// What was seen while an experiment was read and is not in the `Experiment`; the health checks judge it.
package struct ReadingNotes: Sendable, Equatable {
    /// The data file, for messages.
    package var file: String
    /// Rows of the file, header not counted.
    package var recordCount: Int
    /// Rows of each arm, by arm index, before any is left out.
    package var recordsByArm: [Int]
    /// Whether the spec listed the arms; if not they are those found.
    package var armsAreDeclared: Bool
    package var duplicates: DuplicateUnits
    /// Missing values of outcomes, in the order of the spec.
    package var missingOutcomes: [MissingCount]
    /// Missing values of covariates, in the order of the spec.
    package var missingCovariates: [MissingCount]
    package var levelsPastLimit: [LevelsPastLimit]
}

/// Units that have more than one row.
package struct DuplicateUnits: Sendable, Equatable {
    /// Units with more than one row.
    package var units: Int = 0
    /// Rows beyond each unit's first.
    package var extraRows: Int = 0
    /// Units whose rows are in different arms.
    package var unitsInSeveralArms: Int = 0
    /// A few of them.
    package var examples: [Example] = []

    package struct Example: Sendable, Equatable {
        package var unit: String
        /// The lines of its first two rows.
        package var lines: [Int]
    }
}

/// How many values of an outcome or covariate are missing in each arm, all rows of the file counted.
package struct MissingCount: Sendable, Equatable {
    package var name: String
    package var byArm: [Int]
    package var total: Int { byArm.reduce(0, +) }
}

/// A categorical covariate with more levels than are kept; the rarer ones count as missing.
package struct LevelsPastLimit: Sendable, Equatable {
    package var covariate: String
    package var levels: Int
    package var kept: Int
    /// Units whose level is not kept.
    package var units: Int
}

/// An experiment and what reading it showed.
package struct ExperimentReading: Sendable {
    package let experiment: Experiment
    package let notes: ReadingNotes

    package init(experiment: Experiment, notes: ReadingNotes) {
        self.experiment = experiment
        self.notes = notes
    }
}
