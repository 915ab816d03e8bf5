import Effects
import Experiments
import Runtime

/// Grows a shallow classification tree of a policy's arms. Inner splits lower the Gini impurity of arms weighted by what a
/// wrong arm would cost at least, so that value counts and not labels; splits above leaves and the arms of leaves minimise the
/// regret itself.
package struct TreeDistiller: Sendable {
    package struct Settings: Sendable, Equatable {
        /// Levels of splits, 1...6.
        package var depth: Int
        /// Fewest units of a leaf.
        package var minimumLeaf: Int

        package init(depth: Int = 3, minimumLeaf: Int = 20) {
            precondition((1...6).contains(depth) && minimumLeaf >= 1)
            self.depth = depth
            self.minimumLeaf = minimumLeaf
        }
    }

    private let covariates: [Covariate]
    private let binned: BinnedCovariates
    private let regrets: RegretTable
    private let settings: Settings

    /// - Parameters:
    ///   - covariates: of the units of the regrets first, in the same order.
    ///   - binned: the same covariates in bins.
    package init(covariates: [Covariate], binned: BinnedCovariates, regrets: RegretTable, settings: Settings) {
        precondition(binned.unitCount >= regrets.unitCount)
        self.covariates = covariates
        self.binned = binned
        self.regrets = regrets
        self.settings = settings
    }

    /// The tree of some units.
    /// - Complexity: O(units x covariates x depth).
    package func grow(_ units: [Int], context: RunContext = RunContext()) throws -> DistilledTree {
        var drafts: [Draft] = [Draft(units: units)]
        var level = [0]
        for depth in 0..<settings.depth {
            var next: [Int] = []
            for index in level {
                try context.cancellation.check()
                let isLast = depth == settings.depth - 1
                guard let split = try best(drafts[index].units, byRegret: isLast, context) else { continue }
                let values = covariates[split.covariate].values
                let left = drafts[index].units.filter { split.goesLeft(values[$0]) }
                let right = drafts[index].units.filter { !split.goesLeft(values[$0]) }
                drafts[index].split = split
                drafts[index].left = drafts.count
                next += [drafts.count, drafts.count + 1]
                drafts += [Draft(units: left), Draft(units: right)]
            }
            level = next
        }
        var nodes: [DistilledTree.Node] = []
        place(0, drafts, into: &nodes)
        return DistilledTree(nodes: nodes)
    }

    private struct Draft {
        var units: [Int]
        var split: Split?
        var left = -1
    }

    /// Copies a draft and what hangs below it, leaving out splits whose leaves all give the same arm.
    private func place(_ draft: Int, _ drafts: [Draft], into nodes: inout [DistilledTree.Node]) {
        nodes.append(DistilledTree.Node(split: nil, left: -1, arm: 0, units: 0))
        var queue = [(draft: draft, node: 0)]
        while !queue.isEmpty {
            let (draft, node) = queue.removeFirst()
            let own = drafts[draft]
            let arm = cheapestArm(own.units)
            guard let split = own.split, arms(below: draft, drafts).count > 1 else {
                nodes[node] = DistilledTree.Node(split: nil, left: -1, arm: arm, units: own.units.count)
                continue
            }
            let left = nodes.count
            nodes[node] = DistilledTree.Node(split: split, left: left, arm: arm, units: own.units.count)
            let blank = DistilledTree.Node(split: nil, left: -1, arm: 0, units: 0)
            nodes += [blank, blank]
            queue += [(own.left, left), (own.left + 1, left + 1)]
        }
    }

    private func arms(below draft: Int, _ drafts: [Draft]) -> Set<Int> {
        guard drafts[draft].split != nil else { return [cheapestArm(drafts[draft].units)] }
        return arms(below: drafts[draft].left, drafts).union(arms(below: drafts[draft].left + 1, drafts))
    }

    private func cheapestArm(_ units: [Int]) -> Int {
        var sums = [Double](repeating: 0, count: regrets.armCount)
        for unit in units {
            for arm in sums.indices { sums[arm] += Double(regrets.regrets[unit * sums.count + arm]) }
        }
        return sums.indices.min { sums[$0] < sums[$1] } ?? 0
    }

    // MARK: Splits

    private func best(_ units: [Int], byRegret: Bool, _ context: RunContext) throws -> Split? {
        guard units.count >= 2 * settings.minimumLeaf else { return nil }
        let found = try context.workers.map(covariates.count) { covariate in
            ArmHistogram(units, covariate: covariate, binned: binned, regrets: regrets, byRegret: byRegret)
                .bestCut(minimumLeaf: settings.minimumLeaf, binned.codes[covariate].isCategorical)
        }
        var best: (covariate: Int, cut: ArmHistogram.Cut)?
        for (covariate, cut) in found.enumerated() {
            if let cut, cut.gain > best?.cut.gain ?? 0 { best = (covariate, cut) }
        }
        return best.map { split($0.covariate, $0.cut, units) }
    }

    private func split(_ covariate: Int, _ cut: ArmHistogram.Cut, _ units: [Int]) -> Split {
        let code = binned.codes[covariate]
        let rule: Split.Rule
        if cut.leftBins.count == code.valueBins {
            rule = .present
        } else if code.isCategorical {
            rule = .levels(cut.leftBins.sorted().map { UInt8($0) })
        } else {
            let edge = code.edges[cut.leftBins.max() ?? 0]
            let values = covariates[covariate].values
            var above = Float.infinity
            for unit in units where values[unit] > edge { above = min(above, values[unit]) }
            let centre: Double = if case .numeric(let centre) = covariates[covariate].encoding { centre } else { 0 }
            rule = .atMost(RoundThreshold.between(edge, above, centre: centre))
        }
        return Split(
            covariate: covariate, rule: rule, missingGoesLeft: cut.missingGoesLeft, missingSeen: cut.missingSeen)
    }
}
