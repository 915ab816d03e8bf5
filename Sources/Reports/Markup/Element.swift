import Texts

/// An element of HTML or SVG. Texts and attributes are escaped when it is written, and only there.
package struct Element {
    enum Child {
        case text(String)
        case element(Element)
    }

    private let name: String
    private var attributes: [(name: String, value: String)]
    private let children: [Child]

    /// Elements without an end tag.
    private static let void: Set<String> = ["meta", "br", "hr"]

    package init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Element]) {
        self.name = name
        self.attributes = attributes.map { ($0.key, $0.value) }
        self.children = children.map(Child.element)
    }

    package init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ text: String = "") {
        self.name = name
        self.attributes = attributes.map { ($0.key, $0.value) }
        children = text.isEmpty ? [] : [.text(text)]
    }

    /// A style sheet: its text is ours and stands as it is.
    static func style(_ sheet: String) -> Element { Element("style", [:], sheet) }

    /// The element as text, nested ones in it.
    package func write(to output: inout String) {
        output += "<" + name
        for attribute in attributes { output += " \(attribute.name)=\"\(Self.escaped(attribute.value))\"" }
        guard !Self.void.contains(name) else {
            output += " />"
            return
        }
        output += ">"
        for child in children {
            switch child {
            case .text(let text): output += name == "style" ? text : Self.escaped(text)
            case .element(let element): element.write(to: &output)
            }
        }
        output += "</\(name)>"
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            // Control characters are not allowed in HTML, escaped or not; those that turn the direction would mislead.
            case _ where DisplayText.isControl(scalar): escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
