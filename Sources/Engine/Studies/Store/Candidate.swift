import Policies

/// A policy worth keeping: its id is never reused, its estimates are separate rows (DESIGN section 2).
package struct Candidate: Sendable, Equatable, Codable, Identifiable {
    package enum Origin: Sendable, Equatable, Codable {
        case hand
        /// Found by the search of this number.
        case search(Int)

        var isSearch: Bool { if case .search = self { true } else { false } }
    }

    package let id: Int
    /// A, B, ... Z, AA ...: short enough for a plot.
    package let name: String
    package var note: String
    package let origin: Origin
    /// What makes a linear policy; of one by cohorts the weights at which its limits trade, without biases or shrinkage;
    /// of one by a ranking no more than the first outcome's weight.
    package let knobs: PolicyKnobs
    package let policy: Policy
    /// Whether it is among the k for an online test.
    package var isPicked: Bool
    /// By the study's present fit; nil until evaluated.
    package var tune: PolicyEvaluation?
    /// Empty until the candidate is picked: picking opens the confirm split.
    package var confirm: PolicyEvaluation?

    package init(
        id: Int, note: String = "", origin: Origin, knobs: PolicyKnobs, policy: Policy, isPicked: Bool = false,
        tune: PolicyEvaluation? = nil, confirm: PolicyEvaluation? = nil
    ) {
        self.id = id
        name = Self.name(of: id)
        self.note = note
        self.origin = origin
        self.knobs = knobs
        self.policy = policy
        self.isPicked = isPicked
        self.tune = tune
        self.confirm = confirm
    }

    /// What makes two candidates one: of linear policies the knobs, which stay while average effects move from fit to fit.
    package enum Identity: Sendable, Hashable {
        case knobs(PolicyKnobs)
        case cohorts(CohortPolicy)
        case ranking(RankingPolicy)

        init(_ policy: Policy, _ knobs: PolicyKnobs) {
            switch policy {
            case .linear: self = .knobs(knobs)
            case .cohort(let cohorts): self = .cohorts(cohorts)
            case .ranking(let ranking): self = .ranking(ranking)
            }
        }
    }

    package var identity: Identity { Identity(policy, knobs) }

    /// Whether these knobs make its policy.
    package func isMade(by knobs: PolicyKnobs) -> Bool { identity == .knobs(knobs) }

    /// How sentences call it: one that is not kept has no name.
    package var label: String { name.isEmpty ? "the present policy" : "policy \(name)" }

    /// 1 is A, 26 is Z, 27 is AA.
    package static func name(of id: Int) -> String {
        var rest = id
        var letters = ""
        while rest > 0 {
            rest -= 1
            letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
            rest /= 26
        }
        return letters
    }

    /// The id of a name; nil for what is none.
    package static func id(of name: String) -> Int? {
        guard (1...12).contains(name.utf8.count), name.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        return name.utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
    }

    /// Its oriented tune values; nil where not estimable.
    package func orientedValues(in space: PolicySpace) -> [Double]? {
        guard let tune else { return nil }
        var values: [Double] = []
        for (outcome, evaluation) in zip(space.outcomes, tune.outcomes) {
            guard let value = evaluation.value else { return nil }
            values.append(outcome.sign * value)
        }
        return values
    }
}
