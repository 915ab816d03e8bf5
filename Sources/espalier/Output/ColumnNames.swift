/// Names of CSV columns from the headings of a table: snake_case, each once, the statistics of a figure under its name.
enum ColumnNames {
    /// Headings that say something of the figure before them.
    private static let ofFigures: Set<String> = [
        "SE", "low", "high", "p", "Holm p", "BH p", "df", "of limit", "covers", "joint low", "joint high",
    ]
    /// Words that a table shortens.
    private static let long = [
        "SE": "standard_error", "Holm p": "p_holm", "p (Holm)": "p_holm", "BH p": "p_false_discovery",
        "p (FDR)": "p_false_discovery", "P(best)": "probability_best", "P(limits)": "probability_limits",
        "R-score": "r_score", "mu-risk": "mu_risk", "E-value": "e_value", "df": "degrees_of_freedom",
    ]

    static func unique(_ headings: [String]) -> [String] {
        var figure = ""
        var names: [String] = []
        for heading in headings {
            let own = long[heading] ?? snakeCase(heading)
            let isOfFigure = ofFigures.contains(heading)
            if !isOfFigure { figure = own }
            let isRepeated = isOfFigure && headings.count { $0 == heading } > 1 && !figure.isEmpty
            names.append(isRepeated ? "\(figure)_\(own)" : own)
        }
        var seen: [String: Int] = [:]
        return names.map { name in
            seen[name, default: 0] += 1
            return seen[name] == 1 ? name : "\(name)_\(seen[name] ?? 0)"
        }
    }

    /// "units per arm" -> "units_per_arm".
    static func snakeCase(_ heading: String) -> String {
        let words = heading.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? "name" : words.joined(separator: "_")
    }
}
