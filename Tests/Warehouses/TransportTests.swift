import Foundation
import Runtime
import Testing
import Warehouses

/// One child a question: what it answers, and that it takes nothing with it when it fails.
@Suite struct TransportTests {
    private func duckdb(_ body: String, silence: Duration = .seconds(30)) throws -> (DuckDBCommand, FakeEngine) {
        let engine = try FakeEngine(body)
        return (DuckDBCommand(engine.found, file: "units.parquet", threads: 1, silence: silence), engine)
    }

    @Test func columnsAreTypedAndNothingIsNotTheEmptyText() throws {
        let (duckdb, engine) = try duckdb(#"printf '1,0.5,"a,""b"\n,,""\n-3,1e-07,\n'"#)
        let answer = try duckdb.ask("SELECT 1", [.integer, .double, .text])
        #expect(answer.rowCount == 3)
        #expect(answer[0] == .integers([1, nil, -3]))
        #expect(answer[1] == .doubles([0.5, nil, 1e-7]))
        #expect(answer[2] == .texts(["a,\"b", "", nil]))
        withExtendedLifetime(engine) {}
    }

    @Test func aColumnOfAnotherKindIsRefused() throws {
        let (duckdb, engine) = try duckdb("echo 1.5")
        #expect {
            try duckdb.ask("SELECT 1.5", [.integer])
        } throws: { "\($0)" == "units.parquet: the engine answered \"1.5\" where an integer was asked for." }
        #expect {
            try duckdb.ask("SELECT 1.5", [.double, .double])
        } throws: { "\($0)" == "units.parquet: the engine answered 1 columns where 2 were asked for." }
        withExtendedLifetime(engine) {}
    }

    @Test(arguments: [
        (
            "echo 'Catalog Error: Table with name unit does not exist!' >&2; echo 'Did you mean \"units\"?' >&2; exit 1",
            "units.parquet: DuckDB says: Catalog Error: Table with name unit does not exist!; Did you mean \"units\"?"
        ),
        (
            "echo 'IO Error: Could not set lock on file: Conflicting lock is held in x (PID 7)' >&2; exit 1",
            "units.parquet: another process has the database open for writing; close it there, or name a copy."
        ),
        (
            "echo 'IO Error: Could not write file: No space left on device' >&2; exit 1",
            "units.parquet: the engine's disk is full; make room, or set TMPDIR to a place that has it."
        ),
        ("exit 3", "units.parquet: DuckDB says: nothing, and failed."),
        (
            "kill -9 $$",
            "units.parquet: DuckDB was ended by signal 9 before it had answered; give it more memory, or ask for fewer columns."
        ),
    ])
    func aFailureIsOneSentence(body: String, sentence: String) throws {
        let (duckdb, engine) = try duckdb(body)
        #expect {
            try duckdb.ask("SELECT 1", [.integer])
        } throws: { "\($0)" == sentence }
        withExtendedLifetime(engine) {}
    }

    /// The child and what it has started are gone within a second of the cancellation.
    @Test func cancellingKillsTheChild() throws {
        let engine = try FakeEngine("sleep 60 & echo $! > \"$(dirname \"$0\")/pid\"; wait")
        let duckdb = DuckDBCommand(engine.found, threads: 1)
        let cancellation = Cancellation()
        let start = ContinuousClock.now
        let timer = DispatchSource.makeTimerSource(queue: .global())
        timer.schedule(deadline: .now() + 0.3)
        timer.setEventHandler { cancellation.cancel() }
        timer.resume()
        #expect(throws: CancellationError.self) {
            try duckdb.ask("SELECT 1", [.integer], cancellation: cancellation)
        }
        #expect(ContinuousClock.now - start < .seconds(1.3))
        let text = try String(contentsOfFile: engine.folder + "/pid", encoding: .utf8)
        let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        // Gone, or dead and not yet collected by the system.
        func isGone() -> Bool {
            (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8))?.contains(") Z ") ?? true
        }
        // A loaded machine takes a moment to end what was killed.
        while !isGone(), ContinuousClock.now - start < .seconds(3) { usleep(10_000) }
        #expect(isGone())
    }

    @Test func aSilentChildIsStopped() throws {
        let (duckdb, engine) = try duckdb("sleep 60", silence: .seconds(1))
        #expect {
            try duckdb.ask("SELECT 1", [.integer])
        } throws: {
            "\($0)"
                == "units.parquet: DuckDB has said nothing for 1 seconds and was stopped; ask for fewer columns or rows."
        }
        withExtendedLifetime(engine) {}
    }
}

/// The same with the command itself.
@Suite(.enabled(if: InstalledEngine.duckdb != nil, InstalledEngine.missing)) struct DuckDBTests {
    private let duckdb: DuckDBCommand

    init() throws { duckdb = DuckDBCommand(try #require(InstalledEngine.duckdb), threads: 2) }

    @Test func valuesComeAsTheyAre() throws {
        let answer = try duckdb.ask(
            """
            SELECT * FROM (VALUES (9007199254740993::BIGINT, 0.1::DOUBLE, 'it''s "so"', NULL::VARCHAR),
            (NULL, 1e-307, '', E'a\\nb')) t
            """, [.integer, .double, .text, .text])
        #expect(answer[0] == .integers([9_007_199_254_740_993, nil]))
        #expect(answer[1] == .doubles([0.1, 1e-307]))
        #expect(answer[2] == .texts(["it's \"so\"", ""]))
        #expect(answer[3] == .texts([nil, "a\nb"]))
    }

    @Test func namesAndTextsAreQuoted() throws {
        let name = "a\"b; DROP"
        let query = "SELECT 'x' || \(SQLText.literal("it's\\")) AS \(SQLText.identifier(name))"
        #expect(try duckdb.ask(query, [.text])[0] == .texts(["xit's\\"]))
    }

    @Test func aQuestionThatFailsSaysWhy() throws {
        #expect {
            try duckdb.ask("SELECT 1 FROM nowhere", [.integer])
        } throws: {
            "\($0)".hasPrefix("DuckDB says: Catalog Error: Table with name nowhere does not exist!")
        }
    }

    /// A question that would take minutes is over within a second, and its scratch folder is gone.
    @Test func cancellingLeavesNothingBehind() throws {
        let before = try scratchFolders()
        let cancellation = Cancellation()
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { cancellation.cancel() }
        let start = ContinuousClock.now
        #expect(throws: CancellationError.self) {
            try duckdb.ask(
                "SELECT count(*) FROM range(1000000000) a(i) WHERE md5(i::VARCHAR) < 'a'", [.integer],
                cancellation: cancellation)
        }
        #expect(ContinuousClock.now - start < .seconds(1.5))
        #expect(try scratchFolders().subtracting(before).isEmpty)
    }

    private func scratchFolders() throws -> Set<String> {
        Set(
            try FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory()).filter {
                $0.hasPrefix("espalier-engine-")
            })
    }
}
