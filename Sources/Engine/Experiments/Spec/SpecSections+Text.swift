import Texts

extension SpecSections {
    /// `text:` of the whole spec: what holds for every column of numbers that says nothing of its own.
    static func defaultText(_ node: SpecNode) throws -> TextFormat {
        try text(node, keys: ["missing", "thousands", "decimal"])
    }

    /// `text:` of an outcome, or of a covariate that is one of numbers.
    static func numericText(_ node: SpecNode) throws -> TextFormat {
        try text(node, keys: ["missing", "yes", "no", "percent", "thousands", "decimal", "currency"])
    }

    /// `text:` of a covariate.
    static func covariateText(_ node: SpecNode, kind: CovariateKind?) throws -> TextFormat {
        kind == .categorical ? try text(node, keys: ["missing"]) : try numericText(node)
    }

    private static func text(_ node: SpecNode, keys: [String]) throws -> TextFormat {
        let values = try node.mapping(keys: keys)
        var format = TextFormat()
        format.missing = try values["missing"]?.rawTexts()
        format.yes = try values["yes"]?.rawTexts()
        format.no = try values["no"]?.rawTexts()
        if let percent = values["percent"] {
            guard ["true", "false"].contains(try percent.text()) else {
                throw percent.error("\(percent.name) must be true or false")
            }
            format.percent = try percent.text() == "true" ? true : nil
        }
        format.thousands = try values["thousands"].map {
            try mark($0, among: [",", ".", " ", "'", "’", "_", "\u{a0}", "\u{202f}"])
        }
        format.decimal = try values["decimal"].map { try mark($0, among: [".", ","]) }
        if format.thousands != nil, format.thousands == format.decimal ?? ".", let wrong = values["thousands"] {
            throw wrong.error(
                "\(wrong.name) and the mark before fractions are both \(DisplayText.quoted(format.thousands ?? ""))",
                remedy: "write decimal: \",\" or another mark")
        }
        format.currency = try values["currency"]?.text()
        if let yes = format.yes, let twice = format.no?.first(where: yes.contains), let node = values["no"] {
            throw node.error(
                "\(DisplayText.quoted(twice)) stands for yes and for no in \(node.name)", remedy: "keep one of them")
        }
        if format.yes != nil || format.no != nil,
            let stray = values["percent"] ?? values["thousands"] ?? values["decimal"] ?? values["currency"]
        {
            throw stray.error("\(stray.name) goes with numbers, not with yes and no", remedy: "remove one of them")
        }
        return format
    }

    private static func mark(_ node: SpecNode, among marks: [String]) throws -> String {
        let written = try node.rawTexts()
        guard written.count == 1, marks.contains(written[0]) else {
            throw node.error(
                "\(node.name) must be one of \(marks.map { DisplayText.quoted($0) }.joined(separator: ", "))",
                remedy: "put it in quotes")
        }
        return written[0]
    }
}

extension SpecNode {
    /// Texts as they are written in the data, one or a list, which may be empty.
    func rawTexts() throws -> [String] {
        let items =
            node.sequence.map { $0.map { SpecNode(node: $0, file: file, name: "an item of \(name)") } } ?? [self]
        return try items.map { item in
            guard let text = item.node.scalar?.string else {
                throw item.error("\(item.name) must be a text", remedy: "write it in quotes, as [\"-\", \"n/a\"]")
            }
            guard !DisplayText.hasControl(text) else {
                throw item.error(
                    "\(item.name) holds a control character: \(DisplayText.quoted(text))", remedy: "use printable text")
            }
            return text
        }
    }
}
