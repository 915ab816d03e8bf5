import Policies

/// What engine work found out about one candidate.
package enum CandidateReport: Sendable, Equatable {
    case moves(Sensitivity)
    case shrinkage(ShrinkageInverse)
    case rules(PolicyExplanation)
}

/// What has been found out about the candidates so far. Their knobs never change, so that it stays true.
package struct CandidateReports: Sendable, Equatable {
    package struct Key: Sendable, Hashable {
        package let pane: FrontPane
        package let candidate: Int
    }

    package internal(set) var found: [Key: CandidateReport] = [:]
    /// The last that was found, by pane: shown dimmed until that of the focused candidate is there.
    var latest: [FrontPane: Int] = [:]
}

extension ResultKey where Value == CandidateReports {
    package static var candidateReports: ResultKey { ResultKey("candidate reports", initial: CandidateReports()) }
}

extension ResultKey where Value == [Int: Double?] {
    /// The probability of keeping every limit, by candidate; nil where it cannot be estimated.
    package static var feasibility: ResultKey { ResultKey("feasibility", initial: [:]) }
}

extension ResultKey where Value == [PolicyEvaluation] {
    /// Of giving everybody one arm, for every arm.
    package static var arms: ResultKey { ResultKey("arms", initial: []) }
}
