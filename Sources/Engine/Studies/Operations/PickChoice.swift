import Frontier
import Policies
import Runtime

/// Which policies a pick by hypervolume takes, before confirm is opened for any.
package struct PickChoice: Sendable {
    /// A policy that may be picked: a point of the front, a candidate, or both.
    struct Member: Sendable {
        let knobs: PolicyKnobs
        let values: [Double]
        let candidate: Candidate?
        var isHidden = false
    }

    let selection: SubsetSelection
    /// Those chosen.
    let members: [Member]
    /// The number of the search whose front was chosen from; 0 without one.
    let search: Int
    /// Policies chosen among: the whole front and the other candidates.
    package let poolCount: Int
    /// How many of those chosen beside the kept ones break a limit by their estimates.
    package let outsideCount: Int

    /// - Throws: `EspalierError` (.usage) without policies to pick from, or for a count outside 1...100: every pick is compared
    ///   with every other, and an online test of more arms tells nobody anything.
    init(_ pick: PickByHypervolume, _ study: Study, _ context: RunContext) throws {
        guard (1...100).contains(pick.count) else {
            throw EspalierError(.usage, "cannot pick \(pick.count) candidates", remedy: "give --count 1 to 100")
        }
        let front = try study.file.front()
        let pool = try Self.pool(front, study)
        guard !pool.isEmpty else {
            throw EspalierError(
                .usage, "the study has no candidates to pick from", file: study.file.path,
                remedy: "search the front first with `espalier front`")
        }
        let evaluator = try study.workspace.evaluator(workers: context.workers)
        let reference = study.orientedReference(front?.reference, evaluator)
        let isInside = Self.limits(of: pool, study, evaluator)
        let kept = pool.indices.filter { index in
            pool[index].candidate.map { (pick.keeping ?? []).contains($0.id) } ?? false
        }
        // The others come in only where too few keep the limits.
        let preferred = pool.indices.filter { isInside[$0] || kept.contains($0) }
        let isEnough = pick.inside == true && preferred.count >= pick.count
        let among = isEnough ? preferred : Array(pool.indices)
        let places = Dictionary(uniqueKeysWithValues: among.enumerated().map { ($1, $0) })
        selection = SubsetSelection.beside(
            kept.compactMap { places[$0] }, of: among.map { pool[$0].values }, count: pick.count, reference: reference)
        let chosen = selection.indices.map { among[$0] }
        members = chosen.map { pool[$0] }
        search = front?.search ?? 0
        poolCount = pool.count
        outsideCount = chosen.count { !isInside[$0] && !kept.contains($0) }
    }

    /// Names of the candidates chosen, in their order; nil for a policy that is none yet.
    package var names: [String?] { members.map { $0.isHidden ? nil : $0.candidate?.name } }

    /// How many of those chosen confirm would be opened for.
    package var unseenCount: Int { members.count { $0.candidate?.confirm == nil } }

    /// Whether each policy keeps every limit by its estimates.
    private static func limits(of pool: [Member], _ study: Study, _ evaluator: PolicyEvaluator) -> [Bool] {
        let space = study.space
        guard space.hasLimits else { return pool.map { _ in true } }
        let start = PolicyKnobs.start(in: space).weights
        let control = evaluator.evaluate(.everyone(arm: 0, in: space), weights: start).orientedValues(in: space)
        return pool.map { member in
            if let verdict = member.candidate?.tune?.limits { return verdict != .outside }
            return space.outcomes.indices.allSatisfy { j in
                switch space.outcomes[j].threshold {
                case nil: true
                case .relative(let least): member.values[j] - control[j] >= least * abs(control[j])
                case .absolute(let least): member.values[j] - control[j] >= least
                }
            }
        }
    }

    /// All policies of the front last searched, and the candidates that are not on it.
    private static func pool(_ front: FrontRecord?, _ study: Study) throws -> [Member] {
        let hidden = try study.file.hiddenCandidates()
        let all = try study.file.candidates(includingHidden: true)
        let candidates = all.filter { !hidden.contains($0.id) }
        let known = Dictionary((candidates + all).map { ($0.identity, $0) }) { first, _ in first }
        let points = front?.points ?? []
        let onFront = Set(points.map { Candidate.Identity.knobs($0.knobs) })
        return points.map { point in
            let candidate = known[.knobs(point.knobs)]
            return Member(
                knobs: point.knobs, values: point.values, candidate: candidate,
                isHidden: candidate.map { hidden.contains($0.id) } ?? false)
        }
            + candidates.compactMap { candidate in
                guard !onFront.contains(candidate.identity), let values = candidate.orientedValues(in: study.space)
                else {
                    return nil
                }
                return Member(knobs: candidate.knobs, values: values, candidate: candidate)
            }
    }
}

/// What a pick would take, without opening confirm.
package struct ChoosePicks: StudyQuery {
    package static let needsUnits = false

    package let pick: PickByHypervolume

    package init(_ pick: PickByHypervolume) { self.pick = pick }

    package func run(_ study: Study, _ context: RunContext) throws -> PickChoice {
        try PickChoice(pick, study, context)
    }
}
