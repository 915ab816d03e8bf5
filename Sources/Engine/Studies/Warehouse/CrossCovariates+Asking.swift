import Effects
import Experiments
import Groups
import Runtime
import WarehouseSums
import Warehouses

extension CrossCovariates {
    /// The same of units that stay in a warehouse.
    /// - Throws: `EspalierError`; `CancellationError`.
    /// - Complexity: two passes over the units in the engine, one for its sample.
    func asked(of study: Study, _ context: RunContext) throws -> DrillDown {
        let (description, space) = (study.description, study.space)
        let units = try WarehouseUnits(
            description.spec, folder: description.folder, arms: space.arms,
            outcomes: space.outcomes.map { .init(centre: $0.centre, scale: $0.scale) }, context: context)
        context.report(Progress(phase: "reading the sample", done: 0, total: 2))
        let sample = try units.sample(tuneCount: description.tuneCount, folder: description.folder, context: context)
        let known = description.covariates.map(\.name)
        let crossed = try CrossedDimensions(
            sample, covariates: names.compactMap { known.firstIndex(of: $0) }, units: 0..<sample.unitCount,
            context: context)
        let cell = CrossedText(crossed, sample, units).cell
        context.report(Progress(phase: "summing cells", done: 1, total: 2))
        let columns = ["\(cell) AS espalier_cell"] + units.columns
        let sums = try units.sums(
            of: "SELECT \(columns.joined(separator: ", ")) FROM \(units.relation) AS rows",
            cellCount: crossed.cellCount,
            context: context)
        return DrillDown(crossed, sums, of: study)
    }
}

/// The cells of crossed dimensions as SQL.
private struct CrossedText {
    let cell: String

    init(_ crossed: CrossedDimensions, _ sample: Experiment, _ units: WarehouseUnits) {
        var terms: [String] = []
        var size = 1
        for dimension in crossed.dimensions.reversed() {
            let covariate = sample.covariates[dimension.covariate]
            let value = units.value(of: dimension.covariate, as: covariate.encoding)
            terms.append("\(size) * (\(Self.group(dimension, covariate, value, units.dialect)))")
            size *= dimension.groups.count
        }
        cell = terms.joined(separator: " + ")
    }

    /// The number of a value's group, as `Dimension` counts them: values that none holds go with the highest.
    private static func group(
        _ dimension: Dimension, _ covariate: Covariate, _ value: String, _ dialect: SQLDialect
    ) -> String {
        let last = dimension.groups.count - 1
        var branches: [String] = []
        var rest = 0
        if case .numeric = covariate.encoding {
            branches.append("WHEN \(value) IS NULL OR \(dialect.isNaN(value)) THEN \(last)")
            rest = dimension.groups.last?.rule == .missing ? max(0, last - 1) : last
        } else {
            rest = last
        }
        for (index, group) in dimension.groups.enumerated() {
            guard let condition = condition(group.rule, covariate, value, dialect) else { continue }
            branches.append("WHEN \(condition) THEN \(index)")
        }
        return "CASE \(branches.joined(separator: " ")) ELSE \(rest) END"
    }

    private static func condition(
        _ rule: Condition.Rule, _ covariate: Covariate, _ value: String, _ dialect: SQLDialect
    ) -> String? {
        func number(_ value: Float) -> String { "(\(dialect.literal(Double(value))))" }
        switch rule {
        case .missing: return nil
        case .equal(let wanted): return "\(value) = \(number(wanted))"
        case .atMost(let high): return "\(value) <= \(number(high))"
        case .above(let low): return "\(value) > \(number(low))"
        case .between(let low, let high): return "\(value) > \(number(low)) AND \(value) <= \(number(high))"
        case .levels(let codes):
            guard case .categorical(let names) = covariate.encoding else { return nil }
            return "\(value) IN (\(codes.map { dialect.literal(names[$0]) }.joined(separator: ", ")))"
        }
    }
}

extension DrillDown {
    /// - Parameter sums: of the cells, by part and arm.
    fileprivate init(_ crossed: CrossedDimensions, _ sums: CellSums, of study: Study) {
        let tune: Set<UnitPart> = [.growing, .pruning, .estimating]
        let counts = (0..<crossed.cellCount).map { Int(sums.units(cell: $0, parts: tune)) }
        let kept = counts.indices.filter { counts[$0] > 0 }
        let groups = sums.groupSums(over: tune)
        let total = Double(max(1, counts.reduce(0, +)))
        self.init(
            covariates: crossed.dimensions.map(\.name),
            cells: kept.map { cell in
                DrillDown.Cell(
                    rule: crossed.labels(of: cell).joined(separator: " and "), units: counts[cell],
                    share: Double(counts[cell]) / total, effects: Self.effects(groups, cell, study))
            }, cellOf: [])
    }
}
