import CKernels
import Effects
import Experiments

/// Everything the evaluation of a policy reads, per unit and side by side: net of arm costs, centred and scaled Float32.
///
/// Units keep the experiment's canonical order: tune first, then confirm. Where units stay in a warehouse the rows are cells of them
/// instead, whose moments stand in for all columns but the effects.
package struct PolicyTable: Sendable {
    /// What the kernels' fixed buffers hold.
    package static let maximumArms = Int(ESPALIER_MAXIMUM_ARMS)
    package static let maximumOutcomes = Int(ESPALIER_MAXIMUM_OUTCOMES)

    package let armCount: Int
    package let outcomeCount: Int
    package let unitCount: Int
    package let tuneCount: Int
    /// Observed arm of each unit.
    package let assignment: [UInt8]
    /// A key of each unit's cluster, equal keys side by side; nil where units are independent.
    package let clusters: [UInt64]?
    /// Who is in which group, by the rules of policies.
    package let unitGroups: UnitGroups
    /// nil where rows are units.
    let cells: PolicyCells?
    /// Columns one after another, `columnStride` apart with `unitCount` values each, in the groups that `layout` names.
    let columns: [Float]
    /// Padded where rows are units; as many as there are rows where these are cells.
    let columnStride: Int
    let layout: Layout

    struct Layout: Sendable {
        let effects: Int
        let contrasts: Int
        /// (Y - mu_T) / e_T, 0 where SWITCH leaves the correction out.
        let residuals: Int
        /// The same without a cut.
        let uncut: Int
        let control: Int
        let observed: Int
        let inverse: Int

        func keepingUncut(at column: Int) -> Layout {
            Layout(
                effects: effects, contrasts: contrasts, residuals: residuals, uncut: column, control: control,
                observed: observed, inverse: inverse)
        }
    }

    /// - Parameters:
    ///   - effects: tau, which decides who gets what.
    ///   - scores: the doubly robust scores, which say what that would have brought.
    ///   - observed: outcomes, scaled and gross, one column each.
    ///   - armCosts: arms x outcomes, in units of the outcome's scale.
    ///   - observedPropensity: P(T = observed arm | x).
    package init(
        effects: EffectEstimates, scores: ScoreTable, observed: [[Float]], armCosts: [[Float]], assignment: [UInt8],
        observedPropensity: [Float], tuneCount: Int, clusters: [UInt64]? = nil,
        unitGroups: UnitGroups = UnitGroups(keys: [], seed: 0)
    ) {
        self.clusters = clusters
        self.unitGroups = unitGroups
        cells = nil
        armCount = effects.armCount
        outcomeCount = effects.outcomeCount
        unitCount = assignment.count
        self.tuneCount = tuneCount
        self.assignment = assignment
        precondition(observed.count == outcomeCount && observedPropensity.count == unitCount)

        columnStride = Self.columnStride(units: unitCount)
        let padding = repeatElement(Float(0), count: columnStride - unitCount)

        let sameContrasts = zip(effects.columns, scores.contrasts.columns).allSatisfy { $0.isSameArray(as: $1) }
        let effectCount = effects.columns.count
        var stored: [Float] = []
        stored.reserveCapacity(columnStride * (effectCount * (sameContrasts ? 1 : 2) + 3 * outcomeCount + 1))
        func append(_ column: some Collection<Float>) {
            stored.append(contentsOf: column)
            stored.append(contentsOf: padding)
        }
        func appendNet(_ estimates: EffectEstimates) {
            for arm in 1..<estimates.armCount {
                for j in 0..<estimates.outcomeCount {
                    let shift = armCosts[arm][j] - armCosts[0][j]
                    append(net(estimates.column(arm: arm, outcome: j), shift: shift))
                }
            }
        }
        appendNet(effects)
        if !sameContrasts { appendNet(scores.contrasts) }
        let contrasts = sameContrasts ? 0 : effectCount
        let residuals = contrasts + effectCount
        for residual in scores.residuals { append(residual) }
        for j in 0..<outcomeCount {
            let mu = scores.control[j]
            let residual = scores.residuals[j]
            let cost = armCosts[0][j]
            append(assignment.indices.map { (assignment[$0] == 0 ? mu[$0] + residual[$0] : mu[$0]) - cost })
        }
        for j in 0..<outcomeCount {
            let costs = armCosts.map { $0[j] }
            append(assignment.indices.map { observed[j][$0] - costs[Int(assignment[$0])] })
        }
        append(observedPropensity.map { 1 / $0 })
        columns = stored
        layout = Layout(
            effects: 0, contrasts: contrasts, residuals: residuals, uncut: residuals,
            control: residuals + outcomeCount, observed: residuals + 2 * outcomeCount,
            inverse: residuals + 3 * outcomeCount)
    }

    private init(_ table: PolicyTable, columns: [Float], layout: Layout) {
        armCount = table.armCount
        outcomeCount = table.outcomeCount
        unitCount = table.unitCount
        tuneCount = table.tuneCount
        assignment = table.assignment
        clusters = table.clusters
        unitGroups = table.unitGroups
        cells = nil
        self.layout = layout
        self.columns = columns
        columnStride = table.columnStride
    }

    /// - Parameter columns: the effects of the rows, net.
    init(_ cells: PolicyCells, columns: [Float], unitGroups: UnitGroups) {
        self.cells = cells
        self.columns = columns
        self.unitGroups = unitGroups
        armCount = cells.armCount
        outcomeCount = cells.outcomeCount
        unitCount = cells.rowCount
        columnStride = cells.rowCount
        tuneCount = cells.tuneRows
        assignment = [UInt8](repeating: 0, count: cells.rowCount)
        clusters = nil
        layout = Layout(effects: 0, contrasts: 0, residuals: 0, uncut: 0, control: 0, observed: 0, inverse: 0)
    }

    /// The table of SWITCH-DR: the correction only where the weight 1/e_T is at most `limit`; a limit of 0 gives the
    /// direct method. Shares of an arm weigh less: for them the whole corrections are kept beside the others.
    package func switching(limit: Double) -> PolicyTable {
        if var cells {
            cells.limit = limit
            return PolicyTable(cells, columns: columns, unitGroups: unitGroups)
        }
        let whole = layout.uncut * columnStride..<(layout.uncut + outcomeCount) * columnStride
        var columns = columns + columns[whole]
        let inverse = layout.inverse * columnStride
        for j in 0..<outcomeCount {
            let residual = (layout.residuals + j) * columnStride
            let control = (layout.control + j) * columnStride
            for unit in 0..<unitCount where Double(columns[inverse + unit]) > limit {
                if assignment[unit] == 0 { columns[control + unit] -= columns[residual + unit] }
                columns[residual + unit] = 0
            }
        }
        return PolicyTable(self, columns: columns, layout: layout.keepingUncut(at: layout.inverse + 1))
    }

    /// The share of a range of units whose weight 1/e is above `limit`: those that SWITCH-DR leaves to the models.
    package func uncorrectedShare(of units: Range<Int>, limit: Double) -> Double {
        if let cells {
            let above = cells.inverse.indices.filter { cells.inverse[$0] > limit }
            let count = units.reduce(0) { sum, row in
                above.reduce(sum) { $0 + cells.counts[row * armCount + $1] }
            }
            return count / max(1, cells.units(in: units))
        }
        let start = layout.inverse * columnStride
        let above = units.count { Double(columns[start + $0]) > limit }
        return Double(above) / Double(max(1, units.count))
    }

    /// The column of net, scaled effects of an arm on an outcome.
    package func effects(arm: Int, outcome: Int) -> ArraySlice<Float> {
        let contrast = ContrastIndex(arm: arm, outcome: outcome)
        let start = (layout.effects + contrast.position(outcomeCount: outcomeCount)) * columnStride
        return columns[start..<start + unitCount]
    }

    /// The parts of the scores of one outcome in Double, scaled and net: mu_0, the contrasts by arm from 1, the residuals.
    package func scoreParts(outcome j: Int) -> (control: [Double], contrasts: [[Double]], residuals: [Double]) {
        func column(at start: Int) -> [Double] { columns[start..<start + unitCount].map(Double.init) }
        let residuals = column(at: (layout.residuals + j) * columnStride)
        let scores = column(at: (layout.control + j) * columnStride)
        let control = scores.indices.map { assignment[$0] == 0 ? scores[$0] - residuals[$0] : scores[$0] }
        let contrasts = contrastStarts(outcome: j).map(column(at:))
        return (control, contrasts, residuals)
    }

    /// Where the columns of mu_i - mu_0 begin, by arm from 1; taken out of loops over units.
    func contrastStarts(outcome: Int) -> [Int] {
        (1..<armCount).map { arm in
            let contrast = ContrastIndex(arm: arm, outcome: outcome)
            return (layout.contrasts + contrast.position(outcomeCount: outcomeCount)) * columnStride
        }
    }

    /// Bytes that one evaluation reads per unit.
    package var bytesPerUnit: Int { (layout.inverse + 1) * MemoryLayout<Float>.size + 1 }

    /// Calls `body` with the kernels' view of the table; the pointers hold for the call only.
    func withKernelTable<Result>(_ body: (UnsafePointer<EspalierPolicyTable>) throws -> Result) rethrows -> Result {
        try columns.withUnsafeBufferPointer { columns in
            try assignment.withUnsafeBufferPointer { assignment in
                var view = EspalierPolicyTable(
                    columns: columns.baseAddress, stride: columnStride, assignment: assignment.baseAddress,
                    arms: Int32(armCount), outcomes: Int32(outcomeCount), effects: Int32(layout.effects),
                    contrasts: Int32(layout.contrasts), residuals: Int32(layout.residuals),
                    uncut: Int32(layout.uncut), control: Int32(layout.control), observed: Int32(layout.observed),
                    inverse: Int32(layout.inverse))
                return try withUnsafePointer(to: &view, body)
            }
        }
    }
}

extension PolicyTable {
    /// An odd number of cache lines: side by side, columns a round number of units apart would be read from the same few sets of
    /// the caches.
    private static func columnStride(units: Int) -> Int {
        let line = 64 / MemoryLayout<Float>.stride
        return ((units + line - 1) / line | 1) * line
    }

    /// An arm's cost in units of the outcome's scale: the one rounding that fitting and scoring share.
    package static func scaledCost(_ cost: Double, by scale: Double) -> Float { Float(cost / scale) }
}

/// Effects net of costs: tau - (cost_i - cost_0), all scaled. The one place where costs enter effects.
package func net(_ effects: [Float], shift: Float) -> [Float] {
    shift == 0 ? effects : effects.map { $0 - shift }
}

extension Array where Element == Float {
    /// Whether two arrays share their storage, or hold equal values.
    fileprivate func isSameArray(as other: [Float]) -> Bool {
        let shared = withUnsafeBufferPointer { mine in
            other.withUnsafeBufferPointer { mine.baseAddress == $0.baseAddress && mine.count == $0.count }
        }
        return shared || self == other
    }
}
