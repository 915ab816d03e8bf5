import Runtime

/// How much of a ranking is targeted.
package enum RankingBudget: Sendable, Hashable {
    /// The best part of the units, above 0 and at most 1.
    case share(Double)
    /// As many as cost so much per unit of the whole.
    case cost(Double)
    /// Everybody whose value is worth so much per unit of cost.
    case price(Double)

    /// - Throws: `EspalierError` (.usage) for what is none: `share:0.2`, `cost:0.05` and `price:3` are.
    package init(_ text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let number = Double(parts[1]), number.isFinite else { throw Self.malformed(text) }
        switch parts[0] {
        case "share": self = .share(number)
        case "cost": self = .cost(number)
        case "price": self = .price(number)
        default: throw Self.malformed(text)
        }
        try check()
    }

    private static func malformed(_ text: String) -> EspalierError {
        EspalierError(
            .usage, "--budget \(text) is no budget",
            remedy: "write --budget share:0.2, cost:0.05 (per unit of the whole) or price:3")
    }

    func check() throws {
        switch self {
        case .share(let share):
            guard share > 0, share <= 1 else {
                throw EspalierError(
                    .usage, "the share \(share) is not between 0 and 1",
                    remedy: "give the part of the units to target, as 0.2")
            }
        case .cost(let cost):
            guard cost > 0 else {
                throw EspalierError(
                    .usage, "a cost of \(cost) buys nothing", remedy: "give what may be spent per unit, above 0")
            }
        case .price(let price):
            guard price >= 0 else {
                throw EspalierError(
                    .usage, "a price of \(price) is below 0", remedy: "give the value that a unit of cost has to bring")
            }
        }
    }
}

extension RankingBudget: CustomStringConvertible, Codable {
    package var description: String {
        switch self {
        case .share(let share): "share:\(share)"
        case .cost(let cost): "cost:\(cost)"
        case .price(let price): "price:\(price)"
        }
    }

    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
