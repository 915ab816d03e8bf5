extension Experiment {
    /// The same experiment with some parts replaced; nil keeps a part.
    package func replacing(
        spec: ExperimentSpec? = nil, arms: [String]? = nil, outcomes: [Outcome]? = nil,
        covariates: [Covariate]? = nil, units: Units? = nil, assignment: [UInt8]? = nil,
        propensity: Propensity? = nil, splitRule: SplitRule? = nil, tuneCount: Int? = nil,
        suppliedEffects: [ScaledColumn]? = nil, dataDigest: DataDigest? = nil, droppedCount: Int? = nil,
        otherArms: [OtherArm]? = nil
    ) -> Experiment {
        var experiment = Experiment(
            spec: spec ?? self.spec, arms: arms ?? self.arms, outcomes: outcomes ?? self.outcomes,
            covariates: covariates ?? self.covariates, units: units ?? self.units,
            assignment: assignment ?? self.assignment, propensity: propensity ?? self.propensity,
            splitRule: splitRule ?? self.splitRule, tuneCount: tuneCount ?? self.tuneCount,
            suppliedEffects: suppliedEffects ?? self.suppliedEffects, dataDigest: dataDigest ?? self.dataDigest,
            droppedCount: droppedCount ?? self.droppedCount, trimmedCount: trimmedCount,
            otherArms: otherArms ?? self.otherArms,
            crossoverCount: crossoverCount, likelyCluster: likelyCluster, attrition: attrition)
        experiment.population = population
        return experiment
    }
}
