import Foundation
import Testing
import VirtualTerminal
import WarehouseFixtures

/// `fit` of units that stay in an engine as a process of its own, to which things happen while it runs.
final class WarehouseFit {
    private let fixture: WarehouseFixture
    /// TMPDIR of the process.
    private let scratch: String
    let spec: String
    private var process = Process()
    private var before: Set<String> = []

    /// - Parameter scratch: where it puts things aside; nil is a folder of its own.
    init(_ fixture: WarehouseFixture, _ yaml: String = WarehouseFixture.yaml, scratch: String? = nil) throws {
        self.fixture = fixture
        self.scratch = scratch ?? fixture.folder + "/tmp"
        spec = try fixture.writeSpec(yaml)
        try FileManager.default.createDirectory(atPath: self.scratch, withIntermediateDirectories: true)
    }

    var data: String { fixture.folder + "/units.parquet" }
    private var errorPath: String { fixture.folder + "/errors" }
    private var errors: String { (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? "" }

    /// Runs it to its end.
    /// - Parameters:
    ///   - query: what begins the statement to wait for; nil waits for none.
    ///   - happening: what is done then.
    func run(
        environment: [String: String] = [:], until query: String? = nil, then happening: () throws -> Void = {}
    ) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: try BuiltProduct.path("espalier"))
        process.arguments = ["fit", spec, "-o", fixture.folder + "/study.espalier", "--quiet", "--print-sql"]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            .merging(["TMPDIR": scratch]) { $1 }
        _ = FileManager.default.createFile(atPath: errorPath, contents: nil)
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
        process.standardOutput = FileHandle.nullDevice
        before = try files()
        try process.run()
        if let query {
            let deadline = ContinuousClock.now + .seconds(60)
            while ContinuousClock.now < deadline, process.isRunning, !errors.contains("\n" + query) { usleep(10_000) }
            #expect(errors.contains("\n" + query), "the fit never came as far as that")
            // The engine has begun by then.
            usleep(150_000)
            try happening()
        }
        process.waitUntilExit()
    }

    func interrupt() { kill(process.processIdentifier, SIGINT) }

    /// Kills the child that is asked.
    func killEngine() throws {
        let own = process.processIdentifier
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(own)/task")
        let children = threads.compactMap {
            try? String(contentsOfFile: "/proc/\(own)/task/\($0)/children", encoding: .utf8)
        }.flatMap { $0.split(separator: " ").compactMap { pid_t($0) } }
        #expect(children.count == 1)
        for child in children { kill(child, SIGKILL) }
    }

    /// How it has ended: with a code and one sentence, and nothing is left that was not there before.
    func expect(_ code: Int32, _ sentence: String, _ place: SourceLocation = #_sourceLocation) throws {
        let said = errors.split(separator: "\n").filter { $0.hasPrefix("espalier: ") }
        #expect(process.terminationReason == .exit && process.terminationStatus == code, sourceLocation: place)
        #expect(said.count == 1 && said[0].contains(sentence), "\(said)", sourceLocation: place)
        // All else are queries.
        #expect(errors.split(separator: "\n").last?.hasPrefix("espalier: ") == true, sourceLocation: place)
        #expect(try files().subtracting(before).isEmpty, sourceLocation: place)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch).isEmpty, sourceLocation: place)
    }

    private func files() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: fixture.folder))
    }
}
