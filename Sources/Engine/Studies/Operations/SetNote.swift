import Runtime

/// Notes something about a candidate.
package struct SetNote: StudyOperation {
    package static let kind = "candidate.note"
    package static let needsUnits = false

    /// Its id.
    package let candidate: Int
    package let note: String

    package init(_ note: String, of candidate: Int) {
        self.note = note
        self.candidate = candidate
    }

    /// The outcome is the candidate; nil where there is none of that id.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Candidate?> {
        let (note, candidate) = (note, candidate)
        return StudyChange { transaction in
            try transaction.setNote(note, of: candidate)
            return try transaction.reading.candidates().first { $0.id == candidate }
        }
    }
}
