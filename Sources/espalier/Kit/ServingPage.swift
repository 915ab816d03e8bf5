import Foundation
import Policies
import Texts

/// How a policy is served so that what runs is what was evaluated: the README of a kit.
struct ServingPage {
    private let document: PolicyDocument

    init(_ document: PolicyDocument) { self.document = document }

    private var unit: String { document.assignment.unit ?? "" }

    private var covariates: String { document.covariates.map { "`\($0.name)`" }.joined(separator: ", ") }

    private var key: String {
        document.assignment.cluster.map { "the cluster's id (`\($0)`), so that units of one cluster go together" }
            ?? "the unit's id (`\(unit)`)"
    }

    /// Keys of a request, as an example.
    private var example: String {
        let values = [unit] + (document.assignment.cluster.map { [$0] } ?? []) + document.covariates.map(\.name)
        return "{" + values.map { "\"\($0)\": ..." }.joined(separator: ", ") + "}"
    }

    private var holdout: String {
        let share = document.assignment.holdout
        guard share > 0 else {
            return "There is none: `espalier export --holdout 0.03` keeps one, by which the policy can be watched."
        }
        return
            "\(NumberText.percent(share, 1)) of the units draw their arm from the planned shares, whatever the policy says, always "
            + "the same ones. Log `holdout` with every unit: `espalier online monitor` compares the two groups."
    }

    private var exploration: String {
        guard let rule = document.assignment.exploration else {
            return
                "The policy does not explore. A log of it cannot judge other policies; `espalier export --explore` lets it."
        }
        let anew = rule.period.map { ", anew every \(NumberText.grouped(Int($0))) seconds" } ?? ""
        return
            "\(NumberText.percent(rule.share, 1)) of the others draw an arm at random\(anew). Log the answer's `explored`, "
            + "`propensity` and every `propensity_ARM` as they are, at the time of the decision: a later spec reads them with "
            + "`treatment: {propensities: [propensity_ARM, ...]}`, and they cannot be made up afterwards."
    }

    var text: String {
        """
        # Serving \(document.name)

        `policy.json` gives a unit one of \(document.arms.map { "`\($0)`" }.joined(separator: ", ")). `policy.schema.json` says all there is to know
        about it. `score.py` runs it in Python 3 without dependencies; it agrees with `espalier assign` on every unit, and tests
        itself on the policy's own examples whenever it starts.

            python3 score.py policy.json < units.csv > arms.csv
            espalier assign policy.json units.csv -o arms.csv

        ## As a service

        Keep one process and give it a line of JSON for each request; it answers a line at once:

            espalier assign policy.json - --format jsonl
            python3 score.py policy.json

            \(example)

        A key that is left out or null is a missing value, for which the policy knows what to do. A level that it never saw
        counts as missing, too. A line that is no flat object ends the process; start it again.

        ## What must be kept

        - **Ids.** Arms are drawn by a hash of \(key). Send it as the text that it was in the experiment: `7` and `007` are two units.
        - **Covariates.** \(covariates.isEmpty ? "None." : covariates + ", in the units and at the time (before exposure) they had in the experiment.")
        - **Folds.** The file holds several models, and the hash says which one scores a unit: the one that was not trained on
          it. Averaging them, or taking one, is another policy than the one that was evaluated.
        - **Holdout.** \(holdout)
        - **Propensities.** \(exploration)
        - **The file.** Log its SHA-256 beside the arm, and never edit it: weights, biases and models belong together.

        """
    }
}
