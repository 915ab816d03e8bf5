import Experiments
import Statistics

/// A number that a ranking's score reads of a unit, from one of its encoded covariates.
package struct RankingFeature: Sendable, Hashable, Codable {
    package let covariate: Int
    /// Of a numeric covariate: what is taken off it; a missing value is then 0.
    package let centre: Double?
    /// Of a categorical one: 1 for units of the level of this code, else 0. Neither: 1 where the value is missing, else 0.
    package let level: UInt8?

    package init(covariate: Int, centre: Double? = nil, level: UInt8? = nil) {
        precondition(centre == nil || level == nil)
        self.covariate = covariate
        self.centre = centre
        self.level = level
    }

    func value(_ encoded: Float) -> Double {
        if let centre { return encoded.isNaN ? 0 : Double(encoded) - centre }
        if let level { return encoded == Float(level) ? 1 : 0 }
        return encoded.isNaN ? 1 : 0
    }

    /// The same of covariates counted otherwise.
    package func renumbered(_ place: [Int: Int]) -> RankingFeature {
        RankingFeature(covariate: place[covariate] ?? -1, centre: centre, level: level)
    }
}

extension [RankingFeature] {
    /// The features of some units, column by column.
    /// - Parameter columns: encoded covariates, in the order that the features count them.
    package func matrix(_ columns: [[Float]], units: [Int]) -> DenseMatrix {
        var values: [Double] = []
        values.reserveCapacity(units.count * count)
        for feature in self {
            columns[feature.covariate].withUnsafeBufferPointer { column in
                for unit in units { values.append(feature.value(column[unit])) }
            }
        }
        return DenseMatrix(rowCount: units.count, columnCount: count, values: values)
    }
}
