/// The JSON Schema of a theme, for editors.
package enum ThemeSchema {
    private static func list(_ values: [String]) -> String { values.map { "\"\($0)\"" }.joined(separator: ", ") }

    private static var roles: String {
        Role.allCases.map { "\"\($0.rawValue)\": {\"$ref\": \"#/$defs/look\"}" }.joined(separator: ",\n      ")
    }

    /// Draft 7, which editors know best.
    package static let text = #"""
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Espalier theme",
          "description": "A palette of named colours, then what each role of the screen is made of; a role that is left out looks as text does.",
          "type": "object",
          "required": ["name", "roles"],
          "additionalProperties": false,
          "properties": {
            "name": {"type": "string", "minLength": 1},
            "background": {"enum": ["light", "dark", "terminal"]},
            "palette": {"type": "object", "additionalProperties": {"$ref": "#/$defs/ink"}},
            "roles": {"type": "object", "required": ["text"], "additionalProperties": false, "properties": {
              \#(roles)
            }}
          },
          "$defs": {
            "ink": {"type": "object", "additionalProperties": false, "properties": {
              "hex": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
              "256": {"type": "integer", "minimum": 0, "maximum": 255},
              "16": {"enum": [\#(list(ThemeReader.ansiNames))]}}},
            "flags": {"type": "array", "items": {"enum": [\#(list(ThemeReader.flagNames.keys.sorted()))]}},
            "look": {"type": "object", "additionalProperties": false, "properties": {
              "fg": {"type": "string", "description": "A colour of the palette, or default."},
              "bg": {"type": "string", "description": "A colour of the palette, or default."},
              "flags": {"$ref": "#/$defs/flags"},
              "mono": {"$ref": "#/$defs/flags", "description": "In place of flags where there is no colour."}}}
          }
        }
        """#
}
