import Experiments
import Foundation
import Online
import Runtime

/// Plans of online tests on disk, plain or gzipped.
enum PlanFile {
    /// - Throws: `EspalierError`: cannot be opened, not JSON, no plan.
    static func read(_ path: String) throws -> OnlinePlan {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw EspalierError(
                .noInput, "the plan cannot be opened", file: path, remedy: "check its name and rights")
        }
        let isGzip = bytes.starts(with: [0x1f, 0x8b])
        return try OnlinePlan(json: isGzip ? Gzip.inflate(bytes, file: path) : bytes, file: path)
    }

    static func write(_ plan: OnlinePlan, to path: String?) throws {
        let json = try plan.json()
        try Output.write(path?.hasSuffix(".gz") == true ? Data(Gzip.compress([UInt8](json))) : json, to: path)
    }

    /// Whether a file is a plan, rather than a policy.
    static func isPlan(_ path: String) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: path) else { return false }
        let isGzip = bytes.starts(with: [0x1f, 0x8b])
        return OnlinePlan.isPlan(isGzip ? (try? Gzip.inflate(bytes, file: path)) ?? Data() : bytes)
    }
}
