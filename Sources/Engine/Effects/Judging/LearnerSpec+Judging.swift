import Experiments
import Statistics

extension LearnerSpec {
    /// The name in specs and reports.
    package var name: String {
        switch self {
        case .t: "t"
        case .columns: "columns"
        }
    }

    /// Whether it predicts outcomes in each arm, so that a mu-risk says something of it.
    var predictsOutcomes: Bool { self == .t }

    /// The learners that need nothing but the data.
    package static let trained: [LearnerSpec] = [.t]

    /// What is judged when nobody says: the quick learners, and the experiment's own.
    package static func judged(with own: LearnerSpec) -> [LearnerSpec] {
        let usual: [LearnerSpec] = [.t]
        return usual.contains(own) ? usual : usual + [own]
    }

    /// The learners of a list such as `t,x,dr`; `columns` stands for the experiment's own supplied effects.
    /// - Throws: `EspalierError` (.usage) for an unknown or repeated name.
    package static func list(_ text: String, own: LearnerSpec) throws -> [LearnerSpec] {
        let known = trained.contains(own) ? trained : trained + [own]
        var learners: [LearnerSpec] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let learner = known.first(where: { $0.name == name }) else {
                throw EspalierError(
                    .usage, "there is no learner \"\(name)\" to judge",
                    remedy: "choose from: \(known.map(\.name).joined(separator: ", "))")
            }
            guard !learners.contains(learner) else {
                throw EspalierError(.usage, "the learner \(name) is named twice", remedy: "name each once")
            }
            learners.append(learner)
        }
        return learners
    }
}
