import Experiments
import Foundation

/// A box of covariate values, as a path of splits or an intersection of paths cuts it out.
package struct CovariateRegion: Sendable, Equatable, Codable {
    /// What remains of one covariate.
    package struct Limits: Sendable, Equatable, Codable {
        /// Numeric: low < value <= high, encoded.
        package var low: Float?
        package var high: Float?
        /// Categorical: level codes; nil is all.
        package var levels: Set<UInt8>?
        package var allowsValues = true
        package var allowsMissing = true
        /// Whether missing values were seen where it was split.
        package var missingSeen = false
    }

    package private(set) var limits: [Int: Limits] = [:]

    package init() {}

    /// The part of the region on one side of a split.
    package func narrowed(by split: Split, left: Bool, _ covariates: [CovariateDescription]) -> CovariateRegion {
        var region = self
        var own = limits[split.covariate] ?? Limits()
        own.allowsMissing = own.allowsMissing && split.missingGoesLeft == left
        own.missingSeen = own.missingSeen || split.missingSeen
        switch split.rule {
        case .present:
            if !left { own.allowsValues = false }
        case .atMost(let threshold):
            if left {
                own.high = min(own.high ?? threshold, threshold)
            } else {
                own.low = max(own.low ?? threshold, threshold)
            }
        case .levels(let levels):
            guard case .categorical(let names) = covariates[split.covariate].encoding else { break }
            let all = own.levels ?? Set((0..<names.count).map { UInt8($0) })
            own.levels = left ? all.intersection(levels) : all.subtracting(levels)
        }
        region.limits[split.covariate] = own
        return region
    }

    /// The region common to both.
    package func intersected(with other: CovariateRegion) -> CovariateRegion {
        var region = self
        for (covariate, theirs) in other.limits {
            guard var own = limits[covariate] else {
                region.limits[covariate] = theirs
                continue
            }
            own.low = [own.low, theirs.low].compactMap { $0 }.max()
            own.high = [own.high, theirs.high].compactMap { $0 }.min()
            switch (own.levels, theirs.levels) {
            case (nil, let levels): own.levels = levels
            case (let mine?, let levels?): own.levels = mine.intersection(levels)
            case (_, nil): break
            }
            own.allowsValues = own.allowsValues && theirs.allowsValues
            own.allowsMissing = own.allowsMissing && theirs.allowsMissing
            own.missingSeen = own.missingSeen || theirs.missingSeen
            region.limits[covariate] = own
        }
        return region
    }

    /// "recency <= 5 and zip_code in {Rural, Urban} or missing"; "all units" where nothing is cut.
    package func text(_ covariates: [CovariateDescription]) -> String {
        let parts = limits.keys.sorted().compactMap { index in
            limits[index].flatMap { Self.text($0, covariates[index]) }
        }
        return parts.isEmpty ? "all units" : parts.joined(separator: " and ")
    }

    static func text(_ limits: Limits, _ covariate: CovariateDescription) -> String? {
        let name = covariate.name
        let missing = limits.allowsMissing && limits.missingSeen
        guard limits.allowsValues else { return "\(name) is missing" }
        var text: String?
        switch covariate.encoding {
        case .numeric(let centre):
            func number(_ value: Float) -> String { numberText(value, centre: centre) }
            switch (limits.low, limits.high) {
            case (nil, nil): break
            case (let low?, nil): text = "\(name) > \(number(low))"
            case (nil, let high?): text = "\(name) <= \(number(high))"
            case (let low?, let high?):
                guard low < high else { return missing ? "\(name) is missing" : nil }
                text = "\(number(low)) < \(name) <= \(number(high))"
            }
        case .categorical(let names):
            guard let levels = limits.levels else { break }
            if levels.isEmpty { return missing ? "\(name) is missing" : nil }
            let list = levels.sorted().map { names[Int($0)] }
            if list.count == names.count {
                break
            } else if list.count > 3, names.count - list.count <= 3 {
                let others = (0..<names.count).filter { !levels.contains(UInt8($0)) }.map { names[$0] }
                text = "\(name) not in {\(others.joined(separator: ", "))}"
            } else {
                text = list.count == 1 ? "\(name) = \(list[0])" : "\(name) in {\(list.joined(separator: ", "))}"
            }
        }
        guard let text else { return limits.missingSeen && !limits.allowsMissing ? "\(name) is known" : nil }
        return missing ? "(\(text) or missing)" : text
    }

    /// The encoded value moved back by the centre, in the fewest digits that tell it from its neighbours in the data.
    private static func numberText(_ value: Float, centre: Double) -> String {
        if centre == 0 {
            let text = "\(value)"
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        // One digit short of Float's own step: beyond that there is nothing but rounding.
        let decimals = max(0, min(15, Int(-log10(Double(value.ulp)).rounded(.up)) - 1))
        let text = String(format: "%.\(decimals)f", Double(value) + centre)
        guard text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }
        return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
    }
}

extension Split {
    /// The condition of one side in words.
    package func text(left: Bool, _ covariates: [CovariateDescription]) -> String {
        CovariateRegion().narrowed(by: self, left: left, covariates).text(covariates)
    }
}
