import Texts

/// How the values of a column are written where they are not plain numbers (`text:` in the spec).
package struct TextFormat: Sendable, Equatable, Codable {
    /// Texts that stand for a missing value: beside the usual ones in a column of numbers, instead of them in one of levels
    /// (where the empty text is always missing). nil leaves the usual ones.
    package var missing: [String]?
    /// Texts that are 1.
    package var yes: [String]?
    /// Texts that are 0.
    package var no: [String]?
    /// Whether values end in a percent sign: 12% is 0.12.
    package var percent: Bool?
    /// What parts groups of three digits: the comma of 1,234.
    package var thousands: String?
    /// What stands before the fraction; nil is a point.
    package var decimal: String?
    /// What stands before or after the amount: the $ of $9.99.
    package var currency: String?

    package init(
        missing: [String]? = nil, yes: [String]? = nil, no: [String]? = nil, percent: Bool? = nil,
        thousands: String? = nil, decimal: String? = nil, currency: String? = nil
    ) {
        self.missing = missing
        self.yes = yes
        self.no = no
        self.percent = percent
        self.thousands = thousands
        self.decimal = decimal
        self.currency = currency
    }

    /// Whether values may be written otherwise than as plain numbers.
    var rewritesNumbers: Bool {
        yes != nil || no != nil || percent == true || thousands != nil || decimal ?? "." != "." || currency != nil
    }

    /// Whether values are plain numbers but for texts of missing ones.
    package var isPlain: Bool { !rewritesNumbers }

    /// Whether a spec can say it: texts with control characters it cannot.
    var isWritable: Bool {
        !((missing ?? []) + (yes ?? []) + (no ?? [])).contains(where: DisplayText.hasControl)
    }

    /// The same without what stands for yes and no.
    var withoutAnswers: TextFormat? {
        var format = self
        format.yes = nil
        format.no = nil
        return format == TextFormat() ? nil : format
    }

    /// The same, with the marks of a default where it has none of its own; nil where neither says anything.
    func over(_ other: TextFormat?) -> TextFormat? {
        var format = self
        format.missing = missing ?? other?.missing
        if yes == nil, no == nil {
            format.thousands = thousands ?? (decimal == nil ? other?.thousands : nil)
            format.decimal = decimal ?? (thousands == nil ? other?.decimal : nil)
        }
        return format == TextFormat() ? nil : format
    }
}

extension TextFormat {
    /// As a spec says it: `{currency: "$", thousands: ","}`.
    package var yaml: String {
        func list(_ texts: [String]) -> String { "[" + texts.map { YAMLText.quoted($0) }.joined(separator: ", ") + "]" }
        var parts: [String] = []
        if let missing { parts.append("missing: \(list(missing))") }
        if let yes { parts.append("yes: \(list(yes))") }
        if let no { parts.append("no: \(list(no))") }
        if percent == true { parts.append("percent: true") }
        if let thousands { parts.append("thousands: \(YAMLText.quoted(thousands))") }
        if let decimal { parts.append("decimal: \(YAMLText.quoted(decimal))") }
        if let currency { parts.append("currency: \(YAMLText.quoted(currency))") }
        return "{" + parts.joined(separator: ", ") + "}"
    }
}

extension ExperimentSpec {
    /// How an outcome's columns are written: its own format, or the spec's.
    func textFormat(of outcome: OutcomeSpec) -> TextFormat? { (outcome.text ?? TextFormat()).over(text) }

    /// How a covariate is written: its own format, or for one that may be of numbers the spec's.
    package func textFormat(of covariate: CovariateSpec) -> TextFormat? {
        covariate.kind == .categorical ? covariate.text : (covariate.text ?? TextFormat()).over(text)
    }
}
