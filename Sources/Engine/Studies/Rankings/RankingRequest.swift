import Policies
import Ranking
import Runtime
import Texts

/// What is ranked: which outcome is gained, which is spent, by which arm, and by which rankers the units are ordered.
package struct RankingRequest: Sendable, Hashable, Codable {
    /// nil is the study's first outcome.
    package var value: String?
    /// nil is the cost that the spec names.
    package var cost: String?
    /// nil is the arm with the largest average effect on the value.
    package var arm: String?
    package var rankers = StudyRanker.standard
    /// A column of the data that is one more score, the best highest.
    package var score: String?
    /// Of initial parameters, inner folds and bootstrap draws.
    package var seed: UInt64 = 1

    package init() {}

    /// What is asked of a study.
    /// - Throws: `EspalierError` (.usage) for names that are not there, and where value and cost are the same.
    package func question(of study: Study) throws -> RankingQuestion {
        let space = study.space
        let names = space.outcomes.map(\.name)
        func outcome(_ name: String, _ option: String) throws -> Int {
            if let index = names.firstIndex(of: name) { return index }
            throw EspalierError(
                .usage, "there is no outcome \(DisplayText.quoted(name)) for \(option)",
                remedy: NearestName.hint(name, among: names) ?? "name one of \(names.joined(separator: ", "))")
        }
        let value = try value.map { try outcome($0, "--value") } ?? 0
        guard let named = cost ?? study.description.spec.cost else {
            throw EspalierError(
                .usage, "the study's spec names no cost", file: study.file.path,
                remedy: "name the outcome that is spent with --cost, or as cost: in the spec")
        }
        let cost = try outcome(named, "--cost")
        guard value != cost else {
            throw EspalierError(
                .usage, "value and cost are both the outcome \(DisplayText.quoted(names[cost]))",
                remedy: "name two different outcomes with --value and --cost")
        }
        guard let arm else {
            return RankingQuestion(value: value, cost: cost, arm: space.bestTreatment(on: value))
        }
        guard let index = space.arms.firstIndex(of: arm), index > 0 else {
            let others = Array(space.arms.dropFirst())
            throw EspalierError(
                .usage,
                arm == space.arms[0]
                    ? "\(DisplayText.quoted(arm)) is control, which nobody is targeted with"
                    : "there is no arm \(DisplayText.quoted(arm))",
                remedy: NearestName.hint(arm, among: others) ?? "name one of \(others.joined(separator: ", "))")
        }
        return RankingQuestion(value: value, cost: cost, arm: index)
    }
}

/// Indices of the outcome that is gained, of the one that is spent and of the arm that does it.
package struct RankingQuestion: Sendable, Hashable {
    package let value: Int
    package let cost: Int
    /// At least 1.
    package let arm: Int
}
