import Experiments

/// How covariates become the columns of a boosted model, in fitting and in scoring alike.
///
/// A numeric covariate is one feature; a categorical one has an indicator for each of its most frequent levels (a level
/// beyond them is 0 in all, a missing value NaN in all).
package struct FeatureEncoding: Sendable, Equatable, Codable {
    /// One column of the model.
    package struct Feature: Sendable, Equatable, Codable {
        package let covariate: String
        /// The level whose indicator this is; nil for a numeric covariate.
        package let level: String?
    }

    package let features: [Feature]
    /// For each feature the index of its covariate, and the code of its level.
    private let sources: [Source]

    private struct Source: Sendable, Equatable, Codable {
        let covariate: Int
        let code: Int?
    }

    private static let maximumIndicators = 32

    package var width: Int { features.count }

    /// No feature at all: for models that read none.
    package static let empty = FeatureEncoding(covariates: [], counting: 0..<0)

    /// - Parameter counting: units whose levels are counted for frequency, such as those that train.
    package init(covariates: [Covariate], counting units: Range<Int>) {
        var features: [Feature] = []
        var sources: [Source] = []
        for (index, covariate) in covariates.enumerated() {
            switch covariate.encoding {
            case .numeric:
                features.append(Feature(covariate: covariate.name, level: nil))
                sources.append(Source(covariate: index, code: nil))
            case .categorical(let levels):
                var counts = [Int](repeating: 0, count: levels.count)
                for unit in units where !covariate.values[unit].isNaN { counts[Int(covariate.values[unit])] += 1 }
                let frequent = levels.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
                    .prefix(Self.maximumIndicators).sorted()
                for code in frequent {
                    features.append(Feature(covariate: covariate.name, level: levels[code]))
                    sources.append(Source(covariate: index, code: code))
                }
            }
        }
        self.features = features
        self.sources = sources
    }

    /// Whether every feature reads one of so many covariates.
    package func reads(covariateCount: Int) -> Bool {
        sources.count == features.count && sources.allSatisfy { (0..<covariateCount).contains($0.covariate) }
    }

    /// The covariate that a feature reads, and the level whose indicator it is.
    func source(of feature: Int) -> (covariate: Int, code: Int?) {
        (sources[feature].covariate, sources[feature].code)
    }

    /// Row-major features of the given rows.
    /// - Parameter columns: encoded values, one column per covariate in the experiment's order.
    package func matrix(_ columns: [[Float]], rows: [Int]) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows.count * width) { buffer, count in
            for (feature, source) in sources.enumerated() {
                columns[source.covariate].withUnsafeBufferPointer { column in
                    for (row, unit) in rows.enumerated() {
                        let value = column[unit]
                        buffer[row * width + feature] =
                            if let code = source.code, !value.isNaN { value == Float(code) ? 1 : 0 } else { value }
                    }
                }
            }
            count = rows.count * width
        }
    }
}
