import Frontier
import Policies
import Runtime

/// Searches the front on tune, keeps all of it, makes candidates of a readable handful of its members and hides the unpicked
/// ones of earlier searches. Knobs that are a candidate already keep its id and name, and the same search done twice ends where
/// it ended before.
package struct SearchFront: StudyOperation {
    package static let kind = "front.search"
    package static let needsUnits = false

    package let settings: SearchSettings
    /// The reference point of the hypervolume by outcome, in its own unit; outcomes left out take the default.
    package let reference: [String: Double]?
    /// Digest of what was fitted when it was searched; nil where nobody noted it.
    package let inputs: String?

    package init(_ settings: SearchSettings, reference: [String: Double]? = nil, inputs: String? = nil) {
        self.settings = settings
        self.reference = reference
        self.inputs = inputs
    }

    package struct Outcome: Sendable {
        package let record: FrontRecord
        package let candidates: [Candidate]
        /// Of the search itself, the weights' own search before it left out.
        package let trace: [TracePoint]
        /// Candidates of earlier searches that it hid.
        package let hidden: [Int]
        /// Candidates that were not shown before.
        package let appeared: Set<Int>
    }

    package func fits(_ space: PolicySpace) -> Bool {
        (1...10_000_000).contains(settings.evaluations) && (1...1_000_000).contains(settings.frontLimit)
            && (reference ?? [:]).allSatisfy { name, value in
                value.isFinite && space.outcomes.contains { $0.name == name }
            }
    }

    /// - Throws: `CancellationError`; `EspalierError` where a feasible front is asked for and there are no thresholds (.usage) or
    ///   no policies that keep them (.check).
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Outcome> {
        try requireLimits(study)
        let context = context.naming(settings.feasible ? "searching inside the limits" : "searching the front")
        let evaluator = try study.workspace.evaluator(workers: context.workers.one)
        let oriented = study.orientedReference(reference, evaluator)
        let search = SampledSearch(evaluator: evaluator, grids: study.workspace.grids, settings: settings)
        guard settings.method == .profiles else {
            let (found, trace) = try search.runTraced(reference: oriented, context: context)
            return try change(found, weightsOnly: nil, trace: trace, study, evaluator, context)
        }
        // The larger space starts from the front of the weights alone, so that it is never the lower one.
        let weightsOnly = try SampledSearch(
            evaluator: evaluator, grids: study.workspace.grids, settings: settings.weightsOnly
        ).runTraced(reference: oriented, context: context).front
        let kept = try starts(study)
        let (found, trace) = try search.runTraced(
            from: kept + weightsOnly.points.map(\.knobs), reference: oriented, context: context)
        return try change(found, weightsOnly: weightsOnly, trace: trace, study, evaluator, context)
    }

    /// The candidates, but for those that the same search found before: with them it would go on, and end elsewhere.
    private func starts(_ study: Study) throws -> [PolicyKnobs] {
        let front = try study.file.front()
        let own = front.flatMap { $0.settings == settings ? Set($0.points.map(\.knobs)) : nil } ?? []
        return try study.file.candidates().filter {
            $0.policy.linear != nil && !($0.origin.isSearch && own.contains($0.knobs))
        }.map(\.knobs)
    }

    private func requireLimits(_ study: Study) throws {
        guard settings.feasible, !study.space.hasLimits else { return }
        throw EspalierError(
            .usage, "no outcome has a threshold, so every policy is feasible", file: study.description.dataPath,
            remedy: "give an outcome of the spec a threshold, or search without --feasible")
    }

    private func change(
        _ found: ParetoFront, weightsOnly: ParetoFront?, trace: [TracePoint], _ study: Study,
        _ evaluator: PolicyEvaluator, _ context: RunContext
    ) throws -> StudyChange<Outcome> {
        guard !settings.feasible || !found.points.isEmpty else {
            throw EspalierError(
                .check, "none of the policies met keeps every threshold by its estimates",
                remedy: "loosen a threshold of the spec or search longer with --evaluations; the study is as it was")
        }
        let space = study.space
        let shown = FrontRepresentatives.choose(found.points.map(\.values), reference: found.reference)
            .map { found.points[$0].knobs }
        let news = try context.workers.map(shown.count) { index in
            StudyTransaction.NewCandidate(
                knobs: shown[index], policy: .linear(LinearPolicy(shown[index], in: space)),
                tune: evaluator.evaluate(shown[index]))
        }
        let settings = settings
        return StudyChange { transaction in
            let present = try transaction.reading.candidates()
            let number = try transaction.reading.nextSearch()
            let kept = try transaction.keep(news, origin: .search(number))
            let candidates = kept.candidates
            let onFront = Set(candidates.map(\.id))
            let stale = present.filter { $0.origin.isSearch && !$0.isPicked && !onFront.contains($0.id) }.map(\.id)
            try transaction.setHidden(true, of: stale)
            let record = FrontRecord(
                reference: space.unoriented(found.reference), hypervolume: found.hypervolume,
                candidates: candidates.map(\.id), search: number, points: found.points, weightsOnly: weightsOnly,
                settings: settings)
            try transaction.save(record)
            return Outcome(record: record, candidates: candidates, trace: trace, hidden: stale, appeared: kept.appeared)
        } decide: { outcome, decisions in
            // Undo hides what was found and shows again what it hid.
            var before = decisions
            before.hidden.formUnion(outcome.appeared)
            var after = decisions.showing(outcome.appeared)
            after.hidden.formUnion(outcome.hidden)
            return Decided(after, step: History.Step(name: "search \(outcome.record.search)", before: before))
        }
    }
}
