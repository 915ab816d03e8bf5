import Studies
import Warehouses

/// A result's own keys in JSON, and beside them where the units are that it is an estimate of, and whether it is of all of them.
struct WithEngine<Result: Encodable>: Encodable {
    private let result: Result
    private let engine: String
    private let basis: String

    /// - Parameter study: that the result is of.
    init(_ result: Result, of study: Study) {
        self.result = result
        engine = study.engine?.rawValue ?? "memory"
        basis = study.description.population == nil ? "all" : "sample"
    }

    /// - Parameter asked: the engine that was asked for all units.
    init(_ result: Result, asked: EngineKind) {
        self.result = result
        engine = asked.rawValue
        basis = "all"
    }

    private enum CodingKeys: String, CodingKey { case engine, basis }

    func encode(to encoder: any Encoder) throws {
        try result.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(engine, forKey: .engine)
        try container.encode(basis, forKey: .basis)
    }
}
