import Foundation
import Runtime
import Warehouses

/// A Spark Connect server of a test's own, `local[2]`, listening on this machine alone. It starts for half a minute, so that tests of
/// it run where `ESPALIER_SPARK_PYTHON` names the Python that has pyspark, and nowhere else.
package final class SparkServer: Sendable {
    package static let missing =
        "ESPALIER_SPARK_PYTHON names no Python with pyspark, or Spark's ADBC driver was not found"

    /// Whether there is all that a test needs.
    package static var isInstalled: Bool {
        home != nil && (try? EngineSearch().find(.spark)) != nil && InstalledEngine.duckdb != nil
    }

    /// pyspark's folder, which is a whole Spark.
    private static var home: String? {
        guard let python = ProcessInfo.processInfo.environment["ESPALIER_SPARK_PYTHON"] else { return nil }
        let library = URL(fileURLWithPath: python).deletingLastPathComponent().deletingLastPathComponent().path + "/lib"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []
        return versions.map { "\(library)/\($0)/site-packages/pyspark" }.first {
            FileManager.default.isExecutableFile(atPath: $0 + "/bin/spark-submit")
        }
    }

    private let folder: String
    private let port = Int.random(in: 20_000..<30_000)
    private let process = Process()

    /// - Throws: `EspalierError(.data)` where it does not listen within two minutes.
    package init() throws {
        folder = NSTemporaryDirectory() + "/espalier-spark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let home = Self.home ?? ""
        process.executableURL = URL(fileURLWithPath: home + "/bin/spark-submit")
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let settings = [
            "spark.connect.grpc.binding.address=localhost", "spark.connect.grpc.binding.port=\(port)",
            "spark.driver.bindAddress=127.0.0.1", "spark.driver.host=127.0.0.1", "spark.ui.enabled=false",
            "spark.local.dir=\(folder)", "spark.sql.warehouse.dir=\(folder)/warehouse",
        ]
        process.arguments =
            ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", "local[2]"]
            + ["--driver-memory", "4g"] + settings.flatMap { ["--conf", $0] }
        process.environment = ProcessInfo.processInfo.environment.merging(["SPARK_HOME": home]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<480 where process.isRunning {
            if isListening { return }
            usleep(250_000)
        }
        throw EspalierError(.data, "Spark Connect does not start", file: home)
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    package var uri: String { "sc://localhost:\(port)" }

    private var isListening: Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
