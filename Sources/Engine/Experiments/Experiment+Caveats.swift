extension Experiment {
    /// What every output must repeat beside its numbers: what was accepted, estimated or pulled in, a sentence each without
    /// its full stop.
    package var caveats: [String] {
        (spec.accept ?? []).map(\.sentence)
            + outcomes.compactMap { outcome in
                outcome.winsorizing.map { winsorizing in
                    "\(outcome.name) is winsorised at its \(winsorizing.quantile) quantile: values outside "
                        + "\(HealthText.significant(winsorizing.low)) to \(HealthText.significant(winsorizing.high)) count as "
                        + "these (\(HealthText.count(winsorizing.clippedCount, "unit")))"
                }
            }
    }
}
