import Runtime

/// What was found of an engine, as `espalier engines` lists it.
package struct EngineListing: Sendable, Equatable, Encodable {
    package let engine: EngineKind
    package let found: Bool
    /// nil where it was not found, or cannot say.
    package let version: String?
    package let path: String?

    /// Every engine, found or not.
    /// - Throws: as `EngineSearch.find`; `CancellationError`.
    package static func all(by search: EngineSearch, context: RunContext = RunContext()) throws -> [EngineListing] {
        try EngineKind.allCases.map { kind in
            guard let found = try search.find(kind) else {
                return EngineListing(engine: kind, found: false, version: nil, path: nil)
            }
            let version = try EngineVersion.read(found, cancellation: context.cancellation)
            return EngineListing(engine: kind, found: true, version: version, path: found.path)
        }
    }

    private enum CodingKeys: CodingKey {
        case engine, found, version, path
    }

    /// What is unknown is null, not absent.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(engine, forKey: .engine)
        try container.encode(found, forKey: .found)
        try container.encode(version, forKey: .version)
        try container.encode(path, forKey: .path)
    }
}
