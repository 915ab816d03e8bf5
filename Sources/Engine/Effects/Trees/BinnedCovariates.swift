import CKernels
import Experiments
import Runtime

/// Covariates as UInt8 bins, made once per fit: numeric ones by quantiles of the tune units, categorical ones by level.
///
/// - Invariant: `bins[c].count == unitCount` for every covariate, and every bin is at most `codes[c].missingBin`.
package struct BinnedCovariates: Sendable {
    /// How the values of each covariate become bins.
    package let codes: [BinCode]
    /// One column per covariate, in canonical unit order.
    package let bins: [[UInt8]]
    package let unitCount: Int

    /// Quantiles are taken over at most this many tune units, evenly spaced in the canonical order of hashed keys.
    private static let quantileSample = 50_000

    /// Value bins of covariates whose units a warehouse could hold: finding the bin is most of what its preparation costs.
    package static let warehouseBins = 64

    /// - Parameter maximumBins: most value bins of a numeric covariate, 2...255; nil goes by the spec's rule of splits.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x covariates), parallel over covariates.
    package init(_ experiment: Experiment, maximumBins: Int? = nil, context: RunContext = RunContext()) throws {
        let rule = experiment.splitRule
        try self.init(
            experiment.covariates, unitCount: experiment.unitCount, tuneCount: experiment.tuneCount,
            sample: rule.sample(experiment.units.splitKeys, tuneCount: experiment.tuneCount),
            maximumBins: maximumBins ?? (rule.hash == .md5 ? Self.warehouseBins : 255), context: context)
    }

    /// - Parameters:
    ///   - covariates: of `unitCount` values each.
    ///   - tuneCount: the first units, over which quantiles are taken.
    ///   - sample: those of them over which they are taken instead; nil for `quantileSample`.
    package init(
        _ covariates: [Covariate], unitCount: Int, tuneCount: Int, sample: [Int]? = nil, maximumBins: Int = 255,
        context: RunContext = RunContext()
    ) throws {
        precondition((2...255).contains(maximumBins))
        let tune = 0..<tuneCount
        let made = try context.workers.map(covariates.count) { index in
            try context.cancellation.check()
            let covariate = covariates[index]
            let code: BinCode
            switch covariate.encoding {
            case .numeric:
                let stride = sample == nil ? max(1, tune.count / Self.quantileSample) : 1
                let units = sample ?? Array(Swift.stride(from: tune.lowerBound, to: tune.upperBound, by: stride))
                code = BinCode(quantilesOf: units.map { covariate.values[$0] }, maximumBins: maximumBins)
            case .categorical(let levels):
                code = BinCode(levelCount: levels.count)
            }
            try context.cancellation.check()
            return (code, code.bins(of: covariate.values))
        }
        codes = made.map(\.0)
        bins = made.map(\.1)
        self.unitCount = unitCount
    }
}
