import Foundation
import Testing
import VirtualTerminal
import WarehouseFixtures
import Warehouses

/// What happens to an engine while it is asked: one sentence, the exit code for it, and nothing left behind.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, "\(InstalledEngine.missing)")) struct WarehouseFaultTests {
    private static let mounting: Comment = "skipped: only root may mount a file system to fill"

    @Test func aKilledEngineIsSaid() throws {
        let fit = try WarehouseFit(WarehouseFixture(units: 400_000))
        try fit.run(until: "CREATE TABLE", then: { try fit.killEngine() })
        try fit.expect(65, "DuckDB was ended by signal 9 before it had answered")
    }

    @Test func aFileThatIsTakenAwayIsSaid() throws {
        let fit = try WarehouseFit(WarehouseFixture(units: 400_000))
        try fit.run(until: "CREATE TABLE", then: { try FileManager.default.removeItem(atPath: fit.data) })
        try fit.expect(66, "the file was taken away in the midst of the work")
    }

    /// Be it that the engine has no room, or that we have none for what it says.
    @Test(.enabled(if: ScratchDisk.isAllowed, mounting), arguments: [32, 3072]) func aFullDiskIsSaid(kilobytes: Int)
        throws
    {
        let disk = try ScratchDisk(kilobytes: kilobytes)
        let fit = try WarehouseFit(WarehouseFixture(units: 400_000), scratch: disk.path)
        try fit.run()
        try fit.expect(73, kilobytes < 64 ? "No space left on device" : "the engine's disk is full; make room")
    }
}

/// The same with a server.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "\(PostgreSQLServer.missing)")) struct ServerFaultTests {
    private static let mounting: Comment = "skipped: only root may mount a file system to fill"

    private let server: PostgreSQLServer
    private let fit: WarehouseFit

    init() throws {
        server = try PostgreSQLServer()
        let fixture = try WarehouseFixture(units: 200_000)
        try server.load(fixture, as: "units")
        fit = try WarehouseFit(
            fixture,
            WarehouseFixture.yaml.replacing(
                "{file: units.parquet, engine: duckdb}",
                with: "{engine: postgresql, uri: \"\(server.uri)\", table: units}"))
    }

    /// What ends a session: its operator, and the loss of the server.
    @Test func anEndedSessionIsSaid() throws {
        try fit.run(
            until: "CREATE TEMPORARY TABLE",
            then: {
                try server.psql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE TEMP%'")
            })
        try fit.expect(65, "the server ended the session in the midst of a question")
        try expectNothing()
        try fit.run(until: "CREATE TEMPORARY TABLE", then: { try server.stop() })
        try fit.expect(65, "in the midst of a question")
        try fit.run()
        try fit.expect(66, "PostgreSQL cannot be reached")
    }

    @Test func aTableThatIsTakenAwayIsSaid() throws {
        try fit.run(until: "CREATE TEMPORARY TABLE", then: { try server.psql("DROP TABLE units CASCADE") })
        try fit.expect(66, "the table was taken away in the midst of the work")
        try expectNothing()
    }

    @Test func whoMayNotComeInIsTold() throws {
        try server.require(passwordOf: "ann", password: "right")
        let yaml = try String(contentsOfFile: fit.spec, encoding: .utf8)
        try yaml.replacing("user=postgres", with: "user=ann").write(toFile: fit.spec, atomically: true, encoding: .utf8)
        try fit.run(environment: ["PGPASSWORD": "wrong"])
        try fit.expect(
            66,
            "PostgreSQL lets nobody in: password authentication failed for user \"ann\"; put the password into ~/.pgpass"
        )
        try fit.run(environment: ["PGPASSFILE": "/dev/null"])
        try fit.expect(66, "PostgreSQL lets nobody in: no password supplied; put the password into ~/.pgpass")
        try fit.run(environment: ["PGPASSWORD": "right"])
        try fit.expect(66, "the server lets this user not read the table")
    }

    @Test(.enabled(if: ScratchDisk.isAllowed, mounting)) func aFullDiskIsSaid() throws {
        let disk = try ScratchDisk(kilobytes: 4096)
        try server.keepScratch(in: disk.path + "/space")
        try fit.run()
        try fit.expect(73, "the server's disk is full")
        try expectNothing()
        try server.psql("ALTER ROLE postgres RESET temp_tablespaces")
        try server.psql("DROP TABLESPACE small")
    }

    /// From the signal to the end of the process within a second, and a little for a machine that has other things to do.
    @Test func anInterruptEndsTheQuestionInTheServer() throws {
        let clock = ContinuousClock()
        var start = clock.now
        try fit.run(
            until: "CREATE TEMPORARY TABLE",
            then: {
                start = clock.now
                fit.interrupt()
            })
        #expect(clock.now - start < .seconds(2))
        try fit.expect(130, "interrupted")
        try expectNothing()
    }

    /// No table or view of ours is left in the server, once the session that made them has ended.
    private func expectNothing() throws {
        let count = "SELECT 1 / (CASE WHEN count(*) = 0 THEN 1 ELSE 0 END) FROM pg_class WHERE relname LIKE 'espalier%'"
        let deadline = ContinuousClock.now + .seconds(5)
        while true {
            do { return try server.psql(count) } catch {
                guard ContinuousClock.now < deadline else { throw error }
                usleep(50_000)
            }
        }
    }
}
