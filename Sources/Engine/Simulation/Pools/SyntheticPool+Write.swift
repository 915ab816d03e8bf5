import Foundation
import Runtime
import Statistics

extension SyntheticPool {
    /// Units drawn, and lines written, at a time.
    private static let chunk = 1024

    /// Writes every experiment of the pool into a folder: its units, their true effects without noise, and the spec. Memory does
    /// not grow with the units.
    /// - Parameters:
    ///   - units: of each arm.
    /// - Returns: the paths of the specs.
    /// - Throws: `EspalierError` (.cannotCreate); `CancellationError`.
    @discardableResult
    package func write(to folder: String, units: Int, context: RunContext) throws -> [String] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw EspalierError(
                .cannotCreate, "the folder cannot be made", file: folder, remedy: "choose a folder you may write to")
        }
        let finished = Counter()
        return try context.workers.map(experimentCount) { index in
            let name = Self.name(index, of: experimentCount)
            try write(index, name: name, folder: folder, units: units, cancellation: context.cancellation)
            let path = "\(folder)/\(name).yaml"
            try AtomicFile.write(Data(spec(name).utf8), to: path)
            context.report(
                Progress(phase: "writing the experiments", done: finished.next(), total: experimentCount))
            return path
        }
    }

    private func write(
        _ index: Int, name: String, folder: String, units: Int, cancellation: Cancellation
    ) throws {
        let data = try AtomicFile.Writer(path: "\(folder)/\(name).csv")
        let truth = try AtomicFile.Writer(path: "\(folder)/\(name)-truth.csv")
        var arms = (0..<2 * units).map { UInt8($0 % 2) }
        var random = RandomStream(seed: seed, purpose: "pool assignment \(index)")
        arms.shuffle(using: &random)
        let names = shape.outcomes
        let header = ["unit", "arm"] + (1...featureCount).map { "x\($0)" } + names
        try data.write(Data((header.joined(separator: ",") + "\n").utf8))
        let truthHeader = ["unit"] + names.map { "tau_\($0)" }
        try truth.write(Data((truthHeader.joined(separator: ",") + "\n").utf8))
        for start in stride(from: 0, to: arms.count, by: Self.chunk) {
            try cancellation.check()
            let count = min(Self.chunk, arms.count - start)
            let sample = sample(count, experiment: index, chunk: "\(start)")
            var (lines, truths) = (DelimitedText(), DelimitedText())
            for row in 0..<count {
                let arm = Int(arms[start + row])
                let unit = "\(name)-\(start + row + 1)"
                lines.field(unit)
                lines.field(arm == 0 ? "control" : "treatment")
                truths.field(unit)
                for value in sample.features[row * featureCount..<(row + 1) * featureCount] {
                    lines.field(value, decimals: 6)
                }
                for outcome in 0..<outcomeCount {
                    lines.field(sample.outcomes[arm * outcomeCount + outcome][row], decimals: 6)
                    truths.field(
                        sample.means[outcomeCount + outcome][row] - sample.means[outcome][row], decimals: 6)
                }
                lines.endLine()
                truths.endLine()
            }
            try data.write(Data(lines.bytes))
            try truth.write(Data(truths.bytes))
        }
        try data.complete()
        try truth.complete()
    }

    private func spec(_ name: String) -> String {
        """
        # One of \(experimentCount) simulated experiments on one population; \(name)-truth.csv holds the true effects.
        name: \(name)
        data: \(name).csv
        unit: unit
        treatment:
          column: arm
          control: control
          arms: [control, treatment]
          shares: [1, 1]
        outcomes:
        \(shape.outcomes.map { "  - {name: \($0), direction: maximize}" }.joined(separator: "\n"))
        covariates:
        \((1...featureCount).map { "  - x\($0)" }.joined(separator: "\n"))
        splits: {seed: 7, confirm: 0.3, folds: 5}
        effects: {learner: t}

        """
    }
}
