/// A column that somebody needs, and for what (for messages: "the outcome", "the covariate").
struct ColumnRequest: Sendable, Equatable {
    var name: String
    var reading: ColumnReading
    var purpose: String
}
