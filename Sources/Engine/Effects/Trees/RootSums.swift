import Experiments
import Runtime

/// The sums of the root for all trees of an experiment and their pruning folds: one request answers for them all.
struct RootSums: Sendable {
    private let answer: SumsAnswer
    /// Whose outcomes shape the trees: with a single fold those outside it.
    let growing: UnitGroup

    /// Positions in the request: what grows the trees, then what is outside each fold that trees are grown for.
    private static func groups(_ growing: UnitGroup, folds: Int) -> [UnitGroup] {
        [growing] + (folds == 1 ? [] : (0..<folds).map { .growingOutside(fold: $0) })
    }

    /// - Throws: `CancellationError`, or what the provider throws.
    init(_ source: some SumsProvider, _ outline: ExperimentOutline, folds: Int, context: RunContext) throws {
        var provider = source
        growing = folds == 1 ? .growingOutside(fold: 0) : .growing
        answer = try provider.answer(
            SumsRequest(
                .nodes([.root]), arms: Array(0..<outline.armCount), outcomes: Array(outline.outcomes.indices),
                summed: Self.groups(growing, folds: folds), counted: [.estimating]),
            context: context)
    }

    /// The growing sample's sums of an arm and control, with the counts of the estimating half.
    func whole(arm: Int, outcome: Int) -> ContrastSums {
        var sums = growing(arm: arm, outcome: outcome, group: 0)
        sums.estimatingControl = Double(answer.count(cell: 0, arm: 0))
        sums.estimatingTreated = Double(answer.count(cell: 0, arm: arm))
        return sums
    }

    /// The sums of what is outside a pruning fold.
    func outside(fold: Int, arm: Int, outcome: Int) -> ContrastSums {
        growing(arm: arm, outcome: outcome, group: 1 + fold)
    }

    /// The sums of all arms and outcomes: of the growing sample with the counts of the estimating half, or of what is outside
    /// a pruning fold.
    func joint(outside fold: Int? = nil) -> JointSums {
        JointSums(answer, group: fold.map { 1 + $0 } ?? 0, counts: fold == nil)
    }

    private func growing(arm: Int, outcome: Int, group: Int) -> ContrastSums {
        var sums = ContrastSums()
        sums.control = answer.sums(cell: 0, arm: 0, outcome: outcome, group: group)
        sums.treated = answer.sums(cell: 0, arm: arm, outcome: outcome, group: group)
        return sums
    }
}
