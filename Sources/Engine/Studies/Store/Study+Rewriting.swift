import GRDB

/// What whoever has a study open holds of it besides what was fitted.
package struct HeldStudy: Sendable {
    /// Hidden ones too.
    let candidates: [Candidate]
    let hidden: Set<Int>
    let front: FrontRecord?
    /// How often the confirm split was looked at.
    let looks: Int

    package init(candidates: [Candidate], hidden: Set<Int>, front: FrontRecord?, looks: Int) {
        self.candidates = candidates
        self.hidden = hidden
        self.front = front
        self.looks = looks
    }
}

extension Study {
    /// Writes a study anew from memory, after another file was written into its own. What was in that file alone is lost: the
    /// models, the log, and reports on learners, settings, subgroups and methods.
    /// - Throws: `EspalierError`: the place cannot be written, or holds something that is not a study.
    package func rewritten(at path: String, _ held: HeldStudy) throws -> Study {
        let reservation = try StudyReservation(path)
        let fit = StudyFit(
            description: description, health: health, trees: trees, models: nil, units: units, notes: [])
        let fresh = try StudyDatabase.create(reservation.partial)
        try StudyDatabase.guarded(path, writing: true) {
            try fresh.write { database in
                try StudyFile.put(fit, hasModels: false, in: database)
                let transaction = StudyTransaction(database)
                for candidate in held.candidates {
                    try transaction.restore(candidate, isHidden: held.hidden.contains(candidate.id))
                }
                for item in unitGroups.all {
                    try transaction.keep(item.groups, of: item.rules)
                }
                if let front = held.front { try transaction.save(front) }
                for _ in 0..<held.looks {
                    try transaction.countLook(at: .confirm, "before the file was written over", of: nil)
                }
                try transaction.log(FitStudy(inputs: description.inputsDigest, fit: 1))
            }
        }
        try StudyDatabase.seal(fresh, reservation.partial)
        try reservation.put()
        return try Study(StudyFile(opening: path, for: .writing))
    }
}
