import Foundation

/// Every operation there is, for reading logs.
package enum OperationRegistry {
    package static let all: [any StudyOperation.Type] = [
        FitStudy.self, SearchFront.self, MoveReference.self, HoldLimits.self, AddCandidate.self, SetPicks.self,
        PickByHypervolume.self, SetHidden.self, SetNote.self, ValidateLearners.self, SearchHyperparameters.self,
        FindSubgroups.self, AddAllocation.self, ConfirmAllocation.self, AddRanking.self, ConfirmRanking.self,
        LookAtConfirm.self, ExplainOnConfirm.self, ExportPolicy.self, ExportText.self, PlanRound.self, AddRound.self,
        WithdrawRound.self, CompareMethods.self,
        ProposePolicies.self, LaunchPolicy.self,
    ]

    /// The operation that an entry of the log tells of; nil for entries of other kinds.
    /// - Throws: `DecodingError` for inputs that cannot be read.
    package static func operation(_ entry: LogEntry) throws -> (any StudyOperation)? {
        guard let type = all.first(where: { $0.kind == entry.kind }) else { return nil }
        return try JSONDecoder().decode(type, from: entry.json)
    }
}
