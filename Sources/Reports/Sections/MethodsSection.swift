import Effects
import Experiments
import Studies
import Texts

/// How the figures came about, and from what.
struct MethodsSection {
    let study: Study
    let tool: String
    let models: ModelReport?

    var methods: [Element] {
        let splits = study.description.spec.splits
        return [
            "Units were split by a hash of their ids (seed \(splits.seed)) into \(NumberText.grouped(study.description.tuneCount)) "
                + "tune and \(NumberText.grouped(study.description.unitCount - study.description.tuneCount)) confirm units. "
                + "Models were fitted on \(splits.folds) folds of the tune units, and every unit is scored by the models "
                + "that never saw its fold.",
            "A policy, and an arm given to everyone, is judged by what units would have done under it: a model's prediction for "
                + "every unit, corrected by what was observed of units that happened to get what the policy gives, each weighted "
                + "by the inverse of its probability (the doubly robust estimator). That is right if the probabilities of the "
                + "arms are, whatever the models say. Effects of units are those of the learner "
                + "\(study.description.spec.effects.learner.name). Intervals are 95% and, unless said otherwise, for one figure "
                + "at a time. A limit is kept when the whole interval keeps it.",
            "Trees are honest causal trees (Athey & Imbens 2016): one half of the tune units grows a tree, the other estimates "
                + "its leaves. Cohorts are the intersections of leaves and keep the leaves' effects.",
            "Policies were chosen on tune, so their tune figures flatter them. Confirm units chose nothing; every look at them "
                + "is counted. Whether a policy beats the best single arm is read on confirm, with an interval that counts all "
                + "candidates judged there.",
            models == nil
                ? "Whether effects differ between units has not been tested."
                : "Whether effects differ between units is tested by predicting each block of units from those before it; without "
                    + "any difference the statistic is standard normal (Luedtke & van der Laan 2016).",
        ].map { Element("p", [:], $0) }
    }

    func provenance(specDigest: String, looks: Int) -> Element {
        let description = study.description
        let facts: [(String, String)] = [
            ("made by", tool), ("spec digest", specDigest),
            ("data", description.spec.dataFiles.joined(separator: ", ")),
            ("data SHA-256", description.dataDigest.sha256),
            ("units left out", NumberText.grouped(description.droppedCount)),
            ("looks at the confirm split", NumberText.grouped(looks)),
        ]
        return Element(
            "dl", [:],
            facts.flatMap { [Element("dt", [:], $0.0), Element("dd", [:], [Element("code", [:], $0.1)])] })
    }
}
