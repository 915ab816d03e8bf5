/// What a result rests on beyond the data, after the result itself.
enum Caveats {
    /// A line each; empty where there is none.
    static func text(_ caveats: [String]) -> String { caveats.map { "caveat: \($0)\n" }.joined() }
}

/// A result's own keys in JSON, and `caveats` beside them.
struct WithCaveats<Result: Encodable>: Encodable {
    let result: Result
    let caveats: [String]

    private enum CodingKeys: String, CodingKey { case caveats }

    func encode(to encoder: any Encoder) throws {
        try result.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(caveats, forKey: .caveats)
    }
}
