import Experiments

/// Name and encoding of a covariate: what rules in words need.
package struct CovariateDescription: Sendable, Equatable, Codable {
    package let name: String
    package let encoding: CovariateEncoding

    package init(name: String, encoding: CovariateEncoding) {
        self.name = name
        self.encoding = encoding
    }

    package init(_ covariate: Covariate) {
        self.init(name: covariate.name, encoding: covariate.encoding)
    }
}
