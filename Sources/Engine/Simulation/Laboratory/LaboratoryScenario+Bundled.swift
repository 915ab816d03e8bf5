extension LaboratoryScenario {
    /// The scenarios that come with the product, by name, in the form in which one's own are written.
    package static let bundledNames = ["1", "2", "2s", "null"]

    /// What is to be known of figures that were published of them (METHODS 4.7).
    package static let beyondTheGenerator =
        "What the published figures show beyond this does not come out of their generator. In scenario 2 the noise level hardly "
        + "matters for the objective, whose effects spread by about a hundred control means, while those on Y3 lie far below "
        + "their error: that limit is a lottery, which no estimate wins and the stochastic method survives. Member-level "
        + "methods do not fall behind cohorts as W grows, and merged trees do not reach parity in scenario 1."

    /// - Returns: nil where none has the name.
    package static func bundled(_ name: String) throws -> LaboratoryScenario? {
        try bundledText(name).map { try LaboratoryScenario(yaml: $0, file: "scenario \(name)") }
    }

    /// The YAML of a bundled scenario.
    package static func bundledText(_ name: String) -> String? {
        switch name {
        case "1": text(name, "One arm is best for everybody on everything.", first)
        case "2": text(name, "Objective and limits pull apart.", second)
        case "2s":
            text(name, "Scenario 2 with effects of a tenth.", second.map { $0.map { $0.map { $0 / 10 } } })
        case "null": text(name, "No arm does anything.", first.map { $0.map { $0.map { _ in 0 } } })
        default: nil
        }
    }

    /// By outcome and arm: w1 to w3 of H2², H3² and H4² (Y1), w4 of H3² and w5 of H4 (Y2), w6 of H1² (Y3).
    private static let first = [
        [[0.12, 0.12, 0.12], [0.1, 0.08, 0.11], [0.11, 0.05, 0.06]], [[0.2, 0.2], [0.15, 0.1], [0.1, 0.05]],
        [[40.0], [30], [20]],
    ]
    private static let second = [
        [
            [1.5855288, 0.5465028, 0.6300986], [1.709466, 1.6058875, -0.2761841],
            [0.8906967, -0.817956, -0.2841597],
        ], [[-0.919322, -0.1293721], [-0.1162478, 0.0202165], [1.817312, -1.250532]],
        [[0.3168998], [-1.3863575], [-0.8315776]],
    ]

    private static func text(_ name: String, _ comment: String, _ weights: [[[Double]]]) -> String {
        let terms = [["H2^2", "H3^2", "H4^2"], ["H3^2", "H4"], ["H1^2"]]
        let outcomes = [
            ("Y1", "", "{U: 1}", "0.5 W"), ("Y2", "    limit: -0.1\n", "{U: 1}", "1.5 W"),
            ("Y3", "    limit: -0.1\n", "{U*H3: 1}", "2.5 W"),
        ]
        let blocks = outcomes.enumerated().map { index, outcome in
            let effects = weights[index].enumerated().map { arm, weights in
                let terms = zip(terms[index], weights).map { "\($0): \($1)" }.joined(separator: ", ")
                return "      A\(arm + 1): {\(terms)}\n"
            }
            return "  \(outcome.0):\n\(outcome.1)    terms: \(outcome.2)\n    noise: \(outcome.3)\n    effects:\n"
                + effects.joined()
        }
        return """
            # \(comment)
            name: "\(name)"
            arms: [control, A1, A2, A3]
            nodes:
              H1: {terms: {1: 0.5}, noise: 1}
              H2: {terms: {H1^2: 2}, noise: 2.5}
              H3: {terms: {H1: 2, H2: 1.4}, noise: 2}
              H4: {terms: {1: -0.5, H3: 0.7, H2: 0.3}, noise: 1}
              U: {observed: no, terms: {1: 3}, noise: 1.5 W}
            outcomes:

            """ + blocks.joined()
    }
}
