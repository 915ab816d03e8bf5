/// The man page of a command and all its subcommands, in the man macros (man(7)).
struct ManualPage {
    private let root: CommandPage.Command
    private let version: String

    init(_ root: CommandPage.Command, version: String) {
        self.root = root
        self.version = version
    }

    var text: String {
        var lines = [
            ".TH ESPALIER 1 \"\" \"espalier \(version)\" \"User Commands\"",
            ".SH NAME", "espalier \\- \(Self.escaped(root.abstract ?? ""))",
            ".SH SYNOPSIS", ".B espalier", "[\\fIFILE\\fR] [\\fIOPTIONS\\fR]", ".br", ".B espalier",
            "\\fICOMMAND\\fR [\\fIOPTIONS\\fR]",
            ".SH DESCRIPTION",
            "Without a command the workbench opens on a study, a spec or a data file; without a file on the bundled sample.",
        ]
        if let open = root.subcommands?.first(where: { $0.commandName == "open" }) { lines += options(open) }
        lines.append(".SH COMMANDS")
        for command in shown(root) { lines += section(command, path: "espalier") }
        for topic in HelpTopic.allCases {
            lines += [".SH \(topic.rawValue.uppercased())", ".nf"]
            lines += topic.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
                Self.escaped(String($0))
            }
            lines.append(".fi")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func shown(_ command: CommandPage.Command) -> [CommandPage.Command] {
        (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    }

    private func section(_ command: CommandPage.Command, path: String) -> [String] {
        let name = "\(path) \(command.commandName)"
        let own = shown(command)
        guard own.isEmpty else { return own.flatMap { section($0, path: name) } }
        let operands = (command.arguments ?? []).filter { $0.kind == "positional" && $0.shouldDisplay }.map {
            let value = ($0.valueName ?? "").uppercased() + ($0.isRepeating ? "..." : "")
            return $0.isOptional ? "[\(value)]" : value
        }
        return [".SS \"\(Self.escaped(([name] + operands).joined(separator: " ")))\""]
            + [Self.escaped(command.abstract ?? "")]
            + (command.discussion.map { [".PP"] + Self.paragraphs($0) } ?? []) + options(command)
    }

    private func options(_ command: CommandPage.Command) -> [String] {
        (command.arguments ?? []).filter { $0.shouldDisplay && !Self.everywhere($0) }.flatMap { argument -> [String] in
            let value = argument.kind == "option" ? " \\fI\(Self.escaped(argument.valueName ?? "value"))\\fR" : ""
            let names =
                argument.names.map { $0.map { "\\fB\(Self.escaped($0.text))\\fR" }.joined(separator: ", ") + value }
                ?? "\\fI\(Self.escaped(argument.valueName ?? ""))\\fR"
            let usual = argument.defaultValue.map { " (default: \($0))" } ?? ""
            return [".TP", names, Self.escaped((argument.abstract ?? "") + usual)]
        }
    }

    /// What every command has, and what is said once.
    private static func everywhere(_ argument: CommandPage.Argument) -> Bool {
        ["--help", "--version"].contains { name in argument.names?.contains { $0.text == name } ?? false }
    }

    private static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ".PP" : escaped(String($0)) }
    }

    /// Text as troff shows it: hyphens that can be copied, no line that is a request.
    private static func escaped(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
            .replacing("\n", with: " ")
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }
}
