/// The level of the intervals that everything is told with, and its critical values.
package enum Confidence {
    package static let level = 0.95
    /// Standard errors to either side of a normal estimate.
    package static let critical = critical(atLevel: level)
    /// The same to two decimals, as it is named: half-widths that are printed, "±", are made with it.
    package static let namedCritical = 1.96

    package static func critical(atLevel level: Double) -> Double { Normal.quantile(0.5 + level / 2) }

    /// Half the width of an interval as it is printed; at 95% by the critical value as it is named.
    package static func halfWidth(of standardError: Double, level: Double = level) -> Double {
        (level == Self.level ? namedCritical : critical(atLevel: level)) * standardError
    }
}
