import Ranking
import Texts

/// Rankers judged on the same units: as JSON with these keys, as a table or as CSV.
struct RankingDocument: Encodable {
    struct Difference: Encodable {
        let from: String
        let value: Double
        let low: Double?
        let high: Double?
    }

    struct Entry: Encodable {
        let name: String
        let area: Double?
        let low: Double?
        let high: Double?
        let difference: Difference?
    }

    struct Point: Encodable {
        let share: Double
        let value: Double
        let valueLow: Double?
        let valueHigh: Double?
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
    /// What a budget comes to; left out where none was asked for.
    var budget: RankingBudgetDocument?
    /// Id of the candidate that was kept; left out where none was.
    var candidate: Int?

    /// - Parameter finding: nil says what each ranker does against a random order.
    init(
        _ comparison: RankerComparison, value: String, cost: String, arm: String, units: Int, finding: String? = nil
    ) {
        self.value = value
        self.cost = cost
        self.arm = arm
        self.units = units
        // The first is held against a random order, the others against the first.
        let differences =
            comparison.differences(from: nil).filter { $0.ranker == 0 } + comparison.differences(from: 0)
        rankers = comparison.names.indices.map { index in
            let interval = comparison.estimates[index].areaInterval()
            return Entry(
                name: comparison.names[index], area: comparison.estimates[index].curve.area, low: interval?.low,
                high: interval?.high,
                difference: differences.first { $0.ranker == index }.map {
                    Difference(
                        from: $0.reference.map { comparison.names[$0] } ?? "random", value: $0.value,
                        low: $0.interval?.low,
                        high: $0.interval?.high)
                })
        }
        let random = comparison.estimates.first.map {
            [("random", CurveEstimate(curve: $0.curve.random, replicates: []))]
        }
        curves = (Array(zip(comparison.names, comparison.estimates)) + (random ?? [])).map { name, estimate in
            Curve(name: name, points: Self.points(estimate))
        }
        var sentences =
            finding.map { [$0] }
            ?? zip(comparison.names, comparison.estimates).map {
                RankingFinding.sentence($1, name: $0, value: value, cost: cost)
            }
        for estimate in comparison.estimates.prefix(finding == nil ? comparison.names.count : 1) {
            for index in estimate.curve.shares.indices.dropFirst(CostCurve.deciles.count) {
                sentences.append(RankingFinding.sentence(estimate, at: index, value: value, cost: cost))
            }
        }
        self.finding = sentences.joined(separator: "; ")
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
        var points = TextTable(
            ["ranker", "share", value, "low", "high", cost],
            columns: ["ranker", "share", "value", "low", "high", "cost"])
        points.rows = curves.flatMap { curve in
            curve.points.map { point in
                [curve.name]
                    + [point.share, point.value, point.valueLow, point.valueHigh, point.cost].map { number($0, format) }
            }
        }
        guard format == .table else { return points.text(format) }
        let names = rankers.count > 1
        var areas = TextTable(
            ["ranker", "area", "low", "high", names ? "further" : "less random", "low", "high"]
                + (names ? ["than"] : []))
        areas.rows = rankers.map { ranker in
            [ranker.name] + [ranker.area, ranker.low, ranker.high].map { number($0, format) }
                + [ranker.difference?.value, ranker.difference?.low, ranker.difference?.high].map {
                    number($0, format)
                } + (names ? [ranker.difference?.from ?? ""] : [])
        }
        return points.text(format) + "\n" + areas.text(format) + "\n\(finding)\n" + (budget?.text ?? "")
    }

    private func number(_ value: Double?, _ format: FormatOption.Format) -> String {
        guard let value, format == .table else { return cell(value, format) }
        return NumberText.significant(value, 4)
    }
}

// Keys are part of the contract: what there is none of is null, not left out.

extension RankingDocument.Difference {
    private enum CodingKeys: String, CodingKey { case from, value, low, high }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(from, forKey: .from)
        try container.encode(value, forKey: .value)
        try container.encode(low, forKey: .low)
        try container.encode(high, forKey: .high)
    }
}

extension RankingDocument.Entry {
    private enum CodingKeys: String, CodingKey { case name, area, low, high, difference }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(area, forKey: .area)
        try container.encode(low, forKey: .low)
        try container.encode(high, forKey: .high)
        try container.encode(difference, forKey: .difference)
    }
}

extension RankingDocument.Point {
    private enum CodingKeys: String, CodingKey { case share, value, valueLow, valueHigh, cost }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(share, forKey: .share)
        try container.encode(value, forKey: .value)
        try container.encode(valueLow, forKey: .valueLow)
        try container.encode(valueHigh, forKey: .valueHigh)
        try container.encode(cost, forKey: .cost)
    }
}
