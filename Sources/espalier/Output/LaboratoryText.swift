import Experiments
import Foundation
import Simulation
import Texts

/// Comparisons of the laboratory as a table, and as a plot of values with their intervals.
enum LaboratoryText {
    /// A world, and the methods compared in it.
    typealias Compared = (world: any LaboratoryWorld, comparison: LaboratoryComparison)

    static func table(_ comparisons: [LaboratoryComparison], _ format: FormatOption.Format) -> String {
        var table = TextTable(
            ["scenario", "noise", "method", "value", "SE", "relative", "violation", "feasible"], textColumns: [0, 2])
        table.rows = comparisons.flatMap(\.rows).map { row in
            [row.scenario, cell(row.noise, format), row.method]
                + [row.value, row.standardError, row.relative, row.violation, row.feasibleShare].map {
                    cell($0, format)
                }
        }
        return table.text(format)
    }

    /// What a comparison comes to in sentences.
    static func findings(_ comparison: LaboratoryComparison, of world: any LaboratoryWorld) throws -> String {
        var text =
            "scenario \(world.name): the best policy that knows every unit's effects reaches "
            + "\(cell(comparison.oracle.value, .table))"
        if let mixture = try world.mixture() {
            text += ", the best lottery for everybody \(cell(mixture.objective, .table))"
        }
        text += "\n"
        for level in comparison.noise {
            let place = comparison.noise.count > 1 ? "W \(NumberText.significant(level, 4)): " : ""
            guard let best = comparison.best(noise: level), let row = comparison.row(best.method, noise: level),
                let relative = row.relative
            else {
                text += "  \(place)there is nothing to gain, and no method can lose\n"
                continue
            }
            text +=
                "  \(place)\(best.method) is worth most, \(NumberText.string(relative, .significant(3))) of that; "
                + (best.others.isEmpty
                    ? "all others less by more than 2 standard errors\n"
                    : "within 2 standard errors: \(best.others.joined(separator: ", "))\n")
        }
        return text
    }

    /// How far every method is from one of them; empty where that was not compared, or there is nothing to gain.
    static func differences(_ comparison: LaboratoryComparison, from reference: String) -> String {
        var table = TextTable(["W", "method", "less \(reference)", "SE"], textColumns: [1])
        table.rows = comparison.noise.flatMap { level in
            comparison.differences(from: reference, noise: level).map { difference in
                [
                    cell(level, .table), difference.method,
                    NumberText.signed(difference.value, 3),
                    difference.standardError.map { NumberText.fixed($0, 3) } ?? "-",
                ]
            }
        }
        guard !table.rows.isEmpty else { return "" }
        return "\nscenario \(comparison.scenario): relative value against \(reference), paired by experiment\n"
            + table.text(.table)
    }

    /// One line for each method and noise level: the mean value and its 95% interval on one axis.
    static func plot(_ comparison: LaboratoryComparison, isASCII: Bool) -> String {
        let ends = comparison.rows.map { ($0.value - reach($0), $0.value + reach($0)) }
        let low = min(0, ends.map(\.0).min() ?? 0)
        let highest = max(0, ends.map(\.1).max() ?? 0)
        // Where nothing was gained there is an axis all the same.
        let high = highest > low ? highest : low + 1
        let columns = 50
        func column(_ value: Double) -> Int {
            Int(((value - low) / (high - low) * Double(columns - 1)).rounded())
        }
        let glyphs = isASCII ? (bar: "-", end: "|", dot: "o", zero: ":") : (bar: "─", end: "┼", dot: "●", zero: "┊")
        let width = comparison.methods.map(\.name.count).max() ?? 0
        var text = "scenario \(comparison.scenario): value in control means, mean and 95% interval\n"
        for level in comparison.noise {
            for (index, row) in comparison.rows.filter({ $0.noise == level }).enumerated() {
                var line = [String](repeating: " ", count: columns)
                line[column(0)] = glyphs.zero
                let (first, last) = (column(row.value - reach(row)), column(row.value + reach(row)))
                for position in first...last { line[position] = glyphs.bar }
                if last > first { (line[first], line[last]) = (glyphs.end, glyphs.end) }
                line[column(row.value)] = glyphs.dot
                let label = index == 0 ? "W \(NumberText.significant(level, 4))" : ""
                text += label.padding(toLength: 8, withPad: " ", startingAt: 0)
                text += row.method.padding(toLength: width + 2, withPad: " ", startingAt: 0)
                text += line.joined() + " \(NumberText.string(row.value, .significant(3)))\n"
            }
        }
        let (left, right) = (NumberText.string(low, .significant(3)), NumberText.string(high, .significant(3)))
        let gap = max(1, columns - left.count - right.count)
        return text + String(repeating: " ", count: width + 10) + left + String(repeating: " ", count: gap) + right
            + "\n"
    }

    private static func reach(_ row: LaboratoryRow) -> Double {
        row.standardError.isFinite ? 1.96 * row.standardError : 0
    }
}
