import Simulation

/// What the laboratory answered for a study: which method serves on experiments drawn from its own.
package struct StudyLaboratory: Sendable, Equatable, Codable {
    /// Digest of the spec and the data of the fit that it was asked of.
    package let inputs: String
    package let summary: LaboratorySummary

    package init(inputs: String, summary: LaboratorySummary) {
        self.inputs = inputs
        self.summary = summary
    }
}
