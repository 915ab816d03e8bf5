import Effects
import Experiments
import Runtime

/// Trees of an experiment, and how much simulation a build can bear.
enum Growing {
    static func trees(
        _ experiment: Experiment, _ settings: TreeSettings = TreeSettings(), bins: Int = 64, threads: Int = 1
    ) throws -> [CausalTree] {
        let context = RunContext(workers: Workers(count: threads))
        let binned = try BinnedCovariates(experiment, maximumBins: bins, context: context)
        return try CausalTrees.grow(experiment, binned: binned, settings: settings, context: context)
    }

    /// The replicates that a claim asks for in release; a tenth in debug, where only gross failures can be seen.
    static func replicates(_ release: Int) -> Int {
        #if DEBUG
            max(1, release / 10)
        #else
            release
        #endif
    }

    /// Whether replicates are all there.
    static var isRelease: Bool { replicates(10) == 10 }
}
