import Foundation
import GRDB
import Policies

extension StudyFile {
    /// The candidates, by id, with their estimates of the present fit; hidden ones only when asked for.
    package func candidates(includingHidden: Bool = false) throws -> [Candidate] {
        try read { try $0.candidates(includingHidden: includingHidden) }
    }

    /// Confirm estimates of the present fit, also of candidates that are picked no more; nil where never made.
    func confirmEvaluations(of candidates: [Int]) throws -> [PolicyEvaluation?] {
        try read { reading in
            let key = EstimateKey(fit: try reading.fitNumber(), split: .confirm)
            return try candidates.map { try reading.evaluation(of: $0, key) }
        }
    }

    /// Ids of the candidates that undo, hiding or a later search has taken off the screens.
    package func hiddenCandidates() throws -> Set<Int> { try read { try $0.hiddenCandidates() } }

    /// The front last searched; nil before the first search.
    package func front() throws -> FrontRecord? { try read { try $0.front() } }

    /// How often the units of the confirm split were looked at, by themselves or within all units, over all fits.
    package func looks() throws -> Int { try read { try $0.looks() } }
}
