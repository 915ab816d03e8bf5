import Foundation

extension ExperimentSpec {
    /// Reads and checks a spec file (DESIGN section 3).
    /// - Throws: `EspalierError(.noInput)` when the file cannot be opened, `.data` with file and line for whatever is wrong
    ///   in it.
    package static func read(at path: String) throws -> ExperimentSpec {
        var spec = try read(yaml: SpecText.read(path), file: path)
        if case .pooled(let pool, let base) = spec.effects.learner {
            // Studies must find it wherever they are opened.
            let place = URL(fileURLWithPath: DataFile.path(pool, inFolder: DataFile.folder(ofFile: path)))
            spec.effects.learner = .pooled(pool: place.standardizedFileURL.path, base: base)
        }
        return spec
    }

    /// Reads and checks a spec from its text; `file` names it in errors.
    package static func read(yaml: String, file: String) throws -> ExperimentSpec {
        let root = try SpecText.compose(yaml, file: file)
        let top = try root.mapping(keys: [
            "name", "data", "unit", "cluster", "treatment", "outcomes", "covariates", "splits", "effects", "accept",
            "text", "attrition", "cost",
        ])
        let treatment = try SpecSections.treatment(top.required("treatment"))
        let outcomes = try SpecSections.outcomes(top.required("outcomes"), treatment: treatment)
        let covariates = try SpecSections.covariates(top.required("covariates"))
        let unit = try SpecSections.unit(top.required("unit"))
        var (data, engine, sample, join) = try SpecSections.data(top.required("data"), unit: unit)
        // Cohorts are found by sums of all units; every other learner has to see units.
        if let named = engine, sample == nil, try SpecSections.namesLearnerOfUnits(top["effects"]) {
            sample = SampleSpec(engine: named, units: SampleSpec.standardSize)
        }
        if sample != nil { engine = nil }
        let spec = ExperimentSpec(
            name: try top.required("name").text(), data: data, unit: unit, treatment: treatment, outcomes: outcomes,
            covariates: covariates,
            splits: try top["splits"].map(SpecSections.splits) ?? SplitSpec(),
            effects: try top["effects"].map { try SpecSections.effects($0, treatment: treatment, outcomes: outcomes) }
                ?? EffectsSpec(),
            join: join, accept: try top["accept"].map { try SpecSections.acceptances($0, covariates: covariates) },
            text: try top["text"].map(SpecSections.defaultText), cluster: try top["cluster"]?.text(),
            attrition: try top["attrition"].map { try SpecSections.attrition($0, treatment, outcomes) },
            cost: try top["cost"].map { try SpecSections.cost($0, outcomes: outcomes) }, engine: engine,
            sample: sample)
        try SpecRoles.check(spec, in: top)
        return spec
    }
}
