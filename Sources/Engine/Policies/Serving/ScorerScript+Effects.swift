/// The parts of the script that make a unit's effects of its covariates: trees, forests, representations, learners. Single
/// precision stands where the policy's schema says so.
extension ScorerScript {
    static let boosted = #"""
        def boosted(model, x):  # XGBoost's trees, summed in single precision
            total = single(model["base"])
            for tree in model["trees"]:
                node, cuts = 0, tree.get("cuts") or tree.setdefault("cuts", [single(t) for t in tree["threshold"]])
                while tree["feature"][node] >= 0:
                    value, levels = x[tree["feature"][node]], (tree.get("levels") or {node: None})[node]
                    left = (tree["missingLeft"][node] == 1 if value != value else
                            value < cuts[node] if levels is None else value not in levels)
                    node = tree["left" if left else "right"][node]
                total = single(total + cuts[node])
            return total
        """#

    static let goesLeft = #"""
        def goes_left(value, at_most, levels, missing_left):
            if value != value:
                return bool(missing_left)
            return value in levels if levels is not None else at_most is None or value <= single(at_most)
        """#

    static let forest = #"""
        def forest(model, z):
            sums, count = [0.0] * 4, 0
            for tree in model["trees"]:
                if not tree["covariate"]:
                    continue
                node = 0
                while tree["covariate"][node] >= 0:
                    left = goes_left(z[tree["covariate"][node]], tree["threshold"][node],
                                     tree["levels"].get(str(node)), tree["missingLeft"][node])
                    node = tree["left"][node] + (0 if left else 1)
                leaf = sum(1 for c in tree["covariate"][:node] if c < 0)
                own = [single(tree[name][leaf]) for name in ("treatment", "outcome", "product", "square")]
                sums, count = [a + b for a, b in zip(sums, own)], count + 1
            if count:
                w, y, p, s = (a / count for a in sums)
                if s - w * w > 1e-10:
                    return single((p - w * y) / (s - w * w))
            return single(model["constant"]["effect"])
        """#

    static let embedding = #"""
        def embedded(embedding, z):  # what a pool of experiments has learned of a unit
            values = []
            for i in embedding["inputs"]:
                value = z[i["covariate"]]
                held = value != value if i["kind"] == "missing" else value == i.get("code")
                shown = (0.0 if value != value else value) if i["kind"] == "number" else float(held)
                missing = i["kind"] == "number" and value != value
                values.append(0.0 if missing else single((shown - i["centre"]) / i["scale"]))
            for index, layer in enumerate(embedding["layers"]):
                values = [max(0.0, v) for v in values] if index else values
                n, w = len(layer["biases"]), layer["weights"]
                values = [single(layer["biases"][o] + sum(v * single(w[i * n + o]) for i, v in enumerate(values)))
                          for o in range(n)]
            return values
        """#

    static let effectStart = #"""
        def effect(entry, x, z):  # of one arm on one outcome, in units of the outcome's scale
            kind, model = entry["kind"], entry["model"]
        """#

    /// Every kind of effect model; the line that runs it.
    static let effectKinds: [(kind: String, code: String)] = [
        (
            "boosted",
            #"""

                if kind == "boosted":
                    return boosted(model, x)
            """#
        ),
        (
            "difference",
            #"""

                if kind == "difference":
                    return single(boosted(model["treated"], x) - boosted(model["control"], x))
            """#
        ),
        (
            "blend",
            #"""

                if kind == "blend":
                    s = min(1.0, max(0.0, boosted(model["share"], x)))
                    return single(single(s * boosted(model["control"], x))
                                  + single(single(1 - s) * boosted(model["treated"], x)))
            """#
        ),
        (
            "linear",
            #"""

                if kind == "linear":
                    total = model["intercept"]
                    for term in model["terms"]:
                        value = x[term["feature"]]
                        if term.get("centre") is not None:
                            total += term["coefficient"] * (0.0 if value != value else value - term["centre"])
                        else:
                            total += term["coefficient"] * float(value != value)
                    return single(total)
            """#
        ),
        (
            "forest",
            #"""

                if kind == "forest":
                    return forest(model, z)
            """#
        ),
        (
            "stack",
            #"""

                if kind == "stack":
                    total = 0.0
                    for part in model["parts"]:
                        total += part["weight"] * effect(part["model"], x, z)
                    return single(total)
            """#
        ),
        (
            "rules",
            #"""

                if kind == "rules":
                    node = 0
                    while model["nodes"][node]["covariate"] >= 0:
                        rule = model["nodes"][node]
                        left = goes_left(z[rule["covariate"]], rule.get("atMost"), rule.get("levels"),
                                         rule["missingLeft"])
                        node = rule["left"] + (0 if left else 1)
                    return single(model["nodes"][node]["effect"])
            """#
        ),
    ]

    static func features(embeds: Bool) -> String {
        let start = #"""
            def taus(policy, fold, z, columns):  # effects by arm and outcome
                arms, outcomes, e = len(policy["arms"]), len(policy["outcomes"]), policy["effects"]
                m = e["models"] if "models" in e else e["effectModels"]
            """#
        let end =
            embeds
            ? #"""

                x = embedded(m["embedding"], z)
            """#
            : #"""

                x = [z[s["covariate"]] if s.get("code") is None or z[s["covariate"]] != z[s["covariate"]]
                     else float(z[s["covariate"]] == s["code"]) for s in m["encoding"]["sources"]]
            """#
        return start + end + #"""

                fold %= m["foldCount"]
            """#
    }

    static let outcomeEffects = #"""

            mu = lambda i, j: boosted(m["models"][(fold * arms + i) * outcomes + j], x)
            return lambda i, j: single(mu(i, j) - mu(0, j))
        """#

    static let contrastEffects = #"""

            return lambda i, j: effect(m["models"][(fold * (arms - 1) + i - 1) * outcomes + j], x, z)
        """#

    static let suppliedEffects = #"""
        def taus(policy, fold, z, columns):  # effects that were computed elsewhere, by column
            names = policy["effects"]["columns"]
            return lambda i, j: single(single(float(columns[names[policy["arms"][i]][policy["outcomes"][j]["name"]]]))
                                       / policy["outcomes"][j]["scale"])
        """#
}
