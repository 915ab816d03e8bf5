import Effects
import Experiments
import Online
import Policies
import Runtime

/// What is known of a round's units besides what they did: what models read, and what the study's fit makes of it.
package struct RoundUnits: Sendable, Equatable {
    /// As the study encodes them, one column each, in the order of the round's rows.
    let covariates: [[Float]]
    /// Of the fit's models, scaled and gross, by `ContrastIndex.position`.
    let effects: [[Float]]
    /// Of every arm, given the covariates, by the round's own plan.
    let propensities: [[Float]]

    /// The arms of units that could get but one; nil where some could get several.
    var certainArms: [UInt8]? {
        let count = propensities.first?.count ?? 0
        let arms = (0..<count).compactMap { unit in
            propensities.firstIndex { $0[unit] == 1 }.map { UInt8($0) }
        }
        return arms.count == count ? arms : nil
    }
}

extension Study {
    /// The covariates of a round's units, from the results themselves or from a file that is joined by the unit's id.
    /// - Parameter path: of the joined file; nil takes the results where they hold every covariate.
    /// - Returns: nil where the units of this study can have none: they are clusters, or its effects were supplied.
    /// - Throws: `EspalierError` (.data): a unit that the joined file lacks, whatever is wrong with it; `CancellationError`.
    func roundUnits(
        _ rows: RoundRows, of plan: OnlinePlan, results: String, joined path: String?, context: RunContext
    ) throws -> RoundUnits? {
        guard description.spec.cluster == nil, let models = try file.models() else { return nil }
        let source = path ?? results
        let header = Set(try TableReader.header(of: source))
        let names = description.covariates.map(\.name)
        guard path != nil || names.allSatisfy(header.contains) else { return nil }
        let own: String? = if case .column(let column) = description.spec.unit { column } else { nil }
        let unit = own.flatMap { header.contains($0) ? $0 : nil } ?? "unit"
        let formats = Dictionary(
            description.spec.covariates.map { ($0.column, description.spec.textFormat(of: $0)) }
        ) { first, _ in first }
        let columns = description.covariates.map {
            CovariateSource.Column(name: $0.name, encoding: $0.encoding, text: formats[$0.name] ?? nil)
        }
        let covariates = try JoinedCovariates.read(
            source, unit: unit, columns: columns, keys: rows.keys, context: context)
        let effects = try effects(models, covariates, keys: rows.keys, context)
        let given = try ArmsGiven(self, plan, covariates: covariates, effects: effects, keys: rows.keys, context)
        try given.check(rows, plan: plan, file: results)
        return RoundUnits(
            covariates: covariates, effects: effects, propensities: given.propensities(plan))
    }

    /// Effects by the fit's models, scaled and gross, each unit by its own fold's.
    func effects(
        _ models: EffectModels, _ covariates: [[Float]], keys: [UInt64], _ context: RunContext
    ) throws -> [[Float]] {
        let draw = SaltedDraw(seed: description.spec.splits.seed, salt: PolicyDocument.salts.fold)
        let folds = keys.map { UInt8(draw.group($0, of: models.foldCount)) }
        return try models.estimates(covariates, folds: folds, context: context).columns
    }

    /// The same net of the arms' costs.
    func netEffects(_ effects: [[Float]]) -> [[Float]] {
        ContrastIndex.all(arms: space.armCount, outcomes: space.outcomeCount).map { contrast in
            let scale = space.outcomes[contrast.outcome].scale
            let costs = description.armCosts.map { PolicyTable.scaledCost($0[contrast.outcome], by: scale) }
            return net(
                effects[contrast.position(outcomeCount: space.outcomeCount)], shift: costs[contrast.arm] - costs[0])
        }
    }
}
