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
    /// What was seen of the texts of outcomes and covariates.
    package var columns: [ColumnNote]
    /// Ids such as 1.23E+12: the unit column, how many, and where first.
    package var ruinedIds: ColumnNote.TextCount?
    /// What joining each further file showed.
    package var joins: [JoinNotes]
    /// What the dates of exposure showed; nil where none are declared.
    package var exposures: ExposureNotes?
    /// Ids that repeat although each row counts as a unit.
    package var repeatedIds: RepeatedIds?
    /// A column whose values had the arm, rather than the units.
    package var sharedArms: SharedArms?
    /// Of ratio outcomes, in the order of the spec.
    package var denominators: [DenominatorNotes]
    /// Of outcomes by surrogates, in the order of the spec.
    package var surrogates: [SurrogateNote]

    package init(
        file: String, recordCount: Int, recordsByArm: [Int], armsAreDeclared: Bool,
        duplicates: DuplicateUnits = DuplicateUnits(), missingOutcomes: [MissingCount] = [],
        missingCovariates: [MissingCount] = [], levelsPastLimit: [LevelsPastLimit] = [],
        columns: [ColumnNote] = [], ruinedIds: ColumnNote.TextCount? = nil, joins: [JoinNotes] = [],
        exposures: ExposureNotes? = nil,
        repeatedIds: RepeatedIds? = nil, sharedArms: SharedArms? = nil, denominators: [DenominatorNotes] = [],
        surrogates: [SurrogateNote] = []
    ) {
        self.file = file
        self.recordCount = recordCount
        self.recordsByArm = recordsByArm
        self.armsAreDeclared = armsAreDeclared
        self.duplicates = duplicates
        self.missingOutcomes = missingOutcomes
        self.missingCovariates = missingCovariates
        self.levelsPastLimit = levelsPastLimit
        self.columns = columns
        self.ruinedIds = ruinedIds
        self.joins = joins
        self.exposures = exposures
        self.repeatedIds = repeatedIds
        self.sharedArms = sharedArms
        self.denominators = denominators
        self.surrogates = surrogates
    }
}
