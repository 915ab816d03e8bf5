import CThemes

/// The themes that the binary carries, for where no folder of themes is at hand.
enum BuiltInThemes {
    /// YAML by name.
    static let texts: [String: String] = Dictionary(
        uniqueKeysWithValues: (0..<ESPALIER_THEME_COUNT).map { number in
            let theme = espalier_theme(number)
            return (String(cString: theme.name), String(cString: theme.yaml))
        })
}
