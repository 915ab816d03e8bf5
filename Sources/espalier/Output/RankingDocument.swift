import Ranking
import Texts

/// Rankers judged on the same units: as JSON with these keys, as a table or as CSV.
struct RankingDocument: Encodable {
    struct Difference: Encodable {
        let from: String
        let value: Double
        @Nullable var low: Double?
        @Nullable var high: Double?
    }

    struct Entry: Encodable {
        let name: String
        @Nullable var area: Double?
        @Nullable var low: Double?
        @Nullable var high: Double?
        @Nullable var difference: Difference?
    }

    struct Point: Encodable {
        let share: Double
        let value: Double
        @Nullable var valueLow: Double?
        @Nullable var valueHigh: Double?
        let cost: Double
    }

    struct Curve: Encodable {
        let name: String
        let points: [Point]
    }

    let value: String
    let cost: String
    let arm: String
    let units: Int
    let rankers: [Entry]
    let curves: [Curve]
    let finding: String

    init(_ comparison: RankerComparison, value: String, cost: String, arm: String, units: Int) {
        self.value = value
        self.cost = cost
        self.arm = arm
        self.units = units
        let differences = comparison.differences(from: nil)
        rankers = comparison.names.indices.map { index in
            let interval = comparison.estimates[index].areaInterval()
            return Entry(
                name: comparison.names[index], area: comparison.estimates[index].curve.area, low: interval?.low,
                high: interval?.high,
                difference: differences.first { $0.ranker == index }.map {
                    Difference(from: "random", value: $0.value, low: $0.interval?.low, high: $0.interval?.high)
                })
        }
        let random = comparison.estimates.first.map {
            [("random", CurveEstimate(curve: $0.curve.random, replicates: []))]
        }
        curves = (Array(zip(comparison.names, comparison.estimates)) + (random ?? [])).map { name, estimate in
            Curve(name: name, points: Self.points(estimate))
        }
        var sentences = zip(comparison.names, comparison.estimates).map {
            RankingFinding.sentence($1, name: $0, value: value, cost: cost)
        }
        for estimate in comparison.estimates {
            for index in estimate.curve.shares.indices.dropFirst(CostCurve.deciles.count) {
                sentences.append(RankingFinding.sentence(estimate, at: index, value: value, cost: cost))
            }
        }
        finding = sentences.joined(separator: "; ")
    }

    private static func points(_ estimate: CurveEstimate) -> [Point] {
        let curve = estimate.curve
        return curve.shares.indices.sorted { curve.shares[$0] < curve.shares[$1] }.map { index in
            let interval = estimate.valueInterval(index)
            return Point(
                share: curve.shares[index], value: curve.values[index], valueLow: interval?.low,
                valueHigh: interval?.high, cost: curve.costs[index])
        }
    }

    func text(_ format: FormatOption.Format) -> String {
        var points = TextTable(["ranker", "share", value, "low", "high", cost])
        points.rows = curves.flatMap { curve in
            curve.points.map { point in
                [curve.name]
                    + [point.share, point.value, point.valueLow, point.valueHigh, point.cost].map { number($0, format) }
            }
        }
        guard format == .table else { return points.text(format) }
        var areas = TextTable(["ranker", "area", "low", "high", "less random", "low", "high"])
        areas.rows = rankers.map { ranker in
            [ranker.name]
                + [
                    ranker.area, ranker.low, ranker.high, ranker.difference?.value, ranker.difference?.low,
                    ranker.difference?.high,
                ].map { number($0, format) }
        }
        return points.text(format) + "\n" + areas.text(format) + "\n\(finding)\n"
    }

    private func number(_ value: Double?, _ format: FormatOption.Format) -> String {
        guard let value, format == .table else { return cell(value, format) }
        return NumberText.significant(value, 4)
    }
}

/// A number or value that is null in JSON where there is none, since the key is part of the contract.
@propertyWrapper struct Nullable<Value: Encodable>: Encodable {
    var wrappedValue: Value?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
    }
}
