import Effects
import Foundation

/// Where the models or the trees of a policy cut its numeric covariates, and a ranking centres them: what a number between two cuts is taken from.
struct NumericCuts {
    /// By covariate, ascending and different, in the covariate's own unit.
    private let cuts: [[Double]]
    private let centres: [Double]

    /// - Complexity: O(nodes of all models).
    init(_ document: PolicyDocument) {
        centres = document.covariates.map { $0.centre ?? 0 }
        var found = document.covariates.map { _ in Set<Float>() }
        func keep(_ covariate: Int, _ cut: Float) {
            if found.indices.contains(covariate), cut.isFinite { found[covariate].insert(cut) }
        }
        switch document.rule {
        case .linear(let rule):
            if case .models(_, let models) = rule.effects { models.eachCut(keep) }
        case .cohort(let rule):
            for node in rule.rules.trees.flatMap(\.nodes) {
                if let cut = node.atMost { keep(node.covariate, cut) }
            }
        case .ranking(let rule):
            for feature in rule.rules.features {
                if let centre = feature.centre { keep(feature.covariate, Float(centre)) }
            }
        }
        cuts = zip(found, centres).map { own, centre in own.sorted().map { Double($0) + centre } }
    }

    /// A number in the middle between two neighbouring cuts, of few digits; the centre where nothing is cut.
    /// - Parameter share: of the cuts that lie below, about.
    func midpoint(covariate: Int, share: Double) -> Double {
        let own = cuts[covariate]
        guard let first = own.first, let last = own.last else { return centres[covariate] }
        guard own.count > 1 else { return short(share < 0.5 ? first - 1 : last + 1) }
        let index = min(own.count - 2, Int(share * Double(own.count - 1)))
        return short((own[index] + own[index + 1]) / 2)
    }

    private func short(_ value: Double) -> Double { Double(String(format: "%.9g", value)) ?? value }
}
