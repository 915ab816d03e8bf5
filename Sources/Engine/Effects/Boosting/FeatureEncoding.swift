import Experiments

/// How covariates become the columns of a boosted model, in fitting and in scoring alike.
///
/// A numeric covariate is one feature; a categorical one has an indicator for each of its most frequent levels (a level
/// beyond them is 0 in all, a missing value NaN in all). One with more levels than that has a feature of its codes besides, which
/// trees split into sets of levels, so that they see every level they are given; linear models keep to the indicators.
package struct FeatureEncoding: Sendable, Equatable, Codable {
    /// One column of the model.
    package struct Feature: Sendable, Equatable, Codable {
        package let covariate: String
        /// The level whose indicator this is; nil for a numeric covariate and for codes.
        package let level: String?
    }

    package let features: [Feature]
    /// For each feature the index of its covariate, and the code of its level.
    private let sources: [Source]

    private struct Source: Sendable, Equatable, Codable {
        let covariate: Int
        let code: Int?
        /// Whether the values are codes of levels; nil is no.
        let isCategory: Bool?

        init(covariate: Int, code: Int? = nil, isCategory: Bool? = nil) {
            self.covariate = covariate
            self.code = code
            self.isCategory = isCategory
        }
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
                sources.append(Source(covariate: index))
            case .categorical(let levels):
                var counts = [Int](repeating: 0, count: levels.count)
                for unit in units where !covariate.values[unit].isNaN { counts[Int(covariate.values[unit])] += 1 }
                let frequent = levels.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
                    .prefix(Self.maximumIndicators).sorted()
                for code in frequent {
                    features.append(Feature(covariate: covariate.name, level: levels[code]))
                    sources.append(Source(covariate: index, code: code))
                }
                guard levels.count > Self.maximumIndicators else { continue }
                features.append(Feature(covariate: covariate.name, level: nil))
                sources.append(Source(covariate: index, isCategory: true))
            }
        }
        self.features = features
        self.sources = sources
    }

    /// Whether every feature reads one of the covariates, and codes are those of levels.
    /// - Parameter levelCounts: by covariate; nil for numeric ones.
    package func reads(levelCounts: [Int?]) -> Bool {
        sources.count == features.count
            && sources.allSatisfy { source in
                guard levelCounts.indices.contains(source.covariate) else { return false }
                guard source.isCategory == true else { return true }
                return source.code == nil && levelCounts[source.covariate].map { $0 <= 256 } == true
            }
    }

    /// Whether a model reads these features alone, each as what it is.
    package func fits(_ model: BoostedModel) -> Bool {
        let categories = categories
        return model.trees.allSatisfy { $0.highestFeature < width && $0.splits(categories) }
    }

    /// The covariate that a feature reads, and the level whose indicator it is.
    package func source(of feature: Int) -> (covariate: Int, code: Int?) {
        (sources[feature].covariate, sources[feature].code)
    }

    /// Which features are codes of levels, whose order means nothing.
    var categories: [Bool] { sources.map { $0.isCategory == true } }

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
