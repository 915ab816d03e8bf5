import Frontier
import Policies
import Runtime
import Statistics

/// The report on the picks. Their confirm estimates were opened by picking, so no look is added.
package struct ReportPicks: StudyQuery {
    package static let needsUnits = false

    package init() {}

    /// By id; nil without picks.
    /// - Complexity: two passes over the units per pair of (pick, outcome).
    package func run(_ study: Study, _ context: RunContext) throws -> PickReport? {
        let (file, space, workers) = (study.file, study.space, context.workers)
        let picked = try file.candidates().filter(\.isPicked)
        guard !picked.isEmpty else { return nil }
        let policies = picked.map(\.policy)
        let tune = try study.workspace.evaluator(.tune, workers: workers)
        let hasConfirm = study.description.hasConfirm && picked.allSatisfy { $0.confirm != nil }
        let confirm = hasConfirm ? try study.workspace.evaluator(.confirm, workers: workers) : nil
        let given = try GivenArms(policies, by: tune)
        guard let tuneFamily = try PolicyFamily(policies, evaluator: tune) else { return nil }
        let confirmFamily = try confirm.flatMap { try PolicyFamily(policies, evaluator: $0) }
        // Volumes are of changes from control, so that the chance difference of the splits' control means is no optimism.
        let oriented = try study.orientedReference(file.front()?.reference, tune)
        let control = tune.moments(of: .everyone(arm: 0, in: space))
        let reference = zip(oriented, space.outcomes.indices).map { value, j in
            value - space.outcomes[j].sign * (control.outcomes[j]?.value ?? 0)
        }
        func volume(_ family: PolicyFamily) -> Double {
            Hypervolume.of(
                picked.indices.map { p in
                    space.outcomes.indices.map {
                        space.outcomes[$0].sign * family.difference(policy: p, outcome: $0).value
                    }
                }, reference: reference)
        }
        return PickReport(
            picks: picked.indices.map { p in
                PickReport.Pick(
                    id: picked[p].id, name: picked[p].name,
                    treatedShare: given.treatedShare(p),
                    outcomes: space.outcomes.indices.map {
                        reportedOutcome($0, of: p, tune: tuneFamily, confirm: confirmFamily, study)
                    })
            }, tuneCritical: tuneFamily.intervals.critical, confirmCritical: confirmFamily?.intervals.critical,
            tuneHypervolume: volume(tuneFamily), confirmHypervolume: confirmFamily.map(volume),
            alike: Self.alike(picked.map(\.name), given, by: confirmFamily ?? tuneFamily),
            alikeSplit: (confirmFamily ?? tuneFamily).split, looks: try file.looks())
    }

    private func reportedOutcome(
        _ j: Int, of pick: Int, tune: PolicyFamily, confirm: PolicyFamily?, _ study: Study
    ) -> PickReport.Outcome {
        func estimate(_ family: PolicyFamily) -> PickReport.SplitEstimate {
            PickReport.SplitEstimate(
                difference: family.difference(policy: pick, outcome: j),
                relative: family.relative(policy: pick, outcome: j))
        }
        let outcome = study.space.outcomes[j]
        let onTune = estimate(tune)
        let onConfirm = confirm.map(estimate)
        let optimism = onConfirm.map { confirm -> Estimate in
            let (a, b) = (onTune.difference, confirm.difference)
            return Estimate(
                value: outcome.sign * (a.value - b.value),
                standardError: (a.standardError * a.standardError + b.standardError * b.standardError).squareRoot())
        }
        let spread = outcome.scale * study.workspace.table.controlSpread(outcome: j)
        return PickReport.Outcome(
            name: outcome.name, tune: onTune, confirm: onConfirm, optimism: optimism,
            unitsPerArm: onConfirm.flatMap {
                OnlineSampleSize.perArm(spread: spread, difference: $0.difference.value)
            })
    }

    private static func alike(
        _ names: [String], _ given: GivenArms, by family: PolicyFamily
    ) -> [PickReport.AlikePair] {
        names.indices.flatMap { a in
            names.indices.filter { $0 > a && family.areAlike(a, $0) }.map { b in
                PickReport.AlikePair(first: names[a], second: names[b], sameArmShare: given.sameArmShare(a, b))
            }
        }
    }
}

/// What policies give to the units of a split: arms, or to cells of them shares.
private enum GivenArms {
    case units([[UInt8]])
    case cells([ArmProbabilities], PolicyTable, Range<Int>)

    init(_ policies: [Policy], by evaluator: PolicyEvaluator) throws {
        self =
            evaluator.table.isOfCells
            ? .cells(
                try policies.map { try evaluator.probabilities(of: $0) }, evaluator.table, evaluator.units)
            : .units(try policies.map { try evaluator.choice(of: $0) })
    }

    func treatedShare(_ policy: Int) -> Double {
        switch self {
        case .units(let choices):
            Double(choices[policy].count { $0 != 0 }) / Double(max(1, choices[policy].count))
        case .cells(let given, let table, let rows): 1 - table.shares(of: given[policy], rows: rows)[0]
        }
    }

    func sameArmShare(_ a: Int, _ b: Int) -> Double {
        switch self {
        case .units(let choices):
            Double(zip(choices[a], choices[b]).count { $0 == $1 }) / Double(max(1, choices[a].count))
        case .cells(let given, let table, let rows): table.sameArmShare(given[a], given[b], rows: rows)
        }
    }
}
