import Texts
import Yams

/// Reads a theme's YAML: a palette of named colours, then what each role is made of.
struct ThemeReader {
    let file: String

    func theme(from yaml: String) throws(ThemeError) -> Theme {
        let root = try mapping(try compose(yaml), "the theme")
        try check(root, known: ["name", "background", "palette", "roles"], what: "key")
        guard let nameNode = root["name"], let name = nameNode.string, !name.isEmpty else {
            throw error(root["name"], "the theme has no name; add a line such as 'name: my-theme'.")
        }
        var palette: [String: Theme.Ink] = ["default": .terminalDefault]
        if let node = root["palette"] {
            for (key, value) in try mapping(node, "palette") { palette[try text(key)] = try ink(value, key) }
        }
        guard let rolesNode = root["roles"] else {
            throw error(nil, "the theme has no roles; add 'roles:' with at least 'text'.")
        }
        var looks: [Role: Theme.Look] = [:]
        for (key, value) in try mapping(rolesNode, "roles") {
            let roleName = try text(key)
            guard let role = Role(rawValue: roleName) else {
                throw unknown("role", roleName, key, among: Role.allCases.map(\.rawValue))
            }
            looks[role] = try look(value, roleName, palette)
        }
        guard let ordinary = looks[.text] else {
            throw error(rolesNode, "roles has no 'text', which the others fall back to; add it.")
        }
        // Themes of before outcomes had colours of their own gave them those of arms.
        for index in 0..<4 where looks[.outcome(index)] == nil { looks[.outcome(index)] = looks[.series(index)] }
        for role in Role.allCases where looks[role] == nil { looks[role] = ordinary }
        return Theme(name: name, background: try background(root["background"]), looks: looks)
    }

    private func compose(_ yaml: String) throws(ThemeError) -> Node {
        let node: Node?
        do {
            node = try YAMLTree.compose(yaml)
        } catch {
            throw ThemeError(file: file, line: error.line, error.sentence + ".")
        }
        guard let node else {
            throw ThemeError(file: file, line: nil, "the file is empty; a theme needs a name and roles.")
        }
        return node
    }

    private func background(_ node: Node?) throws(ThemeError) -> Theme.Background {
        guard let node else { return .terminal }
        let name = try text(node)
        guard let background = Theme.Background(rawValue: name) else {
            throw error(node, "background '\(name)' is not one of light, dark, terminal; use one of them.")
        }
        return background
    }

    private func look(_ node: Node, _ role: String, _ palette: [String: Theme.Ink]) throws(ThemeError) -> Theme.Look {
        let entries = try mapping(node, "role '\(role)'")
        try check(entries, known: ["fg", "bg", "flags", "mono"], what: "key of role '\(role)'")
        var look = Theme.Look()
        if let node = entries["fg"] { look.foreground = try colour(node, palette) }
        if let node = entries["bg"] { look.background = try colour(node, palette) }
        if let node = entries["flags"] { look.flags = try flags(node) }
        look.monoFlags = try entries["mono"].map(flags) ?? look.flags
        return look
    }

    private func colour(_ node: Node, _ palette: [String: Theme.Ink]) throws(ThemeError) -> Theme.Ink {
        let name = try text(node)
        guard let ink = palette[name] else { throw unknown("colour", name, node, among: palette.keys.sorted()) }
        return ink
    }

    private func ink(_ node: Node, _ key: Node) throws(ThemeError) -> Theme.Ink {
        let name = try text(key)
        let entries = try mapping(node, "colour '\(name)'")
        try check(entries, known: ["hex", "256", "16"], what: "key of colour '\(name)'")
        var ink = Theme.Ink()
        if let node = entries["hex"] {
            guard let rgb = node.string.flatMap(RGB.init(hex:)) else {
                throw error(node, "colour '\(name)' has hex \(quoted(node)); write it as \"#rrggbb\", with quotes.")
            }
            ink.trueColour = rgb
        }
        if let node = entries["256"] {
            guard let index = node.string.flatMap(UInt8.init) else {
                throw error(node, "colour '\(name)' has 256 \(quoted(node)); write a number from 0 to 255.")
            }
            ink.indexed256 = index
        }
        if let node = entries["16"] {
            guard let index = node.string.flatMap({ Self.ansiNames.firstIndex(of: $0) }) else {
                throw error(
                    node,
                    "colour '\(name)' has 16 \(quoted(node)); use one of \(Self.ansiNames.joined(separator: ", ")).")
            }
            ink.ansi16 = UInt8(index)
        }
        return ink
    }

    private func flags(_ node: Node) throws(ThemeError) -> Style.Flags {
        guard let items = node.sequence else { throw error(node, "flags are a list; write them as [bold, reverse].") }
        let known = Self.flagNames
        var flags: Style.Flags = []
        for item in items {
            let name = try text(item)
            guard let flag = known[name] else { throw unknown("flag", name, item, among: known.keys.sorted()) }
            flags.insert(flag)
        }
        return flags
    }

    private func mapping(_ node: Node, _ what: String) throws(ThemeError) -> Node.Mapping {
        guard let mapping = node.mapping else {
            throw error(node, "\(what) is not a mapping; write 'key: value' lines.")
        }
        return mapping
    }

    private func text(_ node: Node) throws(ThemeError) -> String {
        guard let text = node.scalar?.string else { throw error(node, "a name belongs here; write a single word.") }
        return text
    }

    private func check(_ mapping: Node.Mapping, known: [String], what: String) throws(ThemeError) {
        for (key, _) in mapping {
            let name = try text(key)
            if !known.contains(name) { throw unknown(what, name, key, among: known) }
        }
    }

    private func unknown(_ what: String, _ name: String, _ node: Node, among known: [String]) -> ThemeError {
        let near = Spelling.nearest(to: name, among: known)
        let remedy = near.map { "did you mean '\($0)'?" } ?? "use one of \(known.joined(separator: ", "))."
        return error(node, "unknown \(what) '\(name)'; \(remedy)")
    }

    private func quoted(_ node: Node) -> String { "'\(node.scalar?.string ?? "")'" }

    private func error(_ node: Node?, _ problem: String) -> ThemeError {
        ThemeError(file: file, line: node?.mark?.line, problem)
    }

    static let flagNames: [String: Style.Flags] = [
        "bold": .bold, "reverse": .reverse, "underline": .underline, "dimmed": .dimmed,
    ]

    static let ansiNames = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "brightBlack", "brightRed",
        "brightGreen", "brightYellow", "brightBlue", "brightMagenta", "brightCyan", "brightWhite",
    ]
}
