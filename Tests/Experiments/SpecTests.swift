import Experiments
import Runtime
import Testing

@Suite struct SpecTests {
    private static let everything = """
        name: hillstrom
        data: hillstrom.csv.gz            # relative to this file
        unit: row
        treatment:
          column: segment
          control: No E-Mail
          arms: [No E-Mail, Mens E-Mail, "Womens: E-Mail"]
          shares: [1, 2, 1.5]
        outcomes:
          - {name: visit, direction: maximize}
          - {name: profit, direction: maximize, from: {spend: 0.4}, armCost: {Mens E-Mail: 0.10}}
          - {name: conversion, direction: maximize, threshold: {relative: -0.02}, missing: zero}
          - {name: ctr, direction: minimize, ratio: {clicks: impressions}, missing: drop, threshold: {absolute: 1e-3}}
          - {name: no, direction: maximize, column: "1"}
        covariates:
          - recency
          - {column: zip_code, kind: categorical}
          - {column: history, kind: numeric}
          - {column: channel}
        splits: {seed: 18446744073709551615, confirm: 0, folds: 20}
        effects:
          learner: columns
          nuisance: t
          minimumLeaf: 50
          columns:
            Mens E-Mail: {visit: a, profit: b, conversion: c, ctr: d, no: e}
            "Womens: E-Mail": {visit: f, profit: g, conversion: h, ctr: i, no: j}
        """

    @Test func everyKeyIsRead() throws {
        let arms = ["No E-Mail", "Mens E-Mail", "Womens: E-Mail"]
        let expected = ExperimentSpec(
            name: "hillstrom", data: "hillstrom.csv.gz", unit: .row,
            treatment: TreatmentSpec(
                column: "segment", control: "No E-Mail", arms: arms, assignment: .shares([1, 2, 1.5])),
            outcomes: [
                OutcomeSpec(name: "visit", direction: .maximize),
                OutcomeSpec(
                    name: "profit", direction: .maximize, source: .weightedSum(["spend": 0.4]),
                    armCost: ["Mens E-Mail": 0.1]),
                OutcomeSpec(name: "conversion", direction: .maximize, threshold: .relative(-0.02), missing: .zero),
                OutcomeSpec(
                    name: "ctr", direction: .minimize, source: .ratio(numerator: "clicks", denominator: "impressions"),
                    threshold: .absolute(0.001), missing: .drop),
                OutcomeSpec(name: "no", direction: .maximize, source: .column("1")),
            ],
            covariates: [
                CovariateSpec(column: "recency"), CovariateSpec(column: "zip_code", kind: .categorical),
                CovariateSpec(column: "history", kind: .numeric), CovariateSpec(column: "channel"),
            ], splits: SplitSpec(seed: .max, confirm: 0, folds: 20),
            effects: EffectsSpec(
                learner: .columns(
                    [
                        "Mens E-Mail": ["visit": "a", "profit": "b", "conversion": "c", "ctr": "d", "no": "e"],
                        "Womens: E-Mail": ["visit": "f", "profit": "g", "conversion": "h", "ctr": "i", "no": "j"],
                    ], nuisance: .t), minimumLeaf: 50))
        #expect(try ExperimentSpec.read(yaml: Self.everything, file: "s.yaml") == expected)
    }

    @Test func defaultsAndPropensities() throws {
        let spec = try ExperimentSpec.read(
            yaml: Scratch.plainSpec.replacing(
                "control: c}", with: "control: c, arms: [t, c], propensities: [p_t, p_c]}"), file: "s.yaml")
        #expect(spec.unit == .column("id"))
        #expect(spec.treatment.assignment == .propensities(["p_t", "p_c"]))
        #expect(spec.splits == SplitSpec() && spec.effects == EffectsSpec())
    }

    /// A line of the plain spec replaced by another, and the sentence that follows.
    @Test(arguments: [
        ("name: test", "nmae: test", "1: unknown key \"nmae\" in the spec; perhaps \"name\" is meant"),
        (
            "name: test", "colour: red",
            "1: unknown key \"colour\" in the spec; the keys are name, data, unit, cluster, treatment, outcomes, covariates, splits, "
                + "effects, accept, text, attrition, cost"
        ),
        ("name: test", "", "2: the spec has no name; add name: …"),
        ("name: test", "name:", "1: name must be a text but is empty; fill it in, or quote a text such as \"null\""),
        ("name: test", "name: [a]", "1: name must be a text but is a list"),
        ("name: test", "name: \"a\\eb\"", "1: name holds a control character: \"a\\u{1b}b\"; use printable text"),
        ("name: test", "name: a\nname: b", "1: the key \"name\" stands twice in one mapping; keep one of them"),
        ("name: test", "1: a\n\"1\": b", "2: the key \"1\" stands twice in the spec; keep one of them"),
        ("name: test", "name: a\n\tdata: b", "2: a tab indents this line; indent with spaces"),
        (
            "unit: id", "unit: t",
            "3: the unit column is also the treatment column; name the column that holds the units' ids"
        ),
        ("[x]", "x", "7: covariates must be a list but is the text \"x\"; write it as [a, b] or as lines with -"),
        ("[x]", "[]", "7: covariates is an empty list; list at least one item"),
        ("[x]", "[x, x]", "7: the covariate \"x\" is listed twice; remove one"),
        ("[x]", "[{column: x, kind: text}]", "7: covariates[1].kind must be numeric or categorical but is \"text\""),
        (
            "[x]", "[{column: x, kind: numerc}]",
            "7: covariates[1].kind must be numeric or categorical but is \"numerc\"; "
                + "perhaps \"numeric\" is meant"
        ),
        ("[x]", "[{colum: x}]", "7: unknown key \"colum\" in covariates[1]; perhaps \"column\" is meant"),
        (
            "[x]", "[x, y]",
            "7: the covariate \"y\" is also read for the outcome \"y\", which is measured after exposure; "
                + "remove it from covariates"
        ),
        (
            "[x]", "[t]",
            "7: the covariate \"t\" is also the treatment column, which is what is being tested; remove it from covariates"
        ),
        (
            "[x]", "[id]",
            "7: the covariate \"id\" is also the unit column, which only says who it is; remove it from covariates"
        ),
        (
            "control: c}", "control: c, arms: [a, b]}",
            "4: the control \"c\" is not among the arms; add it to treatment.arms"
        ),
        (
            "control: c}", "control: contrl, arms: [control, b]}",
            "4: the control \"contrl\" is not among the arms; perhaps \"control\" is meant"
        ),
        ("control: c}", "control: c, arms: [c, c]}", "4: the arm \"c\" is listed twice; remove one"),
        ("control: c}", "control: c, arms: [c]}", "4: treatment.arms needs at least two arms"),
        (
            "control: c}", "control: c, arms: [c, d], shares: [1, -1]}",
            "4: treatment.shares[2] is -1, and a share must be above 0"
        ),
        (
            "control: c}", "control: c, arms: [c, d], shares: [1, 1, 1]}",
            "4: treatment.shares has 3 entries for 2 arms; give one for each arm"
        ),
        (
            "control: c}", "control: c, arms: [c, d], shares: [1, .inf]}",
            "4: treatment.shares[2] must be a finite number but is the text \".inf\""
        ),
        (
            "control: c}", "control: c, shares: [1, 1]}",
            "4: treatment.shares has no arms to go with; list treatment.arms in the same order"
        ),
        (
            "control: c}", "control: c, arms: [c, d], shares: [1, 1], propensities: [p, q]}",
            "4: treatment has both shares and propensities; keep one of them"
        ),
        (
            "control: c}", "control: c, arms: [c, d], propensities: [p, p]}",
            "4: the propensity column \"p\" is listed twice; remove one"
        ),
        (
            "direction: maximize", "direction: up",
            "6: outcomes[1].direction must be maximize or minimize but is \"up\""
        ),
        (
            "direction: maximize", "direction: maximise",
            "6: outcomes[1].direction must be maximize or minimize but is \"maximise\"; perhaps \"maximize\" is meant"
        ),
        (
            "direction: maximize}", "direction: maximize, threshold: {relative: 1, absolute: 2}}",
            "6: outcomes[1].threshold has both relative and absolute; keep one of them"
        ),
        (
            "direction: maximize}", "direction: maximize, threshold: {}}",
            "6: outcomes[1].threshold is empty; give relative: or absolute:"
        ),
        (
            "direction: maximize}", "direction: maximize, threshold: 0.1}",
            "6: outcomes[1].threshold must be a mapping of keys to values but is the text \"0.1\"; write key: value"
        ),
        (
            "direction: maximize}", "direction: maximize, column: a, ratio: {b: c}}",
            "6: outcomes[1] has both column and ratio; keep one of them"
        ),
        (
            "direction: maximize}", "direction: maximize, ratio: {a: b, c: d}}",
            "6: outcomes[1].ratio must be one pair {numerator: denominator}"
        ),
        (
            "direction: maximize}", "direction: maximize, from: {}}",
            "6: outcomes[1].from is an empty mapping; fill it in or leave it out"
        ),
        (
            "direction: maximize}", "direction: maximize, missing: skip}",
            "6: outcomes[1].missing must be zero or drop but is \"skip\""
        ),
        (
            "direction: maximize}", "direction: maximize}\n  - {name: y, direction: minimize}",
            "7: the outcome \"y\" is listed twice; rename one"
        ),
        (
            "direction: maximize}", "direction: maximize, column: t}",
            "6: the outcome \"y\" reads the treatment column \"t\"; name the column that measures it"
        ),
        (
            "control: c}\noutcomes:\n  - {name: y, direction: maximize}",
            "control: c, arms: [c, cap_low]}\noutcomes:\n  - {name: y, direction: maximize, armCost: {cap_lwo: 1}}",
            "6: armCost has a cost for the unknown arm \"cap_lwo\"; perhaps \"cap_low\" is meant"
        ),
        ("[x]", "[x]\nsplits: {confirm: 0.95}", "8: splits.confirm must be a share from 0 to 0.9 but is 0.95"),
        (
            "[x]", "[x]\nsplits: {folds: 1}",
            "8: splits.folds must be a whole number from 2 to 20 but is the text \"1\""
        ),
        (
            "[x]", "[x]\nsplits: {seed: -1}",
            "8: splits.seed must be a whole number from 0 to 18446744073709551615 but is the text \"-1\""
        ),
        (
            "[x]", "[x]\neffects: {learner: forests}",
            "8: effects.learner must be s or t or x or r or dr or dml or hybrid or tree or cohorts or forest or stack "
                + "or pooled or columns or t-forest but is \"forests\"; perhaps \"forest\" is meant"
        ),
        (
            "[x]", "[x]\neffects: {learner: t, effectModels: {depth: 2}}",
            "8: effects.effectModels goes with the learners x, r, dr, hybrid and stack only; set one of them, or remove it"
        ),
        (
            "[x]", "[x]\neffects: {learner: x, effectModels: {dept: 2}}",
            "8: unknown key \"dept\" in effects.effectModels; perhaps \"depth\" is meant"
        ),
        (
            "[x]", "[x]\neffects: {outcomeModels: {learningRate: 0}}",
            "8: effects.outcomeModels.learningRate must be above 0 up to 1 but is 0"
        ),
        (
            "[x]", "[x]\neffects: {columns: {a: {y: b}}}",
            "8: effects.columns goes with learner: columns only; set learner: columns or remove it"
        ),
        (
            "[x]", "[x]\neffects: {learner: columns, columns: {c: {y: b}}}",
            "8: the control needs no effects: they are 0; remove \"c\""
        ),
        (
            "[x]", "[x]\neffects: {learner: columns, columns: {d: {z: b}}}",
            "8: effects.columns.d has effects on the unknown outcome \"z\""
        ),
        (
            "[x]", "[x]\neffects: &e {learner: t}\nsplits: *e",
            "9: the alias *e stands here, and specs have no aliases; write out what it stands for"
        ),
        (
            "[x]", "[x",
            "8: the YAML cannot be read: while parsing a flow sequence (line 7), "
                + "did not find expected ',' or ']'; correct the syntax, and quote texts that hold "
                + ": # [ ] { } , & * ! | > ' \" % @ `"
        ),
    ])
    func oneSentenceEach(old: String, new: String, sentence: String) throws {
        let yaml = Scratch.plainSpec.replacing(old, with: new)
        try #require(yaml != Scratch.plainSpec)
        let error = try #require(throws: EspalierError.self) { try ExperimentSpec.read(yaml: yaml, file: "s.yaml") }
        #expect(error.description == "s.yaml:\(sentence).")
        #expect(error.kind == .data)
    }

    @Test func filesThatAreNoSpecs() throws {
        let scratch = try Scratch()
        func sentence(_ bytes: [UInt8]) throws -> String {
            let path = try scratch.write(bytes, as: "s.yaml")
            let error = try #require(throws: EspalierError.self) { try ExperimentSpec.read(at: path) }
            return error.description.replacing(scratch.folder + "/", with: "")
        }
        let empty = "s.yaml: the spec is empty; propose one with espalier init DATA."
        #expect(try sentence([]) == empty)
        #expect(try sentence(Array("# nothing\n".utf8)) == empty)
        #expect(
            try sentence(Array("name: a\nx: \0".utf8))
                == "s.yaml:2: there is a NUL byte, so this is not a text file in UTF-8; save the spec as UTF-8 text.")
        #expect(
            try sentence(Array("name: a\nx: ".utf8) + [0xe9, 10])
                == "s.yaml:2: the text is not valid UTF-8; save the spec as UTF-8 text.")
        #expect(try sentence(StoredGzip.member([1])).hasPrefix("s.yaml: this is a gzip file, not a spec;"))
        #expect(try sentence(Array(repeating: 32, count: 2 << 20)).hasPrefix("s.yaml: a spec of more than 1 MiB"))
        #expect(
            try sentence(Array("- a\n- b\n".utf8)).hasPrefix("s.yaml:1: the spec must be a mapping of keys to values"))
        let deep = String(repeating: "[", count: 100_000)
        #expect(try sentence(Array("name: \(deep)".utf8)).hasPrefix("s.yaml:1: the YAML cannot be read: "))
        let missing = try #require(throws: EspalierError.self) {
            try ExperimentSpec.read(at: scratch.folder + "/no.yaml")
        }
        #expect(missing.kind == .noInput)
    }

    @Test func anAliasBombIsRefusedAtOnce() throws {
        var yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for (outer, inner) in zip("bcdefghij", "abcdefghi") {
            yaml += "\(outer): &\(outer) [" + Array(repeating: "*\(inner)", count: 9).joined(separator: ", ") + "]\n"
        }
        let error = try #require(throws: EspalierError.self) { try ExperimentSpec.read(yaml: yaml, file: "s.yaml") }
        #expect(error.line == 2 && error.message == "the alias *a stands here, and specs have no aliases")
    }

    @Test func texts() throws {
        let yaml = Scratch.plainSpec.replacing("name: test", with: "name: \"Ünï: *stars* & [more]\" # &a *a\n")
        #expect(try ExperimentSpec.read(yaml: "\u{feff}" + yaml, file: "s.yaml").name == "Ünï: *stars* & [more]")
    }
}
