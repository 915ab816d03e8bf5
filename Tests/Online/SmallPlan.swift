import Experiments
import Foundation
import Online
import Policies

/// A plan of single arms, and files of results for it.
struct SmallPlan {
    static let arms = ["off", "a", "b"]

    static func make(
        slice: Double = 0, costs: [String: Double] = [:], promises: [[OnlinePlan.Promise]] = [[], []],
        threshold: Threshold? = nil
    ) throws -> OnlinePlan {
        try OnlinePlan(
            name: "small", arms: arms,
            outcomes: [
                OnlinePlan.Outcome(
                    name: "visits", direction: .maximize, source: .column("visits"), armCosts: costs, isInLog: true),
                OnlinePlan.Outcome(
                    name: "ctr", direction: .maximize,
                    source: .ratio(numerator: "clicks", denominator: "seen"), threshold: threshold, isInLog: true),
            ],
            policies: [
                OnlinePlan.Entry(id: "control", name: "control", share: 0.5, arm: "off"),
                OnlinePlan.Entry(id: "arm-a", name: "everyone a", share: 0.3, arm: "a", offline: promises[0]),
                OnlinePlan.Entry(id: "arm-b", name: "everyone b", share: 0.2, arm: "b", offline: promises[1]),
            ], users: 1_000, slice: slice,
            assignment: OnlinePlan.Draws(
                seed: 3, salt: "round 1", shares: ["off": 1, "a": 1, "b": 2], unit: nil, cluster: nil), power: 0.8,
            provenance: PolicyDocument.Provenance(
                tool: "test", specDigest: "", dataDigest: "", seed: 3, candidate: nil))
    }

    /// Writes a file that is deleted with the folder of temporary files.
    static func file(_ lines: [String]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv").path
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}
