/// A rule that sends a unit to the left or to the right child, on one covariate's encoded value.
package struct Split: Sendable, Hashable, Codable {
    /// Which values go left.
    package enum Rule: Sendable, Hashable, Codable {
        /// Numeric: value <= threshold.
        case atMost(Float)
        /// Categorical: these levels, ascending.
        case levels([UInt8])
        /// Every value that is not missing.
        case present
    }

    /// Index into the experiment's covariates.
    package let covariate: Int
    package let rule: Rule
    /// The side of NaN, and of nothing else: the levels that lacked an arm are listed on their side of the rule.
    package let missingGoesLeft: Bool
    /// Whether the node had missing values; a rule in words is silent about them where none were seen.
    package let missingSeen: Bool

    package init(covariate: Int, rule: Rule, missingGoesLeft: Bool, missingSeen: Bool) {
        self.covariate = covariate
        self.rule = rule
        self.missingGoesLeft = missingGoesLeft
        self.missingSeen = missingSeen
    }

    /// - Parameter value: encoded as `CovariateEncoding` says; NaN is missing.
    package func goesLeft(_ value: Float) -> Bool {
        Self.goesLeft(value, atMost: rule.limit, levels: rule.leftLevels, missingLeft: missingGoesLeft)
    }

    /// The same of a rule in parts, as trees in policy files hold it: a limit, or levels, or neither, which all values keep.
    package static func goesLeft(_ value: Float, atMost: Float?, levels: [UInt8]?, missingLeft: Bool) -> Bool {
        guard !value.isNaN else { return missingLeft }
        if let atMost { return value <= atMost }
        if let levels { return levels.contains { Float($0) == value } }
        return true
    }
}

extension Split.Rule {
    /// Numeric: values up to this go left; nil for other rules.
    package var limit: Float? { if case .atMost(let limit) = self { limit } else { nil } }

    /// Categorical: codes of the levels that go left; nil for other rules.
    package var leftLevels: [UInt8]? { if case .levels(let levels) = self { levels } else { nil } }
}
