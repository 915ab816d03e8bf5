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
    /// What was asked for last, so that it is asked for once; nil where nothing needs asking.
    var asked: Key?
    /// The last that was found, by pane: shown dimmed until that of the focused candidate is there.
    var latest: [FrontPane: Int] = [:]
    /// The probability of keeping every limit, by candidate; where not estimable there is none.
    package internal(set) var feasibility: [Int: Double] = [:]
    /// Candidates whose probability was asked for.
    var judged: Set<Int> = []
}
