import Foundation
import Runtime
import Warehouses

/// A PostgreSQL server of a test's own: made by `initdb` in a folder, listening on a socket there and nowhere else.
package final class PostgreSQLServer: Sendable {
    package static let missing =
        "PostgreSQL's server or its ADBC driver was not found; README says how they are installed"

    /// Whether there is all that a test needs.
    package static var isInstalled: Bool {
        binaries != nil && (try? EngineSearch().find(.postgresql)) != nil && InstalledEngine.duckdb != nil
    }

    private static var binaries: String? {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        return versions.sorted().map { "/usr/lib/postgresql/\($0)/bin" }.last {
            FileManager.default.isExecutableFile(atPath: $0 + "/initdb")
        }
    }

    /// Short, for a socket's path may have a hundred bytes.
    package let folder: String

    package init() throws {
        folder = "/tmp/espalier-pg-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        if getuid() == 0 { try Self.run("/bin/chown", ["postgres", folder]) }
        try asServer(
            "initdb",
            ["-D", folder + "/data", "-A", "trust", "-U", "postgres", "--locale=en_US.UTF-8", "-E", "UTF8", "-N"],
            or: ["-D", folder + "/data", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "-N"])
        try asServer(
            "pg_ctl",
            ["-D", folder + "/data", "-w", "-l", folder + "/log", "-o", "-k \(folder) -h '' -c fsync=off", "start"])
    }

    deinit {
        try? asServer("pg_ctl", ["-D", folder + "/data", "-m", "immediate", "stop"])
        try? FileManager.default.removeItem(atPath: folder)
    }

    package var uri: String { "postgresql:///postgres?host=\(folder)&user=postgres" }

    /// Makes a table of a fixture's units.
    package func load(_ fixture: WarehouseFixture, as table: String) throws {
        let path = fixture.folder + "/units.csv"
        _ = try DuckDBCommand(EngineSearch().require(.duckdb), threads: 1).run(
            "COPY (SELECT * FROM read_parquet('\(fixture.folder)/units.parquet')) TO '\(path)' (FORMAT csv, HEADER true)"
        ).rest(cancellation: Cancellation())
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fixture.folder)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let further = fixture.hasRatios ? ", visits int, buys float8, spend float8" : ""
        try psql(
            """
            CREATE TABLE \(table) (id text, arm text, x0 float8, x1 float8, x2 float8, city text,
            revenue float8, click int, calls float8\(further)); COPY \(table) FROM '\(path)' CSV HEADER
            """)
    }

    /// Ends it at once, as a loss of power does.
    package func stop() throws { try asServer("pg_ctl", ["-D", folder + "/data", "-m", "immediate", "stop"]) }

    /// Makes a user who needs a password.
    package func require(passwordOf user: String, password: String) throws {
        try psql("CREATE ROLE \(user) LOGIN PASSWORD '\(password)'")
        let file = URL(fileURLWithPath: folder + "/data/pg_hba.conf")
        let rules = try String(contentsOf: file, encoding: .utf8)
        try Data("local all \(user) scram-sha-256\n\(rules)".utf8).write(to: file)
        try psql("SELECT pg_reload_conf()")
    }

    /// Has all temporary tables stand in a folder, which must not be there.
    package func keepScratch(in space: String) throws {
        try FileManager.default.createDirectory(atPath: space, withIntermediateDirectories: false)
        if getuid() == 0 { try Self.run("/bin/chown", ["postgres", space]) }
        try psql("CREATE TABLESPACE small LOCATION '\(space)'")
        try psql("ALTER ROLE postgres SET temp_tablespaces = small")
    }

    /// Runs a statement by the server's own client.
    package func psql(_ statement: String) throws {
        try asServer("psql", ["-h", folder, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-q", "-c", statement])
    }

    /// The server refuses to run for root.
    private func asServer(_ command: String, _ arguments: [String], or others: [String]? = nil) throws {
        let path = (Self.binaries ?? "") + "/" + command
        do {
            try getuid() == 0
                ? Self.run("/usr/sbin/runuser", ["-u", "postgres", "--", path] + arguments)
                : Self.run(path, arguments)
        } catch {
            guard let others else { throw error }
            try asServer(command, others)
        }
    }

    /// By hand: Foundation's `Process` ends when the last that has inherited its socket ends, and that is the server.
    private static func run(_ path: String, _ arguments: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
        }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
        var settings = environment.map { strdup($0) } + [nil]
        defer { for setting in settings { free(setting) } }
        var status: Int32 = 0
        guard posix_spawn(&process, path, &actions, nil, &words, &settings) == 0,
            waitpid(process, &status, 0) == process, status == 0
        else { throw EspalierError(.data, "\(path) \(arguments.joined(separator: " ")) failed", file: path) }
    }
}
