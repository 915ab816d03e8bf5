import Runtime

/// Addresses of servers as specs name them: `postgresql://host:5432/shop`, `sc://host:15002` of Spark Connect.
package enum ServerAddress {
    /// The engine that an address is of; nil for what is none.
    package static func engine(of uri: String) -> EngineKind? {
        if uri.hasPrefix("sc://") { return .spark }
        return ["postgresql://", "postgres://"].contains { uri.hasPrefix($0) } ? .postgresql : nil
    }

    /// Whether it holds a password, which would be kept wherever the address is.
    package static func holdsPassword(_ uri: String) -> Bool {
        guard let start = uri.range(of: "://") else { return false }
        let rest = uri[start.upperBound...]
        if let options = rest.firstIndex(where: { $0 == "?" || $0 == ";" }),
            ["password=", "token="].contains(where: rest[options...].lowercased().contains)
        {
            return true
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != ";" }
        guard let at = authority.lastIndex(of: "@") else { return false }
        return authority[..<at].contains(":")
    }

    /// The address without a password, whoever has put one in.
    static func shown(_ uri: String) -> String {
        guard holdsPassword(uri), let start = uri.range(of: "://") else { return uri }
        return String(uri[..<start.upperBound]) + "…"
    }
}
