import Runtime

/// What a server complains of, as one sentence.
enum ServerFailure {
    static func unreachable(_ message: String, kind: EngineKind, address: String) -> EspalierError {
        let words = sentence(message)
        if ["password", "authentication", "UNAUTHENTICATED"].contains(where: message.contains) {
            return EspalierError(
                .noInput, "\(kind.title) lets nobody in: \(words)", file: address,
                remedy: "\(kind.passwordPlace), never into a spec")
        }
        return EspalierError(
            .noInput, "\(kind.title) cannot be reached: \(words)", file: address,
            remedy: "check that the server runs and that the uri names it")
    }

    static func error(_ message: String, kind: EngineKind, address: String) -> EspalierError {
        // Spark's driver reaches for the server with the first statement only.
        if ["connection error", "UNAUTHENTICATED"].contains(where: message.contains) {
            return unreachable(message, kind: kind, address: address)
        }
        return KnownFailure.error(in: message, among: known, file: address)
            ?? EspalierError(.data, "\(kind.title) says: \(sentence(message))", file: address)
    }

    /// The marks are the servers' words: PostgreSQL's, then Spark's.
    private static let known = [
        KnownFailure(
            mark: "terminating connection", kind: .data,
            message: "the server ended the session in the midst of a question",
            remedy: "ask its operator why, and run it again"),
        KnownFailure(
            mark: "server closed the connection", kind: .data,
            message: "the server went away in the midst of a question",
            remedy: "check that it runs, and run it again"),
        KnownFailure(
            mark: "No space left on device", kind: .cannotCreate, message: "the server's disk is full",
            remedy: "make room there, or ask for fewer columns"),
        KnownFailure(
            // What we call the rows: it goes with the table.
            mark: "relation \"espalier_source\" does not exist", kind: .noInput,
            message: "the table was taken away in the midst of the work", remedy: "check the table, and run it again"),
        KnownFailure(
            mark: "permission denied", kind: .noInput, message: "the server lets this user not read the table",
            remedy: "ask for the right to SELECT from it and to make temporary tables"),
        KnownFailure(
            mark: "error reading from server", kind: .data,
            message: "the server went away in the midst of a question", remedy: "check that it runs, and run it again"),
        KnownFailure(
            mark: "INVALID_HANDLE", kind: .data, message: "the server ended the session in the midst of a question",
            remedy: "ask its operator why, and run it again"),
        KnownFailure(
            mark: "OutOfMemoryError", kind: .data, message: "the server has too little memory for the question",
            remedy: "give it more, or ask for fewer columns"),
    ]

    /// The server's own words in one line, without the driver's and the places in a query that nobody wrote by hand.
    private static func sentence(_ message: String) -> String {
        var lines = message.split(whereSeparator: \.isNewline).map(String.init)
        // Spark's driver puts its own status in front, sometimes on a line of its own, and what is for programs behind.
        if let first = lines.first, let mark = first.range(of: "[Spark]") {
            lines[0] = String(first[mark.upperBound...])
            lines.removeAll { $0.allSatisfy(\.isWhitespace) }
        }
        let own = lines.first { $0.contains("ERROR:") || $0.contains("FATAL:") } ?? lines.first ?? "nothing, and failed"
        var text = own
        for mark in ["ERROR:", "FATAL:", "fe_sendauth:"] {
            if let range = own.range(of: mark) { text = String(own[range.upperBound...]) }
        }
        for mark in [" SQLSTATE:", " Vendor code:"] {
            if let range = text.range(of: mark) { text = String(text[..<range.lowerBound]) }
        }
        text = text.drop { $0 == " " }.description
        while text.hasSuffix(".") { text.removeLast() }
        return KnownFailure.words(text)
    }
}
