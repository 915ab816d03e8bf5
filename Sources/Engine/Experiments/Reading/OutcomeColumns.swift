import Runtime
import Texts

/// The values of one outcome by record, before ratios are linearised; NaN is missing.
struct OutcomeColumns {
    let spec: OutcomeSpec
    /// The values, or a ratio's numerators.
    let values: [Double]
    /// A ratio's denominators; empty otherwise.
    let denominators: [Double]
    /// What an index of surrogates is made of; nil for other outcomes.
    let index: IndexRule?
    /// The index's columns, in its order; empty for other outcomes.
    let regressors: [[Double]]
    /// Whether the value is missing, by record, before `missing: zero` filled it.
    let isMissing: [Bool]

    /// - Throws: `EspalierError(.data)` for a missing value without a rule, with its line, and when all are missing.
    /// - Parameters:
    ///   - index: of an outcome by surrogates.
    ///   - isKept: whether a record has one of the arms; the others do not count.
    init(
        _ spec: OutcomeSpec, index: IndexRule?, table: Table, file: String, isKept: (Int) -> Bool
    ) throws {
        self.spec = spec
        self.index = index
        var regressors: [[Double]] = []
        var values: [Double]
        var denominators: [Double] = []
        switch spec.source {
        case .column(let column):
            values = table.numbers(column)
            isMissing = values.map(\.isNaN)
        case .weightedSum(let weights):
            let terms = weights.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            let columns = terms.map { table.numbers($0.key) }
            isMissing = (0..<table.recordCount).map { record in columns.contains { $0[record].isNaN } }
            let fillsZero = spec.missing == .zero
            values = (0..<table.recordCount).map { record in
                var sum = 0.0
                for (term, column) in zip(terms, columns) {
                    let value = column[record]
                    sum += term.value * (value.isNaN && fillsZero ? 0 : value)
                }
                return sum
            }
        case .ratio(let numerator, let denominator):
            values = table.numbers(numerator)
            denominators = table.numbers(denominator)
            isMissing = zip(values, denominators).map { $0.isNaN || $1.isNaN }
        case .surrogate(let surrogate):
            guard let index else {
                throw EspalierError(.internal, "an index of surrogates was not fitted", file: file)
            }
            let columns = surrogate.regressors.map { table.numbers($0) }
            isMissing = (0..<table.recordCount).map { record in columns.contains { $0[record].isNaN } }
            regressors =
                spec.missing == .zero ? columns.map { column in column.map { $0.isNaN ? 0 : $0 } } : columns
            values = index.values(regressors)
        }
        self.regressors = regressors
        guard isMissing.contains(false) else {
            throw EspalierError(
                .data, "all values of the outcome \(DisplayText.quoted(spec.name)) are missing", file: file,
                remedy: "name the column that holds them")
        }
        let lacking = isMissing
        let unruled = spec.missing == nil ? isMissing.indices.filter { lacking[$0] && isKept($0) } : []
        if let record = unruled.first {
            let count = unruled.count
            throw EspalierError(
                .data,
                "the outcome \(DisplayText.quoted(spec.name)) is missing in \(count) row\(count == 1 ? "" : "s"), here first"
                    + Self.marks(spec, table),
                file: file, line: table.lines.line(of: record),
                remedy: "say missing: zero or missing: drop in the outcome's spec")
        }
        if spec.missing == .zero {
            values = values.map { $0.isNaN ? 0 : $0 }
            denominators = denominators.map { $0.isNaN ? 0 : $0 }
        }
        self.values = values
        self.denominators = denominators
    }

    /// Whether more than two values were observed and Float32 holds no more than two of them apart.
    /// - Complexity: O(1) for most columns: it ends at the third value.
    func collapses(in observed: ScaledColumn) -> Bool {
        guard case .column = spec.source else { return false }
        var kept: [Float] = []
        for value in observed.values where !kept.contains(value) {
            kept.append(value)
            if kept.count > 2 { return false }
        }
        var given: [Double] = []
        for value in values where !value.isNaN && !given.contains(value) {
            given.append(value)
            if given.count > 2 { return true }
        }
        return false
    }

    /// The texts by which values are missing, for a message; empty where there are none.
    private static func marks(_ spec: OutcomeSpec, _ table: Table) -> String {
        let words = spec.source.columns.flatMap { table.texts($0).words }
            .filter { ($0.part == .mark || $0.part == .missing) && $0.text.contains { !$0.isWhitespace } }
        guard !words.isEmpty else { return "" }
        let listed = words.prefix(3).map { "\(DisplayText.quoted($0.text)) in \(HealthText.count($0.rows))" }
        return " (\(listed.joined(separator: ", ")))"
    }

    /// What the error of an index's coefficients brings to the units kept; nil for other outcomes.
    func indexError(order: CanonicalOrder, assignment: [UInt8], armCount: Int, propensity: Propensity) -> IndexError? {
        guard let index else { return nil }
        var weights: [Double]?
        if case .columns = propensity { weights = propensity.observed(assignment).map { 1 / Double($0) } }
        return IndexError(
            index, columns: regressors.map { order.gather($0) }, assignment: assignment, armCount: armCount,
            weights: weights, units: 0..<order.tuneCount)
    }

    /// Whether the record must be left out.
    func drops(_ record: Int) -> Bool { spec.missing == .drop && isMissing[record] }

    /// The observed outcome in canonical order, centred and scaled; a ratio is linearised around the tune control ratio
    /// R0 = sum(numerator) / sum(denominator): R0 + (numerator - R0 denominator) / mean(denominator), the mean over all
    /// tune units (METHODS section 0). Winsorising comes after.
    /// - Parameters:
    ///   - sample: units by which it is centred and scaled; nil for all.
    ///   - weights: completes the outcome, and the sums of a ratio, where units were not seen; nil where all were.
    ///   - whole: what more units than these say of it; nil where these are all.
    /// - Throws: `EspalierError(.data)` for a ratio without a denominator, and for values too large to compute with.
    func observed(
        order: CanonicalOrder, assignment: [UInt8], file: String, sample: [Int]? = nil, weights: DropOutWeights? = nil,
        whole: WholeOutcome? = nil
    ) throws -> (column: ScaledColumn, winsorizing: Winsorizing?) {
        func error(_ message: String, remedy: String) -> EspalierError {
            EspalierError(.data, "the outcome \(DisplayText.quoted(spec.name)) \(message)", file: file, remedy: remedy)
        }
        var raw = order.gather(values)
        if case .ratio(_, let denominator) = spec.source {
            let divisors = order.gather(denominators)
            guard let line = whole?.ratio ?? line(raw, divisors, order, assignment, weights) else {
                throw LinearRatio.error(spec.name, denominator: denominator, file: file)
            }
            for unit in raw.indices { raw[unit] = line.value(raw[unit], divisors[unit]) }
        }
        let winsorizing =
            whole?.winsorizing ?? spec.winsorize.map { Winsorizing(quantile: $0, of: raw, tune: 0..<order.tuneCount) }
        if let winsorizing { raw = raw.map(winsorizing.clipped) }
        if let weights { raw = weights.completed(raw) }
        let column = ScaledColumn(raw, sample: sample)
        guard column.centre.isFinite, column.scale.isFinite else {
            throw error("has values too large to compute with", remedy: "check the column or change its unit")
        }
        return (column, winsorizing)
    }

    /// How a ratio is linearised by the units at hand; nil where there is no ratio.
    private func line(
        _ numerators: [Double], _ denominators: [Double], _ order: CanonicalOrder, _ assignment: [UInt8],
        _ weights: DropOutWeights?
    ) -> LinearRatio? {
        let (above, below) = (
            weights?.completed(numerators) ?? numerators, weights?.completed(denominators) ?? denominators
        )
        var control = (numerator: 0.0, denominator: 0.0)
        var total = 0.0
        for unit in 0..<order.tuneCount {
            total += below[unit]
            guard assignment[unit] == 0 else { continue }
            control.numerator += above[unit]
            control.denominator += below[unit]
        }
        return LinearRatio(control: control, total: total, units: order.tuneCount)
    }
}
