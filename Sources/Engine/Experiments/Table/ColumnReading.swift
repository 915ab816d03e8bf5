/// What the fields of a column become.
package enum ColumnReading: Sendable, Equatable {
    /// Doubles, NaN where missing; other text is an error.
    case number
    /// Numbers or texts, as `ColumnKindJudgement` says; a few texts among numbers are an error.
    case undecided
    /// Numbers of distinct texts, -1 where missing.
    case text
    /// As `text`, but only the empty text is missing: a treatment may well be called None.
    case label
    /// `StableHash` keys; an empty text is an error.
    case key
    /// Keys, and the texts themselves.
    case identity
    /// `CalendarTime.code`s as keys, `CalendarTime.missingCode` where missing; any other text is an error.
    case time
}
