import Runtime

/// The fit that a study holds. It makes the study's file anew, so `Study.create` keeps it; a replay begins from it.
package struct FitStudy: StudyOperation {
    package static let kind = "fit"
    package static let needsUnits = false
    package static let isReplayed = false

    /// Digest of the spec and the data.
    package let inputs: String
    /// Number of the fit, from 1.
    package let fit: Int

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Void> { StudyChange { _ in } }
}
