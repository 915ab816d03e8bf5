extension PoolFit {
    /// Outcomes that the pool surely predicts better than every learner that goes without it.
    package var betterOutcomes: [String] {
        model.shape.outcomes.filter { name in
            let others = judgement.rows.filter { $0.outcome == name && $0.muDifference != nil }
            return others.allSatisfy { ($0.muDifference?.low ?? 0) > 0 }
        }
    }

    /// What should be known of how the units of an experiment differ from the others.
    package func driftNotes(of experiment: Int) -> [String] {
        let name = model.shape.experiments[experiment].name
        return notes.filter { $0.hasPrefix(PoolNotes.driftPrefix(name)) }
    }
}
