import Experiments
import Policies
import Statistics

/// What units are like, in means that can be compared with those of other units: numbers, missing values, levels, and products of
/// pairs of numbers, which alone show a changed correlation.
package enum LaunchLevels {
    private static let mostProducts = 12
    /// Levels and missing values that are rarer say nothing.
    private static let leastShare = 0.01

    /// - Parameter covariates: with their encodings, values NaN where missing.
    package static func of(_ covariates: [(name: String, encoding: CovariateEncoding, values: [Float])]) -> [LaunchEntry
        .Level]
    {
        var levels: [LaunchEntry.Level] = []
        var numbers: [(name: String, values: [Float], level: LaunchEntry.Level)] = []
        for covariate in covariates {
            if let missing = level("\(covariate.name) missing", covariate.values.map { $0.isNaN ? 1 : 0 }) {
                if missing.mean >= leastShare { levels.append(missing) }
            }
            switch covariate.encoding {
            case .numeric:
                guard let own = level(covariate.name, covariate.values) else { continue }
                levels.append(own)
                numbers.append((covariate.name, covariate.values, own))
            case .categorical(let names):
                for (code, name) in names.enumerated() {
                    let indicator = covariate.values.map { Float($0 == Float(code) ? 1 : 0) }
                    guard let own = level("\(covariate.name) \(name)", indicator), own.mean >= leastShare else {
                        continue
                    }
                    levels.append(own)
                }
            }
        }
        guard numbers.count <= mostProducts else { return levels }
        for (index, a) in numbers.enumerated() {
            for b in numbers.dropFirst(index + 1) {
                let product = product(a.values, a.level, b.values, b.level)
                if let own = level("\(a.name) and \(b.name)", product) { levels.append(own) }
            }
        }
        return levels
    }

    /// The same means of other units, by the levels of the first: nil for a level that these units cannot have.
    package static func again(
        _ launched: [LaunchEntry.Level], _ covariates: [(name: String, encoding: CovariateEncoding, values: [Float])]
    ) -> [LaunchEntry.Level?] {
        let known = Dictionary(launched.map { ($0.name, $0) }) { first, _ in first }
        var columns: [String: [Float]] = [:]
        var numbers: [(name: String, values: [Float])] = []
        for covariate in covariates {
            columns["\(covariate.name) missing"] = covariate.values.map { $0.isNaN ? 1 : 0 }
            switch covariate.encoding {
            case .numeric:
                columns[covariate.name] = covariate.values
                numbers.append((covariate.name, covariate.values))
            case .categorical(let names):
                for (code, name) in names.enumerated() {
                    columns["\(covariate.name) \(name)"] = covariate.values.map { Float($0 == Float(code) ? 1 : 0) }
                }
            }
        }
        for (index, a) in numbers.enumerated() {
            for b in numbers.dropFirst(index + 1) where known["\(a.name) and \(b.name)"] != nil {
                guard let first = known[a.name], let second = known[b.name] else { continue }
                columns["\(a.name) and \(b.name)"] = product(a.values, first, b.values, second)
            }
        }
        return launched.map { entry in columns[entry.name].flatMap { level(entry.name, $0) } }
    }

    /// Standardised by the levels of the launch.
    private static func product(
        _ a: [Float], _ first: LaunchEntry.Level, _ b: [Float], _ second: LaunchEntry.Level
    ) -> [Float] {
        guard first.spread > 0, second.spread > 0 else { return [] }
        return zip(a, b).map { x, y in
            Float((Double(x) - first.mean) / first.spread * (Double(y) - second.mean) / second.spread)
        }
    }

    private static func level(_ name: String, _ values: [Float]) -> LaunchEntry.Level? {
        var moments = Moments()
        for value in values where !value.isNaN { moments.add(Double(value)) }
        guard moments.count > 1 else { return nil }
        return LaunchEntry.Level(
            name: name, mean: moments.mean, spread: moments.standardDeviation, units: moments.count)
    }
}
