/// The name of a screen: what the log and the study file call it. Each screen's folder declares its own.
package struct Screen: Sendable, Hashable {
    /// Never changed, and never given to another screen.
    package let key: String

    package init(_ key: String) { self.key = key }

    /// nil for a screen that this version does not have.
    var definition: (any ScreenDefinition.Type)? { ScreenList.all.first { $0.screen == self } }

    package var title: String { definition?.title ?? key }

    /// The key that shows it; 0 where none does.
    package var number: Int { definition?.number ?? 0 }

    package var isTab: Bool { definition?.isTab ?? false }

    /// What it is called in the line of tabs.
    package var label: String { number > 0 ? "\(number) \(title)" : title }
}

extension Screen: CaseIterable {
    /// Those of a study, in the order of the tabs.
    package static var allCases: [Screen] { ScreenList.ofStudy.map { $0.screen } }
}

extension Screen: Codable {
    /// Formats 1 to 3 wrote the position among the screens that there were then.
    private static let numbered = ["experiment", "trees", "cohorts", "policy", "front", "models"]

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let position = try? container.decode(Int.self) else {
            key = try container.decode(String.self)
            return
        }
        guard Self.numbered.indices.contains(position) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "there is no screen \(position)")
        }
        key = Self.numbered[position]
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(key)
    }
}
