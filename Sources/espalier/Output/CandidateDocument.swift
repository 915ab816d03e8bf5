import Frontier
import Policies
import Studies

/// JSON of `front`.
struct FrontDocument: Encodable {
    /// A policy on the front: its canonical weights and biases, and its outcomes on tune in their own units.
    struct Point: Encodable {
        let weights: [String: Double]
        let biases: [String: Double]
        let values: [String: Double]

        init(_ point: FrontPoint, in space: PolicySpace) {
            let policy = LinearPolicy(point.knobs, in: space)
            let names = space.outcomes.map(\.name)
            weights = Dictionary(uniqueKeysWithValues: zip(names, policy.weights))
            biases = Dictionary(uniqueKeysWithValues: zip(space.arms, policy.biases))
            values = Dictionary(
                uniqueKeysWithValues: zip(space.outcomes, point.values).map { ($0.name, $0.sign * $1) })
        }
    }

    let reference: [String: Double]
    let hypervolume: Double
    /// Of the front of the weights alone; left out where it was not searched.
    let weightsOnlyHypervolume: Double?
    /// The readable handful.
    let candidates: [CandidateDocument]
    /// For each of them how likely it is to keep all limits at once; left out without limits, null where not estimable.
    let probabilityFeasible: [Double?]?
    /// Hypervolume by evaluations and seconds; left out unless asked for.
    let trace: [TracePoint]?
    let points: [Point]
    let weightsOnlyPoints: [Point]?

    init(_ front: Study.Front, feasibility: [Double?], isTraced: Bool, in space: PolicySpace) {
        let record = front.record
        reference = record.reference
        hypervolume = record.hypervolume
        weightsOnlyHypervolume = record.weightsOnly?.hypervolume
        candidates = front.candidates.map { CandidateDocument($0, in: space) }
        probabilityFeasible = space.outcomes.contains { $0.threshold != nil } ? feasibility : nil
        trace = isTraced ? front.trace : nil
        points = record.points.map { Point($0, in: space) }
        weightsOnlyPoints = record.weightsOnly?.points.map { Point($0, in: space) }
    }
}

/// JSON of `pick`.
struct PicksDocument: Encodable {
    let hypervolume: Double
    let share: Double
    /// "exact" or "greedy", and the least share of the best choice that is sure to be kept.
    let proof: String
    let guarantee: Double
    let picks: [CandidateDocument]
    let report: PickReport?
}

struct CandidateDocument: Encodable {
    let id: Int
    let weights: [String: Double]
    let biases: [String: Double]
    let shares: [String: Double]
    let tune: [OutcomeEvaluation]
    /// Null until the candidate is picked.
    let confirm: [OutcomeEvaluation]?

    private enum CodingKeys: String, CodingKey {
        case id, weights, biases, shares, tune, confirm
    }

    init(_ candidate: Candidate, in space: PolicySpace) {
        id = candidate.id
        weights = Dictionary(uniqueKeysWithValues: zip(space.outcomes.map(\.name), candidate.policy.weights))
        biases = Dictionary(uniqueKeysWithValues: zip(space.arms, candidate.policy.biases))
        shares = candidate.tune?.shares ?? [:]
        tune = candidate.tune?.outcomes ?? []
        confirm = candidate.confirm?.outcomes
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(weights, forKey: .weights)
        try container.encode(biases, forKey: .biases)
        try container.encode(shares, forKey: .shares)
        try container.encode(tune, forKey: .tune)
        try container.encode(confirm, forKey: .confirm)
    }
}

/// Candidates as a table or CSV: relative changes on tune, and on confirm where it was opened.
enum CandidateText {
    /// - Parameter feasibility: of each candidate, the probability of keeping all limits; empty leaves the column out.
    static func text(
        _ candidates: [Candidate], _ space: PolicySpace, _ format: FormatOption.Format, feasibility: [Double?] = []
    ) -> String {
        let names = space.outcomes.map(\.name)
        let confirmed = candidates.contains { $0.confirm != nil }
        var header = ["id", "name"] + names.flatMap { [$0, "SE"] } + ["limits"]
        if !feasibility.isEmpty { header.append("P(limits)") }
        if confirmed { header += names.flatMap { ["confirm \($0)", "SE"] } }
        var table = TextTable(header, textColumns: [1, 2 + 2 * names.count])
        table.rows = candidates.enumerated().map { place, candidate in
            func cells(_ evaluation: PolicyEvaluation?) -> [String] {
                names.indices.flatMap { j -> [String] in
                    let difference = evaluation?.outcomes[j].difference
                    return [cell(difference?.value, format), cell(difference?.standardError, format)]
                }
            }
            return ["\(candidate.id)", candidate.name] + cells(candidate.tune)
                + [candidate.tune?.limits?.rawValue ?? ""]
                + (feasibility.isEmpty ? [] : [cell(feasibility[place], format)])
                + (confirmed ? cells(candidate.confirm) : [])
        }
        return table.text(format)
    }
}
