import Experiments
import Foundation
import Policies

/// How a spec differs from the one that a study was fitted with, where policies of the one mean nothing in the other: its
/// outcomes or its arms. What changes neither is a refit, which keeps everything.
package struct SpecChange: Sendable, Equatable {
    /// What is different, a phrase each.
    package let phrases: [String]

    /// - Parameter arms: nil where they are left to the data, and taken to be the same.
    init?(from old: PolicySpace, outcomes: [String], arms: [String]?) {
        let phrases =
            Self.phrases("outcome", old.outcomes.map(\.name), outcomes)
            + (arms.map { Self.phrases("arm", old.arms, $0) } ?? [])
        guard !phrases.isEmpty else { return nil }
        self.phrases = phrases
    }

    private static func phrases(_ what: String, _ old: [String], _ new: [String]) -> [String] {
        guard old != new else { return [] }
        let gone = old.filter { !new.contains($0) }
        let added = new.filter { !old.contains($0) }
        var phrases = gone.map { "the \(what) \($0) is gone" } + added.map { "the \(what) \($0) is new" }
        if old.filter(new.contains) != new.filter(old.contains) { phrases.append("the \(what)s are in another order") }
        return phrases
    }

    /// What has changed, in one sentence's part.
    package var words: String { phrases.joined(separator: ", ") }
}

extension StudyFit {
    /// What a spec changes of the study at a path, without reading the data; nil where nothing does, or there is no study.
    /// - Throws: `EspalierError` for a malformed spec, or a study that cannot be read.
    package static func change(specPath: String, study path: String) throws -> SpecChange? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let spec = try ExperimentSpec.read(at: specPath)
        let arms = spec.treatment.arms.map { arms in
            [spec.treatment.control] + arms.filter { $0 != spec.treatment.control }
        }
        return SpecChange(
            from: try StudyFile(opening: path).description().space, outcomes: spec.outcomes.map(\.name), arms: arms)
    }
}

extension PolicyKnobs {
    /// The knobs of the same policy in a space of other outcomes and arms, by their names.
    /// - Returns: nil where the policy rests on an outcome or an arm that is gone, or has no weight on what is now first.
    func carried(from old: PolicySpace, to new: PolicySpace) -> PolicyKnobs? {
        let (outcomes, arms) = (new.outcomes.map(\.name), new.arms)
        guard old.arms.first == new.arms.first else { return nil }
        for (j, outcome) in old.outcomes.enumerated() where weights[j] != 0 {
            guard let k = outcomes.firstIndex(of: outcome.name), new.outcomes[k].direction == outcome.direction else {
                return nil
            }
        }
        for (i, arm) in old.arms.enumerated() where !arms.contains(arm) && biases[i] != 0 { return nil }
        func value(_ values: [Double], _ name: String, _ names: [String]) -> Double {
            names.firstIndex(of: name).map { values[$0] } ?? 0
        }
        let oldOutcomes = old.outcomes.map(\.name)
        // A policy is the same on any scale; the first weight is 1.
        let unit = value(weights, outcomes[0], oldOutcomes)
        guard unit > 0 else { return nil }
        return PolicyKnobs(
            weights: outcomes.map { value(weights, $0, oldOutcomes) / unit },
            biases: arms.map { value(biases, $0, old.arms) / unit },
            shrinkage: outcomes.map { value(shrinkage, $0, oldOutcomes) })
    }
}
