"""score.py POLICY DATA [UNIT_COLUMN [SECONDS]]: gives units their arms, from the policy file and its JSON Schema alone."""
import csv, gzip, hashlib, json, math, struct, sys

M64 = (1 << 64) - 1
BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200c)))
MISSING = {"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"}
TRUTH = {"true": 1.0, "True": 1.0, "TRUE": 1.0, "false": 0.0, "False": 0.0, "FALSE": 0.0}
pack = struct.Struct("f")
f32 = lambda x: pack.unpack(pack.pack(x))[0]
nan = math.nan

def fnv(text):
    h = 14695981039346656037
    for byte in text.encode():
        h = (h ^ byte) * 1099511628211 & M64
    return h

def mix(z):
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M64
    z = (z ^ z >> 27) * 0x94D049BB133111EB & M64
    return z ^ z >> 31

def encode(covariate, value):
    """A number, a level or None, as the models see it."""
    if value is None:
        return nan
    if covariate["kind"] == "numeric":
        return f32(value - covariate["centre"])
    return float(covariate["levels"].index(value)) if value in covariate["levels"] else nan

def parse(covariate, text):
    if covariate["kind"] == "categorical":
        missing = (covariate.get("text") or {}).get("missing") or MISSING
        return None if text in missing or not text.strip(BLANKS) else text
    text = text.strip(BLANKS)
    return None if text in MISSING else TRUTH[text] if text in TRUTH else float(text)

def embedded(embedding, z):
    """v(x): standardised inputs, then layers; values below 0 are 0 between them."""
    values = []
    for i in embedding["inputs"]:
        value = z[i["covariate"]]
        missing = value != value
        if i["kind"] == "number":
            values.append(0.0 if missing else f32((value - i["centre"]) / i["scale"]))
        else:
            held = missing if i["kind"] == "missing" else value == i.get("code")
            values.append(f32((held - i["centre"]) / i["scale"]))
    for index, layer in enumerate(embedding["layers"]):
        if index > 0:
            values = [max(0.0, value) for value in values]
        count, weights = len(layer["biases"]), layer["weights"]
        values = [f32(layer["biases"][o] + sum(v * f32(weights[i * count + o]) for i, v in enumerate(values)))
                  for o in range(count)]
    return values

def boosted(model, x):
    total = f32(model["base"])
    for tree in model["trees"]:
        node = 0
        while tree["feature"][node] >= 0:
            value, levels = x[tree["feature"][node]], (tree.get("levels") or {node: None})[node]
            left = (tree["missingLeft"][node] == 1 if value != value else
                    value < f32(tree["threshold"][node]) if levels is None else value not in levels)
            node = tree["left" if left else "right"][node]
        total = f32(total + f32(tree["threshold"][node]))
    return total

def goes_left(value, at_most, levels, missing_left):
    if value != value:
        return bool(missing_left)
    return value in levels if levels is not None else at_most is None or value <= f32(at_most)

def forest(model, z):
    sums, count = [0.0] * 4, 0
    for tree in model["trees"]:
        if not tree["covariate"]:
            continue
        node = 0
        while tree["covariate"][node] >= 0:
            left = goes_left(z[tree["covariate"][node]], tree["threshold"][node], tree["levels"].get(str(node)),
                             tree["missingLeft"][node])
            node = tree["left"][node] + (0 if left else 1)
        if "leaf" not in tree:
            order = [i for i, c in enumerate(tree["covariate"]) if c < 0]
            tree["leaf"] = {i: [f32(tree[name][k]) for name in ("treatment", "outcome", "product", "square")]
                            for k, i in enumerate(order)}
        sums, count = [a + b for a, b in zip(sums, tree["leaf"][node])], count + 1
    if count:
        w, y, p, s = (a / count for a in sums)
        if s - w * w > 1e-10:
            return f32((p - w * y) / (s - w * w))
    return f32(model["constant"]["effect"])

def effect(entry, x, z):
    kind, model = entry["kind"], entry["model"]
    if kind == "boosted":
        return boosted(model, x)
    if kind == "blend":
        s = min(1.0, max(0.0, boosted(model["share"], x)))
        return f32(f32(s * boosted(model["control"], x)) + f32(f32(1 - s) * boosted(model["treated"], x)))
    if kind == "linear":
        total = model["intercept"]
        for term in model["terms"]:
            value = x[term["feature"]]
            known = term.get("centre") is not None
            total += term["coefficient"] * ((0.0 if value != value else value - term["centre"]) if known
                                            else (1.0 if value != value else 0.0))
        return f32(total)
    if kind == "forest":
        return forest(model, z)
    if kind == "difference":
        return f32(boosted(model["treated"], x) - boosted(model["control"], x))
    if kind == "stack":
        total = 0.0
        for part in model["parts"]:
            total += part["weight"] * effect(part["model"], x, z)
        return f32(total)
    node = 0
    while model["nodes"][node]["covariate"] >= 0:
        rule = model["nodes"][node]
        left = goes_left(z[rule["covariate"]], rule.get("atMost"), rule.get("levels"), rule["missingLeft"])
        node = rule["left"] + (0 if left else 1)
    return f32(model["nodes"][node]["effect"])

def linear_score(model, x):
    total = model["constant"]
    for coefficient, value in zip(model["coefficients"], x):
        total += coefficient * value
    return total

class Scorer:
    def __init__(self, policy):
        if policy["kind"] not in ("linear", "cohort", "ranking") or policy["version"] not in (2, 3, 4):
            sys.exit("this is another kind of policy, or another version")
        self.policy, self.rule = policy, policy["assignment"]
        for row in policy["selfTest"]:
            own = self.score(row["unit"], row["covariates"], row.get("columns") or {})
            if [str(own[0]), own[1], own[3], own[4], own[5]] != [row["hash"], row["fold"], row["arm"], row["heldOut"],
                                                                 row.get("cohort")]:
                sys.exit(f"the self-test does not come out: {row['unit']} has {own}")
            if own[7] != row.get("explored"):
                sys.exit(f"the self-test does not come out: {row['unit']} explores, or not: {own}")
            if any(abs(a - b) > 1e-9 for a, b in zip(own[8], row.get("propensities", []), strict=True)):
                sys.exit(f"the self-test does not come out: {row['unit']} has the propensities {own[8]}")
            if "score" in row and abs(own[6] - row["score"]) > 1e-9 * max(1, abs(row["score"])):
                sys.exit(f"the self-test does not come out: {row['unit']} has the score {own[6]}")
            for arm, by_outcome in row["effects"].items():
                for name, wanted in by_outcome.items():
                    if abs(own[2][arm][name] - wanted) > 1e-5 * max(1, abs(wanted)):
                        sys.exit(f"the self-test does not come out: {row['unit']}, {arm}, {name}: {own[2][arm][name]}")

    def key(self, unit):
        """The key of a unit, and its fold where the rule is md5."""
        if self.rule.get("rule") != "md5":
            return fnv(unit), None
        digits = hashlib.md5(f"{self.rule['seed']}:{unit}".encode()).hexdigest()
        w1, w2, w3, w4 = (int(digits[8 * k:8 * k + 8], 16) for k in range(4))
        fold = w2 * self.rule["foldCount"] >> 32
        return w1 << 32 | w3 >> 31 << 31 | fold << 26 | w4 >> 6, fold

    def draw(self, key, salt, period=""):
        return mix(mix(key) ^ fnv(f"{self.rule['seed']}:{self.rule['salts'][salt]}{period}"))

    def taus(self, fold, values, columns):
        """tau by arm and outcome, in units of scale."""
        p = self.policy
        arms, outcomes, e = len(p["arms"]), p["outcomes"], p["effects"]
        if e["learner"] == "columns":
            return lambda i, j: f32(f32(columns[e["columns"][p["arms"][i]][outcomes[j]["name"]]]) / outcomes[j]["scale"])
        z = [encode(c, values[c["name"]]) for c in p["covariates"]]
        m = e["models"] if "models" in e else e["effectModels"]
        x = [z[s["covariate"]] if s.get("code") is None or z[s["covariate"]] != z[s["covariate"]]
             else float(z[s["covariate"]] == s["code"]) for s in m["encoding"]["sources"]]
        if m.get("embedding"):
            x = embedded(m["embedding"], z)
        fold %= m["foldCount"]
        if "models" in e:
            mu = lambda i, j: boosted(m["models"][(fold * arms + i) * len(outcomes) + j], x)
            return lambda i, j: f32(mu(i, j) - mu(0, j))
        return lambda i, j: effect(m["models"][(fold * (arms - 1) + i - 1) * len(outcomes) + j], x, z)

    def share(self, key, salt, shares, period=""):
        """The arm whose stretch of the cumulated shares holds the draw."""
        left = (self.draw(key, salt, period) >> 11) / 2**53 * sum(shares)
        for name, share in zip(self.policy["arms"], shares):
            if left < share:
                return name
            left -= share
        return [a for a, s in zip(self.policy["arms"], shares) if s > 0][-1]

    def cohort(self, values):
        """The cohort's id, 0 where there is none."""
        z = [encode(c, values[c["name"]]) for c in self.policy["covariates"]]
        leaves = []
        for tree in self.policy["cohorts"]["trees"]:
            node = tree["nodes"][0]
            while node["covariate"] >= 0:
                left = goes_left(z[node["covariate"]], node.get("atMost"), node.get("levels"), node["missingLeft"])
                node = tree["nodes"][node["left"] + (0 if left else 1)]
            leaves.append(node["leaf"])
        return next((c["id"] for c in self.policy["cohorts"]["list"] if c["leaves"] == leaves), 0)

    def score(self, unit, values, columns, seconds=0):
        (key, self.fold), score, own = self.key(unit), None, None
        if self.policy["kind"] == "linear":
            fold, effects, arm = self.linear(key, values, columns)
            cohort = None
        elif self.policy["kind"] == "ranking":
            effects, cohort, (fold, score) = {}, None, self.rank(key, values)
            rule = self.policy["ranking"]
            arm = rule["arm"] if score >= rule["threshold"] else self.policy["arms"][0]
        else:
            fold, effects, cohort = 0, {}, self.cohort(values)
            own = [c["shares"] for c in self.policy["cohorts"]["list"] if c["id"] == cohort]
            arm = self.share(key, "cohortArm", [own[0][a] for a in self.policy["arms"]]) if own else self.policy["arms"][0]
        chosen = own[0] if own else {a: float(a == arm) for a in self.policy["arms"]}
        held = (self.draw(key, "holdout") >> 11) / 2**53 < self.rule["holdout"]
        planned = [self.rule["shares"][a] for a in self.policy["arms"]]
        explored, propensities, e = None, [], self.rule.get("exploration")
        if e:
            period = f":{seconds // e['period']}" if e.get("period") else ""
            explored = not held and (self.draw(key, "exploration", period) >> 11) / 2**53 < e["share"]
            h = self.rule["holdout"]
            propensities = [h * q / sum(planned) + (1 - h) * (e["share"] * e["shares"][a] + (1 - e["share"]) * chosen[a])
                            for a, q in zip(self.policy["arms"], planned)]
            if explored:
                arm = self.share(key, "explorationArm", [e["shares"][a] for a in self.policy["arms"]], period)
        if held:
            arm = self.share(key, "holdoutArm", planned)
        return key, fold, effects, arm, held, cohort, score, explored, propensities

    def rank(self, key, values):
        """The fold and the score of its model."""
        rule = self.policy["ranking"]
        z = [encode(c, values[c["name"]]) for c in self.policy["covariates"]]
        x = []
        for f in rule["features"]:
            value = z[f["covariate"]]
            known = value == value
            x.append((value - f["centre"] if known else 0.0) if "centre" in f
                     else float(value == f["level"]) if "level" in f else float(not known))
        draw = mix(mix(key) ^ fnv(f"{rule['seed']}:{self.rule['salts']['fold']}"))
        fold = (draw if self.fold is None else self.fold) % len(rule["models"])
        model = rule["models"][fold]
        if model["kind"] == "linear":
            return fold, linear_score(model, x)
        if model["kind"] == "ratio":
            return fold, linear_score(model["value"], x) / max(linear_score(model["cost"], x), model["floor"])
        score = 0.0
        for unit in model["units"]:
            score += unit["weight"] * math.tanh(linear_score(unit["input"], x))
        return fold, score

    def linear(self, key, values, columns):
        p = self.policy
        fold = self.draw(key, "fold") % self.rule["foldCount"] if self.fold is None else self.fold
        tau = self.taus(fold, values, columns)
        effects, best, arm = {}, p["biases"][p["arms"][0]], p["arms"][0]
        for i, name in list(enumerate(p["arms"]))[1:]:
            utility, effects[name] = p["biases"][name], {}
            for j, o in enumerate(p["outcomes"]):
                if p["weights"][o["name"]] == 0:
                    continue
                cost = [f32(o["armCosts"][a] / o["scale"]) for a in (name, p["arms"][0])]
                net = f32(tau(i, j) - f32(cost[0] - cost[1]))
                effects[name][o["name"]] = net
                utility += p["weights"][o["name"]] * (1 if o["direction"] == "maximize" else -1) * o["scale"] * net
            if utility > best:
                best, arm = utility, name
        return fold, effects, arm

def main(policy_path, data_path, unit=None, seconds=0):
    opened = lambda path: (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8", newline="")
    policy = json.load(opened(policy_path))
    scorer, unit = Scorer(policy), unit or policy["assignment"].get("unit")
    out = csv.writer(sys.stdout, lineterminator="\n")
    explores = policy["assignment"].get("exploration")
    out.writerow(["unit", "arm", "holdout"] + (["explored"] + policy["arms"] if explores else []))
    for number, row in enumerate(csv.DictReader(opened(data_path)), 1):
        values = {c["name"]: parse(c, row[c["name"]]) for c in policy["covariates"]}
        wanted = [c for by in policy.get("effects", {}).get("columns", {}).values() for c in by.values()]
        identity = row[unit] if unit else str(number)
        _, _, _, arm, held, _, _, explored, propensities = scorer.score(
            identity, values, {c: float(row[c]) for c in wanted if row.get(c)}, int(seconds))
        out.writerow([identity, arm, int(held)] + ([int(explored)] + propensities if explores else []))

if __name__ == "__main__":
    main(*sys.argv[1:])
