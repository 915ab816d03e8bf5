/// A column that somebody needs, and for what (for messages: "the outcome", "the covariate").
struct ColumnRequest: Sendable, Equatable {
    var name: String
    var reading: ColumnReading
    var purpose: String
    /// How its values are written; nil where nothing is declared.
    var text: TextFormat?
    /// Whether the kind is a policy's, which no spec can change.
    var isOfPolicy = false
    /// Whether the texts decided that it is one of texts.
    var isJudged = false
}
