import Policies
import Runtime

extension Study {
    /// Writes a fit as a study, which is opened as it stands in memory. Candidates of the study it replaces stay, are estimated
    /// anew, and keep their old estimates beside the new ones.
    /// - Throws: `EspalierError`.
    package static func create(at path: String, fit: StudyFit, workers: Workers) throws -> Study {
        try create(in: StudyReservation(path), fit: fit, workers: workers)
    }

    /// The same in a place that was reserved before the fit was made.
    package static func create(in reservation: StudyReservation, fit: StudyFit, workers: Workers) throws -> Study {
        let study = Study(
            try StudyFile.create(in: reservation, fit: fit), description: fit.description, health: fit.health,
            trees: fit.trees, units: fit.units, policies: fit.workspace)
        try study.estimateAnew(RunContext(workers: workers))
        return study
    }

    /// Estimates candidates that the present fit has not seen: on tune, and on confirm where they are picked.
    private func estimateAnew(_ context: RunContext) throws {
        // Cohorts of an earlier fit are no cells of a warehouse's units, and nobody divides these anew.
        let known = unitGroups
        let isOfCells = units.cells != nil
        let unseen = try file.candidates().filter { candidate in
            candidate.tune == nil && (!isOfCells || candidate.policy.rules.map { known[$0] != nil } ?? true)
        }
        guard !unseen.isEmpty else { return }
        try meetRules(of: unseen.map(\.policy), context)
        // The canonical policy moves with the average effects of the new fit; the knobs are what was decided.
        let renewed = try context.workers.map(unseen.count) { index in
            (
                unseen[index].id,
                try StudyTransaction.NewCandidate(unseen[index], of: self, workers: Workers(count: 1))
            )
        }
        try file.transaction { try $0.replace(renewed) }
        let looks = try ConfirmLooks(at: file.candidates().filter(\.isPicked), self, context)
        try file.transaction { _ = try looks.pick(in: $0, with: []) }
    }
}
