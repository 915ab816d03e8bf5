import Effects
import Experiments
import Foundation
import Frontier
import Policies
import Runtime

/// A study opened: its file, what was fitted, and what can be asked of it. The command line and the workbench share it.
package struct Study: Sendable {
    package let file: StudyFile
    package let description: StudyDescription
    package let health: HealthReport
    package let trees: StudyTrees
    package let units: StudyUnits
    package let workspace: PolicyWorkspace

    /// - Throws: `EspalierError`.
    package init(opening path: String) throws {
        try self.init(StudyFile(opening: path))
    }

    package init(_ file: StudyFile) throws {
        self.file = file
        description = try file.description()
        health = try file.health()
        trees = try file.trees()
        units = try file.units(description)
        workspace = PolicyWorkspace(space: description.space, table: units.policyTable(description))
    }

    /// Writes a fit as a study and opens it. Candidates of the study it replaces stay, are estimated anew, and keep their
    /// old estimates beside the new ones.
    /// - Throws: `EspalierError`.
    package static func create(at path: String, fit: StudyFit, workers: Workers) throws -> Study {
        let study = try Study(StudyFile.create(at: path, fit: fit))
        try study.estimateAnew(workers: workers)
        return study
    }

    /// Estimates candidates that the present fit has not seen: on tune, and on confirm where they are picked.
    private func estimateAnew(workers: Workers) throws {
        let unseen = try file.candidates().filter { $0.tune == nil }
        guard !unseen.isEmpty else { return }
        let tune = try workspace.evaluator(workers: Workers(count: 1))
        let evaluations = try workers.map(unseen.count) { index in
            // The canonical policy moves with the average effects of the new fit; the knobs are what was decided.
            tune.evaluate(unseen[index].knobs)
        }
        try file.replace(
            zip(unseen, evaluations).map { ($0.id, LinearPolicy($0.knobs, in: space), $1) })
        _ = try setPicks(file.candidates().filter(\.isPicked), context: RunContext(workers: workers))
    }

    package var space: PolicySpace { workspace.space }

    // MARK: Fronts

    /// A searched front as the study keeps it.
    package struct Front: Sendable {
        package let record: FrontRecord
        package let candidates: [Candidate]
        /// Of the search itself, the weights' own search before it left out.
        package let trace: [TracePoint]
    }

    /// Searches the front on tune, keeps all of it, makes candidates of a readable handful of its members and hides the
    /// unpicked ones of earlier searches.
    /// - Parameter reference: by outcome, in its own unit; outcomes left out, or nil, take the default.
    /// - Throws: `CancellationError`, with the study as it was; `EspalierError` where a feasible front is asked for and there
    ///   are no thresholds (.usage) or no policies that keep them (.check).
    package func searchFront(
        _ settings: SearchSettings, reference: [String: Double]? = nil, context: RunContext
    ) throws -> Front {
        try requireLimits(for: settings)
        let evaluator = try workspace.evaluator(workers: Workers(count: 1))
        let oriented = try orientedReference(reference, evaluator)
        let search = PolicySearch(evaluator: evaluator, grids: workspace.grids, settings: settings)
        guard settings.method == .profiles else {
            let (found, trace) = try search.runTraced(reference: oriented, context: context)
            try requireFound(found, settings)
            return try keep(
                found, weightsOnly: nil, settings: settings, trace: trace, evaluator: evaluator, context: context)
        }
        // The larger space starts from the front of the weights alone, so that it is never the lower one.
        let weightsOnly = try PolicySearch(
            evaluator: evaluator, grids: workspace.grids, settings: settings.weightsOnly
        ).run(reference: oriented, context: context)
        let kept = try file.candidates().map(\.knobs)
        let (found, trace) = try search.runTraced(
            from: kept + weightsOnly.points.map(\.knobs), reference: oriented, context: context)
        try requireFound(found, settings)
        return try keep(
            found, weightsOnly: weightsOnly, settings: settings, trace: trace, evaluator: evaluator, context: context)
    }

    func orientedReference(_ given: [String: Double]?, _ evaluator: PolicyEvaluator) throws -> [Double] {
        let standard = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        return zip(space.outcomes, standard).map { outcome, value in
            given?[outcome.name].map { outcome.sign * $0 } ?? value
        }
    }

    /// Stores a front that was found.
    package func keep(
        _ found: ParetoFront, weightsOnly: ParetoFront?, settings: SearchSettings? = nil, trace: [TracePoint] = [],
        evaluator: PolicyEvaluator, context: RunContext
    ) throws -> Front {
        let stale = try file.candidates().filter {
            if case .search = $0.origin { return !$0.isPicked }
            return false
        }
        let search = try file.nextSearch()
        let gone = Set(stale.map(\.id))
        // A policy that is a candidate already, by hand or picked, stays that candidate.
        let known = Dictionary(try file.candidates().filter { !gone.contains($0.id) }.map { ($0.knobs, $0) }) { $1 }
        let shown = FrontRepresentatives.choose(found.points.map(\.values), reference: found.reference)
            .map { found.points[$0].knobs }
        let fresh = shown.filter { known[$0] == nil }
        let evaluations = try context.workers.map(fresh.count) { evaluator.evaluate(fresh[$0]) }
        let added = try file.add(
            zip(fresh, evaluations).map { ($0, LinearPolicy($0, in: space), $1) }, origin: .search(search))
        let made = Dictionary(added.map { ($0.knobs, $0) }) { $1 }
        let candidates = shown.compactMap { known[$0] ?? made[$0] }
        try file.setHidden(true, of: stale.map(\.id))
        let record = FrontRecord(
            reference: Dictionary(
                uniqueKeysWithValues: zip(space.outcomes, found.reference).map { ($0.name, $0.sign * $1) }),
            hypervolume: found.hypervolume, candidates: candidates.map(\.id), search: search, points: found.points,
            weightsOnly: weightsOnly, settings: settings)
        try file.save(record)
        return Front(record: record, candidates: candidates, trace: trace)
    }

    /// Measures the last front against another reference point and keeps it; nil takes the default. Returns nil before
    /// the first search.
    package func measureFront(reference: [String: Double]?) throws -> FrontRecord? {
        guard let front = try file.front() else { return nil }
        let oriented = try orientedReference(reference, workspace.evaluator(workers: Workers(count: 1)))
        let members = Set(front.candidates)
        let values =
            front.points.isEmpty
            ? try file.candidates().filter { members.contains($0.id) }.compactMap(orientedValues)
            : front.points.map(\.values)
        let record = FrontRecord(
            reference: Dictionary(
                uniqueKeysWithValues: zip(space.outcomes, oriented).map { ($0.name, $0.sign * $1) }),
            hypervolume: Hypervolume.of(values, reference: oriented), candidates: front.candidates,
            search: front.search, points: front.points,
            weightsOnly: front.weightsOnly.map { ParetoFront($0.points, reference: oriented) },
            settings: front.settings)
        try file.save(record)
        return record
    }

    // MARK: Export

    /// The policy file of a candidate.
    /// - Throws: `EspalierError` (.usage) for a holdout outside [0, 1).
    package func document(of candidate: Candidate, holdout: Double, tool: String) throws -> PolicyDocument {
        guard (0..<1).contains(holdout) else {
            throw EspalierError(
                .usage, "a holdout of \(holdout) is not a share", remedy: "give --holdout 0 up to below 1")
        }
        let tune =
            try candidate.tune ?? workspace.evaluator().evaluate(candidate.policy, weights: candidate.knobs.weights)
        return PolicyDocument(
            name: "\(description.spec.name) \(candidate.name)", spec: description.spec, space: space,
            knobs: candidate.knobs, armCosts: description.armCosts,
            covariates: description.covariates.map { ($0.name, $0.encoding) }, models: try file.models(),
            shares: description.plannedShares, holdout: holdout,
            estimates: PolicyDocument.EstimatesEntry(tune: tune, confirm: candidate.confirm),
            provenance: PolicyDocument.Provenance(
                tool: tool, specDigest: try description.specDigest(), dataDigest: description.dataDigest.sha256,
                seed: description.spec.splits.seed, candidate: candidate.id,
                caveats: description.caveats.flatMap { $0.isEmpty ? nil : $0 }))
    }
}
