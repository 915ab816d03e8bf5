/// JSON: the policy's own keys beside `kind`. Policies without a kind are linear: studies held no others at first, and wrote none.
extension Policy: Codable {
    private enum CodingKeys: String, CodingKey { case kind }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let name = try container.decodeIfPresent(String.self, forKey: .kind) else {
            self = .linear(try LinearPolicy(from: decoder))
            return
        }
        switch Kind(rawValue: name) {
        case nil:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "policy kind \"\(name)\" is not known")
        case .linear: self = .linear(try LinearPolicy(from: decoder))
        case .cohort: self = .cohort(try CohortPolicy(from: decoder))
        case .ranking: self = .ranking(try RankingPolicy(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        switch self {
        case .linear(let policy): try policy.encode(to: encoder)
        case .cohort(let policy): try policy.encode(to: encoder)
        case .ranking(let policy): try policy.encode(to: encoder)
        }
    }
}
