/// The parts of the script but those that effects come from. Single precision stands where the policy's schema says so.
extension ScorerScript {
    static let start = #"""
        """Gives units their arms by an Espalier policy, as `espalier assign` does. Python 3, no dependencies.

        python3 score.py policy.json < units.csv      writes unit,arm,holdout
        python3 score.py policy.json < units.jsonl    answers every line at once, in JSON
        A further argument is the time in seconds since 1970, for policies that draw anew; without it, now.
        Scorer(json.load(open("policy.json"))).assign({"id": "u1", "recency": 3})
        """
        import csv, hashlib, json, math, struct, sys, time

        MASK, NAN, FLOAT = (1 << 64) - 1, float("nan"), struct.Struct("f")
        MISSING = {"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"}

        def single(x):
            return FLOAT.unpack(FLOAT.pack(x))[0]

        def fnv(text):  # FNV-1a, 64 bits
            h = 14695981039346656037
            for byte in text.encode():
                h = (h ^ byte) * 1099511628211 & MASK
            return h

        def mix(z):  # the finaliser of SplitMix64
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
            z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
            return z ^ z >> 31

        def encode(covariate, value):  # a raw value as the models see it; NaN is missing
            own = (covariate.get("text") or {}).get("missing") or []
            if covariate["kind"] == "categorical":
                if value is None or str(value) in (own or MISSING) or not str(value).strip():
                    return NAN
                return float(covariate["levels"].index(str(value))) if str(value) in covariate["levels"] else NAN
            if isinstance(value, str):
                value = value.strip()
                value = None if value in MISSING or value in own else number(covariate, value)
            return NAN if value is None else single(float(value) - covariate["centre"])
        """#

    static let hashedFolds = #"""
        def key_of(rule, text):
            return fnv(text)

        def fold_of(rule, key, count, seed):
            return mix(mix(key) ^ fnv(f"{seed}:{rule['salts']['fold']}")) % count
        """#

    static let digestedFolds = #"""
        def key_of(rule, text):  # of the words of an MD5 digest; the fold is within
            digits = hashlib.md5(f"{rule['seed']}:{text}".encode()).hexdigest()
            w = [int(digits[i:i + 8], 16) for i in (0, 8, 16, 24)]
            return w[0] << 32 | w[2] >> 31 << 31 | (w[1] * rule["foldCount"] >> 32) << 26 | w[3] >> 6

        def fold_of(rule, key, count, seed):
            return (key >> 26 & 31) % count
        """#

    static let plainNumbers = #"""
        def number(covariate, text):
            return {"true": 1.0, "false": 0.0}[text.lower()] if text.lower() in ("true", "false") else float(text)
        """#

    static let formats = #"""
        def number(covariate, text):
            t = covariate.get("text") or {}
            if text in t.get("yes", []) or text in t.get("no", []):
                return float(text in t.get("yes", []))
            if text.lower() in ("true", "false"):
                return float(text.lower() == "true")
            for mark in (t.get("currency"), t.get("thousands"), "%" if t.get("percent") else None):
                text = text.replace(mark, "") if mark else text
            text = text.replace(t["decimal"], ".") if t.get("decimal") else text
            return float(text.strip()) / (100 if t.get("percent") else 1)
        """#

    static let linear = #"""
        def choose(scorer, key, z, columns):  # the arm of the highest utility; control wins ties
            p, arms = scorer.policy, scorer.policy["arms"]
            rule = scorer.rule
            tau = taus(p, fold_of(rule, key, rule["foldCount"], rule["seed"]), z, columns)
            best, arm = p["biases"][arms[0]], arms[0]
            for i, name in list(enumerate(arms))[1:]:
                utility = p["biases"][name]
                for j, o in enumerate(p["outcomes"]):
                    if p["weights"][o["name"]] != 0:
                        cost = [single(o["armCosts"][a] / o["scale"]) for a in (name, arms[0])]
                        net = single(tau(i, j) - single(cost[0] - cost[1]))
                        sign = 1 if o["direction"] == "maximize" else -1
                        utility += p["weights"][o["name"]] * sign * o["scale"] * net
                if utility > best:
                    best, arm = utility, name
            return arm, None
        """#

    static let walk = goesLeft

    static let cohort = #"""
        def choose(scorer, key, z, columns):  # the cohort of the leaves, and a draw from its shares
            p, leaves = scorer.policy, []
            for tree in p["cohorts"]["trees"]:
                node = tree["nodes"][0]
                while node["covariate"] >= 0:
                    left = goes_left(z[node["covariate"]], node.get("atMost"), node.get("levels"), node["missingLeft"])
                    node = tree["nodes"][node["left"] + (0 if left else 1)]
                leaves.append(node["leaf"])
            own = next((c["shares"] for c in p["cohorts"]["list"] if c["leaves"] == leaves), None)
            return (p["arms"][0], None) if own is None else (scorer.share(key, "cohortArm", own), own)
        """#

    static let linearScore = #"""
        def dot(model, x):
            total = model["constant"]
            for coefficient, value in zip(model["coefficients"], x):
                total += coefficient * value
            return total

        def score(model, x):
        """#

    /// Every kind of ranker; the line that runs it.
    static let rankers: [(kind: String, code: String)] = [
        (
            "linear",
            #"""

                if model["kind"] == "linear":
                    return dot(model, x)
            """#
        ),
        (
            "ratio",
            #"""

                if model["kind"] == "ratio":
                    return dot(model["value"], x) / max(dot(model["cost"], x), model["floor"])
            """#
        ),
        (
            "network",
            #"""

                if model["kind"] == "network":
                    total = 0.0
                    for unit in model["units"]:
                        total += unit["weight"] * math.tanh(dot(unit["input"], x))
                    return total
            """#
        ),
    ]

    static let ranking = #"""
        def choose(scorer, key, z, columns):  # the arm where the score reaches the threshold
            rule, x = scorer.policy["ranking"], []
            for f in rule["features"]:
                value = z[f["covariate"]]
                known = value == value
                x.append((value - f["centre"] if known else 0.0) if "centre" in f
                         else float(value == f["level"]) if "level" in f else float(not known))
            model = rule["models"][fold_of(scorer.rule, key, len(rule["models"]), rule["seed"])]
            return (rule["arm"] if score(model, x) >= rule["threshold"] else scorer.policy["arms"][0]), None
        """#

    static let scorer = #"""
        class Scorer:
            def __init__(self, policy):
                self.policy, self.rule = policy, policy["assignment"]
                for row in policy["selfTest"]:  # run on what the policy itself says must come out
                    own = self.by_key(row["unit"], row["covariates"], row.get("columns") or {}, 0)
                    if (own["arm"], own["holdout"] == 1) != (row["arm"], row["heldOut"]):
                        raise SystemExit(f"the self-test does not come out: {row['unit']} gets {own}")

            def draw(self, key, salt, period=""):
                return mix(mix(key) ^ fnv(f"{self.rule['seed']}:{self.rule['salts'][salt]}{period}"))

            def uniform(self, key, salt, period=""):
                return (self.draw(key, salt, period) >> 11) / 2**53

            def share(self, key, salt, shares, period=""):  # the arm whose stretch of the shares holds the draw
                left = self.uniform(key, salt, period) * sum(shares[a] for a in self.policy["arms"])
                for arm in self.policy["arms"]:
                    if left < shares[arm]:
                        return arm
                    left -= shares[arm]
                return [a for a in self.policy["arms"] if shares[a] > 0][-1]

            def assign(self, unit, seconds=None):
                """The arm of a unit given as a dictionary of its id and its covariates."""
                name = self.rule.get("cluster") or self.rule.get("unit")
                answer = self.by_key(str(unit[name]), unit, unit, time.time() if seconds is None else seconds)
                return {"unit": str(unit[self.rule.get("unit") or name]), **answer}

            def by_key(self, text, values, columns, seconds):
                key, arms = key_of(self.rule, text), self.policy["arms"]
                planned, h = self.rule["shares"], self.rule["holdout"]
                z = [encode(c, values.get(c["name"])) for c in self.policy["covariates"]]
                arm, own = choose(self, key, z, columns)
                held = self.uniform(key, "holdout") < h
        """#

    static let plain = #"""

                return {"arm": self.share(key, "holdoutArm", planned) if held else arm, "holdout": int(held)}
        """#

    static let exploring = #"""

                own = own or {a: float(a == arm) for a in arms}
                e = self.rule["exploration"]
                number = int(seconds // e["period"]) if e.get("period") else None
                period = "" if number is None else f":{number}"
                explores = not held and self.uniform(key, "exploration", period) < e["share"]
                arm = self.share(key, "explorationArm", e["shares"], period) if explores else arm
                arm = self.share(key, "holdoutArm", planned) if held else arm
                total = sum(planned[a] for a in arms)
                chances = {a: h * planned[a] / total + (1 - h) * (
                    e["share"] * e["shares"][a] + (1 - e["share"]) * own[a]) for a in arms}
                return {"arm": arm, "holdout": int(held), "explored": int(explores),
                        **({} if number is None else {"period": number}),
                        "propensity": chances[arm], **{f"propensity_{a}": chances[a] for a in arms}}
        """#

    static let main = #"""


        def main(path=None, seconds=None, *more):
            if path is None or more or not (seconds is None or seconds.isdigit()):
                sys.exit("score.py: units come on standard input; write: python3 score.py policy.json < units.csv")
            scorer, out = Scorer(json.load(open(path, encoding="utf-8"))), None
            seconds = None if seconds is None else int(seconds)
            first = sys.stdin.readline()
            if first.lstrip().startswith("{"):
                while first:
                    print(json.dumps(scorer.assign(json.loads(first), seconds), ensure_ascii=False), flush=True)
                    first = sys.stdin.readline()
                return
            names = next(csv.reader([first]))
            for row in csv.DictReader(sys.stdin, names):
                answer = scorer.assign(row, seconds)
                if out is None:
                    out = csv.DictWriter(sys.stdout, list(answer), lineterminator="\n")
                    out.writeheader()
                out.writerow(answer)

        if __name__ == "__main__":
            main(*sys.argv[1:])
        """#
}
