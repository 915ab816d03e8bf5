import Experiments

extension CovariateRegion {
    /// The region in quantile words: "past_ctr low 39% and visits mid 40-93% and segment = daily".
    ///
    /// "low 39%" are the 39% of the units with the lowest values, "high 7%" the 7% with the highest, "mid 40-93%" those between
    /// two quantiles. A part whose quantiles are not known is in numbers.
    package func words(_ covariates: [CovariateDescription], _ shares: CutShares) -> String {
        let parts = limits.keys.sorted().compactMap { index -> String? in
            guard let own = limits[index] else { return nil }
            let words = Self.words(own, name: covariates[index].name) { shares.share(index, atMost: $0) }
            return words ?? Self.text(own, covariates[index])
        }
        return parts.isEmpty ? "all units" : parts.joined(separator: " and ")
    }

    /// nil where nothing numeric is cut, or it is not known where.
    private static func words(_ limits: Limits, name: String, _ share: (Float) -> Double?) -> String? {
        guard limits.allowsValues, limits.low != nil || limits.high != nil else { return nil }
        let low = limits.low.map(share)
        let high = limits.high.map(share)
        let text: String
        switch (low, high) {
        case (nil, let high??): text = "\(name) low \(percent(high))%"
        case (let low??, nil): text = "\(name) high \(percent(1 - low))%"
        case (let low??, let high??):
            guard low < high else { return nil }
            text = "\(name) mid \(percent(low))-\(percent(high))%"
        default: return nil
        }
        return limits.allowsMissing && limits.missingSeen ? text + " or missing" : text
    }

    /// Whole, but to a tenth so near an end that a whole one would say nothing or all.
    private static func percent(_ share: Double) -> String {
        let whole = (100 * share).rounded()
        if (1...99).contains(whole) || share <= 0 || share >= 1 { return "\(Int(whole))" }
        return "\(min(max((1_000 * share).rounded() / 10, 0.1), 99.9))"
    }
}
