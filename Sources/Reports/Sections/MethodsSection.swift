import Experiments
import Studies
import Texts

/// How the figures came about, and from what.
struct MethodsSection {
    let study: Study
    let tool: String

    var methods: [Element] {
        let splits = study.description.spec.splits
        return [
            "Units were split by a hash of their ids (seed \(splits.seed)) into \(NumberText.grouped(study.description.tuneCount)) "
                + "tune and \(NumberText.grouped(study.description.unitCount - study.description.tuneCount)) confirm units. "
                + "Models were fitted on \(splits.folds) folds of the tune units, and every unit is scored by the models "
                + "that never saw its fold.",
            "Average effects are differences in means with Welch intervals. Trees are honest causal trees (Athey & Imbens "
                + "2016): one half of the units grows a tree, the other estimates its leaves. Cohorts are the intersections "
                + "of leaves and keep the leaves' effects.",
            "Policies are judged off-line by doubly robust scores; intervals are 95% and, unless said otherwise, "
                + "for one figure at a time. A limit is inside when the whole interval keeps it.",
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
