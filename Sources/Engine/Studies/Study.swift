import Effects
import Experiments
import Foundation
import Frontier
import Policies
import Statistics

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
        for candidate in try file.candidates() where candidate.isPicked {
            _ = try openConfirm(candidate, workers: workers)
        }
    }

    package var space: PolicySpace { workspace.space }

    // MARK: Fronts and picks

    /// A searched front as the study keeps it.
    package struct Front: Sendable {
        package let record: FrontRecord
        package let candidates: [Candidate]
    }

    /// Searches the front on tune, adds its members as candidates and hides the unpicked ones of earlier searches.
    /// - Parameter reference: by outcome, in its own unit; nil takes the default.
    package func searchFront(
        _ settings: SearchSettings, reference: [String: Double]? = nil, conduct: Conduct
    ) throws -> Front {
        let evaluator = try workspace.evaluator(workers: Workers(count: 1))
        let oriented = try orientedReference(reference, evaluator)
        let kept = try file.candidates().map(\.knobs)
        let found = try PolicySearch(evaluator: evaluator, tracks: workspace.tracks, settings: settings).run(
            from: settings.method == .profiles ? kept : [], reference: oriented, conduct: conduct)
        return try keep(found, evaluator: evaluator, conduct: conduct)
    }

    private func orientedReference(_ given: [String: Double]?, _ evaluator: PolicyEvaluator) throws -> [Double] {
        let standard = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        return zip(space.outcomes, standard).map { outcome, value in
            given?[outcome.name].map { outcome.sign * $0 } ?? value
        }
    }

    /// Stores a front that was found.
    package func keep(_ found: ParetoFront, evaluator: PolicyEvaluator, conduct: Conduct) throws -> Front {
        let stale = try file.candidates().filter {
            if case .search = $0.origin { return !$0.isPicked }
            return false
        }
        let search = try file.nextSearch()
        let evaluations = try conduct.workers.map(found.points.count) { evaluator.evaluate(found.points[$0].knobs) }
        let candidates = try file.add(
            zip(found.points, evaluations).map { ($0.knobs, LinearPolicy($0.knobs, in: space), $1) },
            origin: .search(search))
        try file.setHidden(true, of: stale.map(\.id))
        let record = FrontRecord(
            reference: Dictionary(
                uniqueKeysWithValues: zip(space.outcomes, found.reference).map { ($0.name, $0.sign * $1) }),
            hypervolume: found.hypervolume, candidates: candidates.map(\.id), search: search)
        try file.save(record)
        return Front(record: record, candidates: candidates)
    }

    /// Measures the last front against another reference point and keeps it; nil takes the default. Returns nil before
    /// the first search.
    package func measureFront(reference: [String: Double]?) throws -> FrontRecord? {
        guard let front = try file.front() else { return nil }
        let oriented = try orientedReference(reference, workspace.evaluator(workers: Workers(count: 1)))
        let members = Set(front.candidates)
        let values = try file.candidates().filter { members.contains($0.id) }.compactMap(orientedValues)
        let record = FrontRecord(
            reference: Dictionary(
                uniqueKeysWithValues: zip(space.outcomes, oriented).map { ($0.name, $0.sign * $1) }),
            hypervolume: Hypervolume.of(values, reference: oriented), candidates: front.candidates, search: front.search
        )
        try file.save(record)
        return record
    }

    /// The oriented tune values of a candidate; nil where not estimable.
    package func orientedValues(_ candidate: Candidate) -> [Double]? {
        guard let tune = candidate.tune else { return nil }
        var values: [Double] = []
        for (outcome, evaluation) in zip(space.outcomes, tune.outcomes) {
            guard let value = evaluation.value else { return nil }
            values.append(outcome.sign * value)
        }
        return values
    }

    /// What a choice of k candidates keeps of the front.
    package struct Picks: Sendable {
        package let candidates: [Candidate]
        package let hypervolume: Double
        /// Of the hypervolume of all candidates.
        package let share: Double
        package let proof: SubsetSelection.Proof
    }

    /// Picks the k candidates of largest hypervolume, unpicks the others, and opens the confirm split for the picked.
    /// - Throws: `EspalierError` (.usage) without candidates, or for a count below 1.
    package func pick(count: Int, workers: Workers) throws -> Picks {
        guard count > 0 else {
            throw EspalierError(.usage, "cannot pick \(count) candidates", remedy: "give --count 1 or more")
        }
        let all = try file.candidates().filter { orientedValues($0) != nil }
        guard !all.isEmpty else {
            throw EspalierError(
                .usage, "the study has no candidates to pick from", file: file.path,
                remedy: "search the front first with `espalier front`")
        }
        let reference = try orientedReference(file.front()?.reference, workspace.evaluator(workers: workers))
        let selection = SubsetSelection(all.map { orientedValues($0) ?? [] }, count: count, reference: reference)
        let chosen = Set(selection.indices.map { all[$0].id })
        try file.setPicked(false, of: all.map(\.id).filter { !chosen.contains($0) })
        var picked: [Candidate] = []
        for candidate in all where chosen.contains(candidate.id) {
            picked.append(try openConfirm(candidate, workers: workers))
        }
        return Picks(
            candidates: picked, hypervolume: selection.hypervolume, share: selection.share, proof: selection.proof)
    }

    /// Marks a candidate as picked and estimates it on the confirm split, which counts as a look the first time.
    package func openConfirm(_ candidate: Candidate, workers: Workers) throws -> Candidate {
        var picked = candidate
        picked.isPicked = true
        try file.setPicked(true, of: [candidate.id])
        guard candidate.confirm == nil, description.tuneCount < description.unitCount else { return picked }
        if let known = try file.candidates().first(where: { $0.id == candidate.id })?.confirm {
            picked.confirm = known
            return picked
        }
        let evaluation = try workspace.evaluator(.confirm, workers: workers).evaluate(
            candidate.policy, weights: candidate.knobs.weights)
        try file.countLook(at: .confirm, "candidate \(candidate.name)")
        try file.record(evaluation, of: candidate.id)
        picked.confirm = evaluation
        return picked
    }

    /// Adds knobs as a candidate made by hand.
    package func addCandidate(_ knobs: PolicyKnobs, workers: Workers) throws -> Candidate {
        let policy = LinearPolicy(knobs, in: space)
        let tune = try workspace.evaluator(workers: workers).evaluate(policy, weights: knobs.weights)
        return try file.add([(knobs, policy, tune)], origin: .hand)[0]
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
