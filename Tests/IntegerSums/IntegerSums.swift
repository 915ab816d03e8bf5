import Experiments
import Runtime

/// A second provider of sums: a list of whole numbers, gone through from its beginning for every request. It knows nothing of
/// entries, partitions and kernels, and its sums are exact.
package struct IntegerSums: SumsProvider {
    package let codes: [BinCode]
    package let units: [IntegerUnit]
    private let isWeighted: Bool
    /// What was asked of all copies.
    package let log = RequestLog()

    package init(_ units: [IntegerUnit], codes: [BinCode]) {
        self.units = units
        isWeighted = units.contains { $0.weight != 1 }
        self.codes = codes
    }

    package func answer(_ request: SumsRequest, context: RunContext) -> SumsAnswer {
        log.add(request)
        switch request.cells {
        case .nodes(let nodes):
            return answer(request, cells: nodes.count, covariates: [nil]) { unit in
                nodes.indices.filter { contains(nodes[$0], unit) }
            }
        case .level(let nodes, let covariates):
            return answer(request, cells: nodes.count, covariates: covariates) { unit in
                nodes.indices.filter { contains(nodes[$0], unit) }
            }
        case .crossing(let partitions):
            func tuple(_ unit: IntegerUnit) -> [UInt16] {
                partitions.map { leaves in
                    let own = leaves.indices.filter { contains(leaves[$0], unit) }
                    precondition(own.count == 1, "leaves divide the units")
                    return UInt16(own[0])
                }
            }
            let asked = units.filter { unit in
                (request.arms?.contains(unit.arm) ?? true)
                    && (request.summed + request.counted).contains { belongs(unit, to: $0) }
            }
            let tuples = Set(asked.map(tuple)).sorted { $0.lexicographicallyPrecedes($1) }
            return answer(request, cells: tuples.count, covariates: [nil], tuples: tuples) { unit in
                tuples.firstIndex(of: tuple(unit)).map { [$0] } ?? []
            }
        }
    }

    package func belongs(_ unit: IntegerUnit, to group: UnitGroup) -> Bool {
        switch group {
        case .everyone: true
        case .confirm: !unit.isTune
        case .tune: unit.isTune
        case .growing: unit.isTune && !unit.estimates
        case .growingOutside(let fold): unit.isTune && !unit.estimates && unit.fold != fold
        case .growingInside(let fold): unit.isTune && !unit.estimates && unit.fold == fold
        case .estimating: unit.isTune && unit.estimates
        }
    }

    /// By the values of the covariates, not by their bins.
    package func contains(_ node: NodePath, _ unit: IntegerUnit) -> Bool {
        node.steps.allSatisfy { step in
            step.split.goesLeft(unit.covariates[step.split.covariate].map { Float($0) } ?? .nan) == step.goesLeft
        }
    }

    /// The number of edges below the value.
    private func bin(_ unit: IntegerUnit, _ covariate: Int?) -> Int {
        guard let covariate else { return 0 }
        guard let value = unit.covariates[covariate] else { return codes[covariate].missingBin }
        return codes[covariate].edges.count { Float(value) > $0 }
    }

    private func numbers(_ w: Int, _ y: Int) -> [Int] {
        isWeighted ? [1, w, w * y, w * w, w * w * y, w * w * y * y] : [1, y, y * y]
    }

    /// - Parameter covariates: one table each; nil for cells as a whole.
    private func answer(
        _ request: SumsRequest, cells: Int, covariates: [Int?], tuples: [[UInt16]] = [],
        cellsOf: (IntegerUnit) -> [Int]
    ) -> SumsAnswer {
        let shape = SumsShape(request, isWeighted: isWeighted)
        let binCounts = covariates.map { $0.map { codes[$0].valueBins + 1 } ?? 1 }
        var sums = binCounts.map { [Int](repeating: 0, count: cells * $0 * shape.sumsPerBin) }
        var counts = binCounts.map { [Int](repeating: 0, count: cells * $0 * shape.countsPerBin) }
        for unit in units {
            guard let arm = request.arms.map({ $0.firstIndex(of: unit.arm) }) ?? 0 else { continue }
            for cell in cellsOf(unit) {
                for (table, covariate) in covariates.enumerated() {
                    let bin = cell * binCounts[table] + bin(unit, covariate)
                    for (group, units) in request.summed.enumerated() where belongs(unit, to: units) {
                        for (position, outcome) in request.outcomes.enumerated() {
                            let (w, y) = (unit.weight, unit.outcomes[outcome])
                            let sum = shape.sum(bin: bin, arm: arm, outcome: position, group: group)
                            for (lane, value) in numbers(w, y).enumerated() {
                                sums[table][sum + lane] += value
                            }
                        }
                    }
                    for (group, units) in request.counted.enumerated() where belongs(unit, to: units) {
                        counts[table][shape.count(bin: bin, arm: arm, group: group)] += 1
                    }
                }
            }
        }
        let tables = binCounts.indices.map { index in
            var table = SumsTable(binCount: binCounts[index], cellCount: cells, shape: shape)
            table.sums = sums[index].map { Double($0) }
            table.counts = counts[index].map { Double($0) }
            return table
        }
        return SumsAnswer(shape: shape, tables: tables, tuples: tuples)
    }
}
