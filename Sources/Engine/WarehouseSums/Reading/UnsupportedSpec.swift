import Experiments
import Runtime
import Texts
import Warehouses

/// What a spec may ask for and units that stay in a warehouse cannot yet give, a sentence each.
enum UnsupportedSpec {
    /// - Throws: `EspalierError(.usage)`.
    static func refuse(_ spec: ExperimentSpec, file: String) throws {
        func refuse(_ what: String, _ remedy: String? = nil) -> EspalierError {
            let engine = spec.engine?.title ?? "a warehouse"
            return EspalierError(
                .usage, "\(what) where the units stay in \(engine)", file: file,
                remedy: (remedy.map { $0 + ", or " } ?? "")
                    + "remove engine: from data, which reads the units into memory")
        }
        guard spec.splits.rule == .md5 else {
            throw refuse("units are split by MD5", "say splits: {rule: md5}")
        }
        if spec.cluster != nil { throw refuse("clusters are not summed yet") }
        switch spec.treatment.assignment {
        case .equalShares, .shares: break
        case .propensities: throw refuse("propensities that differ from unit to unit are not summed yet")
        case .estimated: throw refuse("propensities are not estimated yet")
        }
        if spec.attrition != nil { throw refuse("drop-out is not weighted yet", "remove attrition") }
        if spec.text != nil || spec.covariates.contains(where: { $0.text != nil })
            || spec.outcomes.contains(where: { $0.text != nil })
        {
            throw refuse("texts are not read as numbers", "make numbers of them in a query")
        }
        if case .columns = spec.effects.learner { throw refuse("supplied effects are not read yet") }
    }

    static func texts(_ file: String) -> EspalierError {
        EspalierError(
            .data, "these are texts, which no engine keeps", file: file,
            remedy: "remove engine: from data in the spec, or write them as a Parquet file")
    }

    static func rowsAsUnits(_ file: String) -> EspalierError {
        EspalierError(
            .usage, "rows have no order in a warehouse and cannot be units", file: file,
            remedy: "name the column of the unit's id under unit")
    }

    static func surrogate(_ name: String, _ file: String) -> EspalierError {
        EspalierError(
            .usage,
            "the outcome \(DisplayText.quoted(name)) stands for a long-term one, whose index is not made in a warehouse yet",
            file: file, remedy: "remove engine: from data, which reads the units into memory")
    }
}
