import Effects
import Simulation
import Studies

/// What the laboratory advises on a study: the method that serves on experiments like it.
struct LaboratoryAdvice {
    private let answer: LaboratorySummary?
    private let path: String

    /// - Throws: `EspalierError`: the study cannot be read.
    init(ofStudy path: String) throws {
        answer = try StudyFile(opening: path).laboratory()?.summary
        self.path = path
    }

    /// Without an answer, how to get one.
    var sentence: String {
        answer.map { "At your noise level, \($0.sentence)." }
            ?? "Which way of allocating serves on experiments like this one was not asked yet: run `espalier lab --like \(path) "
            + "--keep`."
    }
}

extension LaboratoryAdvice: Encodable {
    private struct Document: Encodable {
        let method: String?
        let value: Double?
        let standardError: Double?
        let relative: Double?
        let violation: Double?
        let replicates: Int
        let unitsPerArm: Int
        let notToldApart: [String]
        let sentence: String
    }

    /// null without an answer.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        guard let answer else { return try container.encodeNil() }
        let best = answer.best
        try container.encode(
            Document(
                method: best?.method, value: best?.value, standardError: best?.standardError, relative: best?.relative,
                violation: best?.violation, replicates: answer.replicates, unitsPerArm: answer.unitsPerArm,
                notToldApart: answer.indistinguishable, sentence: sentence))
    }
}

/// The advice on a study as JSON: that on its experiment, and what the laboratory adds.
struct StudyAdvice: Encodable {
    let advice: MethodAdvice
    let laboratory: LaboratoryAdvice

    private enum CodingKeys: String, CodingKey {
        case laboratory
    }

    func encode(to encoder: any Encoder) throws {
        try advice.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(laboratory, forKey: .laboratory)
    }
}
