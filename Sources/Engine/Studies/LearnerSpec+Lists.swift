import Experiments
import Runtime

extension LearnerSpec {
    /// What is judged when nobody says: the quick learners, and the experiment's own.
    package static func judged(with own: LearnerSpec) -> [LearnerSpec] {
        let usual: [LearnerSpec] = [.t, .x, .r, .dr]
        return usual.contains(own) ? usual : usual + [own]
    }

    /// Every learner that can be judged on an experiment: those fitted from data, and its own.
    package static func all(with own: LearnerSpec) -> [LearnerSpec] {
        fitted.contains(own) ? fitted : fitted + [own]
    }

    /// The learners of a list such as `t,x,dr`; `columns` stands for the experiment's own supplied effects.
    /// - Throws: `EspalierError` (.usage) for an unknown or repeated name.
    package static func list(_ text: String, own: LearnerSpec) throws -> [LearnerSpec] {
        let known = all(with: own)
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
