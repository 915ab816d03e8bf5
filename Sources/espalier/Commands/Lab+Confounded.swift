import ArgumentParser
import Runtime
import Simulation
import Studies

extension Lab {
    /// The scenario that compares rankers in place of allocations.
    static let confounded = "confounded"

    /// Rankers under a confounder that nobody measured.
    func compareConfounded() throws {
        let levels = try (strength ?? "0,0.5,1,2").split(separator: ",").map { text in
            guard let level = Double(text), level >= 0, level.isFinite else {
                throw EspalierError(.usage, "\(text) is no strength", remedy: "write --strength 0,0.5,1")
            }
            return level
        }
        guard !levels.isEmpty, Set(levels).count == levels.count else {
            throw EspalierError(.usage, "there is no strength, or one twice", remedy: "write --strength 0,0.5,1")
        }
        let count = 2 * (units ?? 1_000)
        guard count >= 200 else {
            throw EspalierError(
                .usage, "\(count) units are too few to rank", remedy: "give at least --units 100 of an arm")
        }
        let trials = try levels.map {
            try ConfoundedTrial(
                ConfoundedFamily(strength: $0), units: count, experiments: replicates, seed: seed,
                context: common.context)
        }
        ProgressLine.clear()
        switch format.format {
        case .json:
            try Output.write(
                json: ConfoundingDocument(trials, units: count, experiments: replicates, seed: seed))
        case .csv: try Output.write(ConfoundingText.table(trials, .csv))
        case .table:
            try Output.write(ConfoundingText.table(trials, .table) + "\n" + ConfoundingText.sensitivities(trials))
        }
    }
}
