import VirtualTerminal

/// Starts the terminal probe.
enum Probe {
    static func start(
        term: String = "xterm-256color", locale: [String: String] = ["LC_ALL": "C.UTF-8"],
        arguments: [String] = [], size: (width: Int, height: Int) = (60, 20)
    ) throws -> VirtualTerminal {
        var environment = locale
        environment["TERM"] = term
        // Without this Swift would spend seconds on a backtrace after the trap.
        environment["SWIFT_BACKTRACE"] = "enable=no"
        return try VirtualTerminal(
            executable: try BuiltProduct.path("terminal-probe"), arguments: arguments, environment: environment,
            size: size)
    }

    /// Starts the probe as a job of a shell that stays in the terminal, so that it can be stopped and leaves a prompt.
    static func startInShell(_ script: String) throws -> VirtualTerminal {
        let probe = try BuiltProduct.path("terminal-probe")
        return try VirtualTerminal(
            executable: "/bin/sh", arguments: ["-c", script, probe],
            environment: ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"], size: (60, 20)
        )
    }
}
