import Runtime
import Texts

extension ExperimentBuilder {
    /// Units that overlap, with what was estimated and read of them.
    struct Observational {
        let order: CanonicalOrder
        let propensity: Propensity
        let covariates: [ReadCovariate]
    }

    /// Where the spec says that the arms were not randomised: their propensities, and the units that overlap.
    mutating func estimatedPropensity(_ everyone: CanonicalOrder) throws -> Observational? {
        guard case .estimated(let trim) = spec.treatment.assignment else { return nil }
        let covariates = try readCovariates(everyone)
        let estimated = try EstimatedPropensity(
            covariates.map(\.covariate), assignment: everyone.gather(arms.assignment), armCount: arms.names.count,
            keys: splitKeys.map { everyone.gather($0) } ?? everyone.keys, tuneCount: everyone.tuneCount,
            rule: splitRule,
            trim: trim, context: context)
        let order = everyone.keeping(estimated.overlaps)
        var counts = Array(repeating: 0, count: arms.names.count)
        for arm in order.gather(arms.assignment) { counts[Int(arm)] += 1 }
        if let empty = counts.firstIndex(of: 0) {
            throw EspalierError(
                .data,
                "no unit of the arm \(DisplayText.quoted(arms.names[empty])) could also have had every other arm with a probability "
                    + "of \(estimated.limit): the arms do not overlap", file: file,
                remedy: "compare arms whose units are alike, or lower treatment.trim")
        }
        func kept<Value>(_ values: [Value]) -> [Value] {
            zip(values, estimated.overlaps).compactMap { $1 ? $0 : nil }
        }
        return Observational(
            order: order, propensity: .columns(estimated.columns.map(kept)),
            covariates: covariates.map { read in
                let covariate = Covariate(
                    name: read.covariate.name, encoding: read.covariate.encoding, values: kept(read.covariate.values))
                return (covariate, read.missing, read.past, read.note, nil)
            })
    }
}
