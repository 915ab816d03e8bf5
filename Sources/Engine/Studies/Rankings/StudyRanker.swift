import Ranking
import Runtime

/// The ways in which a study's units are ordered by value against cost.
package enum StudyRanker: String, Sendable, Hashable, Codable, CaseIterable {
    case ratio = "r"
    case doublyRobust = "dr"
    case price
    case direct = "drm"
    case residualised = "drm-residualised"
    case constrained
    /// Direct ranking with one hidden layer.
    case network = "drm-network"
    /// The effects of the study's own learner.
    case learner
    case forest

    /// All but the network, which was worse everywhere (METHODS section 6); the default comes first.
    package static let standard: [StudyRanker] = [
        .ratio, .doublyRobust, .price, .direct, .residualised, .constrained, .learner, .forest,
    ]

    /// Those whose score a policy file can carry.
    package static let written: [StudyRanker] = allCases.filter { $0.ranker(seed: 1) != nil }

    /// What tables call it.
    package var title: String {
        switch self {
        case .learner: "learner's ratio"
        case .forest: "forest ratio"
        default: ranker(seed: 1)?.name ?? rawValue
        }
    }

    /// - Throws: `EspalierError` (.usage) for a name that is none.
    package init(named name: String) throws {
        let wanted = name.lowercased()
        guard let found = Self.allCases.first(where: { [$0.rawValue, $0.title.lowercased()].contains(wanted) }) else {
            throw EspalierError(
                .usage, "there is no ranker \(name)",
                remedy: "name one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = found
    }

    /// The engine's ranker that learns a function of the features; nil for those that take effects of units.
    func ranker(seed: UInt64) -> (any Ranker)? {
        var settings = DirectRanker.Settings()
        settings.seed = seed
        switch self {
        case .ratio: return EffectRatioRanker(.r)
        case .doublyRobust: return EffectRatioRanker(.dr)
        case .price: return PricedEffectRanker()
        case .direct: break
        case .residualised: settings.isResidualised = true
        case .constrained: settings.selection = .constrained(share: 0.4)
        case .network: settings.hiddenUnits = 8
        case .learner, .forest: return nil
        }
        return DirectRanker(settings)
    }
}
