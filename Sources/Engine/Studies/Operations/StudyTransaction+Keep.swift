import Policies

extension StudyTransaction {
    /// What became of policies that were to be candidates.
    struct Kept {
        /// In the order of the policies.
        let candidates: [Candidate]
        /// Ids of those that were not shown before: new ones, and hidden ones shown again.
        let appeared: Set<Int>
    }

    /// Makes candidates of policies. What is a candidate already keeps its id, its name and its note; hidden ones are
    /// shown again, unpicked, with the estimates of the present fit.
    func keep(_ found: [NewCandidate], origin: Candidate.Origin) throws -> Kept {
        let hidden = try reading.hiddenCandidates()
        let present = try reading.candidates(includingHidden: true)
        // Studies of earlier versions may hold the same knobs twice: what is shown comes before what is hidden.
        let known = Dictionary((present.filter { !hidden.contains($0.id) } + present).map { ($0.identity, $0) }) {
            first, _ in
            first
        }
        let added = try add(found.filter { known[$0.identity] == nil }, origin: origin)
        let made = Dictionary(added.map { ($0.identity, $0) }) { first, _ in first }
        var appeared = Set(added.map(\.id))
        let candidates = try found.compactMap { new -> Candidate? in
            guard let old = known[new.identity] else { return made[new.identity] }
            guard hidden.contains(old.id) else { return old }
            appeared.insert(old.id)
            try show(old.id, as: new)
            return old.renewed(by: new)
        }
        return Kept(candidates: candidates, appeared: appeared)
    }

    /// Shows a hidden candidate again, unpicked, with the policy and the tune estimates of the present fit.
    func show(_ id: Int, as new: NewCandidate) throws {
        try setHidden(false, of: [id])
        try unpick([id])
        try replace([(id: id, new: new)])
    }
}

extension Candidate {
    /// The candidate, unpicked, as the present fit estimates it.
    func renewed(by new: StudyTransaction.NewCandidate) -> Candidate {
        Candidate(id: id, note: note, origin: origin, knobs: knobs, policy: new.policy, tune: new.tune)
    }
}
