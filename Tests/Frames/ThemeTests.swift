import Foundation
import Frames
import Testing

@Suite struct ThemeTests {
    static let names = ["ansi", "espalier-dark", "espalier-light", "high-contrast"]
    static let library = ThemeLibrary(directories: [
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../themes").path
    ])

    @Test func allThemesAreFound() {
        #expect(Self.library.names == Self.names)
    }

    /// Where no folder of themes is at hand the binary has them, as they are in the files.
    @Test(arguments: names) func theBinaryCarriesEveryTheme(name: String) throws {
        let alone = ThemeLibrary.standard(executable: "/nowhere/bin/espalier", environment: ["HOME": "/nowhere"])
        #expect(alone.names == Self.names)
        #expect(try alone.theme(named: name) == Self.library.theme(named: name))
    }

    @Test(arguments: names, [ColourDepth.indexed256, .trueColour])
    func textStandsOutFromItsPaper(name: String, depth: ColourDepth) throws {
        let theme = try Self.library.theme(named: name)
        #expect(theme.name == name)
        let required = name == "high-contrast" ? 7 : 4.5
        for role in Role.allCases {
            let appearance = theme.appearance(of: Style(role), at: depth)
            guard let ink = Self.rgb(appearance.foreground), let paper = Self.rgb(appearance.background) else {
                #expect(name == "ansi")
                continue
            }
            #expect(Self.contrast(ink, paper) >= required, "\(role) of \(name) at \(depth)")
        }
    }

    @Test(arguments: names, ColourDepth.allCases)
    func focusAndErrorAreNeverMistakenForText(name: String, depth: ColourDepth) throws {
        let theme = try Self.library.theme(named: name)
        let text = theme.appearance(of: .text, at: depth)
        for style in [Style.focus, .selection, .error] { #expect(theme.appearance(of: style, at: depth) != text) }
        if depth == .mono {
            for role in Role.allCases {
                let look = theme.appearance(of: Style(role), at: .mono)
                #expect(look.foreground == .terminalDefault && look.background == .terminalDefault)
            }
        }
    }

    @Test(arguments: ["espalier-dark", "espalier-light", "high-contrast"])
    func seriesHaveColoursOfTheirOwn(name: String) throws {
        let theme = try Self.library.theme(named: name)
        for depth in [ColourDepth.indexed256, .trueColour] {
            let inks = (0..<8).map { theme.appearance(of: .series($0), at: depth).foreground }
            #expect(Set(inks).count == 8)
        }
    }

    /// Series, and good from bad, stay apart for people with protanopia, deuteranopia and tritanopia: CIE 1976 differences
    /// after the simulation of Machado, Oliveira & Fernandes (2009) at severity 1.
    @Test(arguments: ["espalier-dark", "espalier-light", "high-contrast"], Dichromacy.allCases)
    func coloursStayApartWithoutAConeType(name: String, seenBy dichromacy: Dichromacy) throws {
        let theme = try Self.library.theme(named: name)
        for (depth, least) in [(ColourDepth.trueColour, 8.5), (.indexed256, 7)] {
            func seen(_ style: Style) throws -> [Double] {
                dichromacy.lab(of: try #require(Self.rgb(theme.appearance(of: style, at: depth).foreground)))
            }
            for i in 0..<8 {
                for j in 0..<i {
                    let difference = Dichromacy.difference(try seen(.series(i)), try seen(.series(j)))
                    #expect(difference >= least, "series \(i + 1) and \(j + 1) of \(name) at \(depth): \(difference)")
                }
            }
            #expect(Dichromacy.difference(try seen(.good), try seen(.bad)) >= 15)
            // Outcomes have colours of their own: no other outcome's, no verdict's, and none of the first arms'.
            for i in 0..<4 {
                let others = (0..<i).map { Style.outcome($0) } + [.good, .bad] + (0..<6).map { Style.series($0) }
                for other in others {
                    let difference = Dichromacy.difference(try seen(.outcome(i)), try seen(other))
                    #expect(difference >= 7, "outcome \(i + 1) and \(other) of \(name) at \(depth): \(difference)")
                }
            }
        }
    }

    @Test(arguments: [
        ("name: a\nroles:\n  text: {}\n  titel: {}", "t.yaml:4: unknown role 'titel'; did you mean 'title'?"),
        ("name: a\npalette:\n  p: {hex: \"#12345\"}\nroles:\n  text: {}", "t.yaml:3: colour 'p' has hex '#12345'"),
        ("name: a\npalette:\n  p: {hex: #123456}\nroles: {text: {}}", "t.yaml:"),
        ("name: a\npalette:\n  p: {256: 300}\nroles:\n  text: {}", "t.yaml:3: colour 'p' has 256 '300'"),
        (
            "name: a\npalette:\n  p: {16: pink}\nroles:\n  text: {}",
            "t.yaml:3: colour 'p' has 16 'pink'; use one of black"
        ),
        ("roles:\n  text: {}", "t.yaml: the theme has no name; add"),
        (
            "name: a\nbackgroud: dark\nroles: {text: {}}",
            "t.yaml:2: unknown key 'backgroud'; did you mean 'background'?"
        ),
        ("name: a\nbackground: grey\nroles: {text: {}}", "t.yaml:2: background 'grey' is not one of"),
        ("name: a\nroles:\n  text: {fg: blu}", "t.yaml:3: unknown colour 'blu'; use one of default."),
        ("name: a\nroles:\n  text: {flags: [blod]}", "t.yaml:3: unknown flag 'blod'; did you mean 'bold'?"),
        ("name: a\nroles:\n  title: {}", "t.yaml:3: roles has no 'text'"),
        ("name: a\nroles: [", "t.yaml:"), ("", "t.yaml: the file is empty"),
        ("- a", "t.yaml:1: the theme is not a mapping"),
    ])
    func mistakesNameFileLineAndRemedy(yaml: String, expected: String) {
        let error = #expect(throws: ThemeError.self) { try Theme(yaml: yaml, file: "t.yaml") }
        #expect(error?.message.hasPrefix(expected) == true, "\(error?.message ?? "")")
    }

    @Test func missingThemesAreExplained() {
        let error = #expect(throws: ThemeError.self) { try Self.library.theme(named: "espalier-drak") }
        #expect(error?.message == "espalier-drak: there is no such theme; did you mean 'espalier-dark'?")
        #expect(throws: ThemeError.self) { try Self.library.theme(named: "/nowhere/x.yaml") }
        #expect(throws: ThemeError.self) { try ThemeLibrary(directories: []).theme(named: "x") }
    }

    @Test(
        arguments: [
            (0, [:], nil, ColourDepth.mono), (8, [:], nil, .ansi16), (16, [:], nil, .ansi16),
            (256, [:], nil, .indexed256),
            (256, ["COLORTERM": "truecolor"], nil, .trueColour), (256, ["COLORTERM": "yes"], nil, .indexed256),
            (1 << 24, [:], nil, .trueColour), (256, ["NO_COLOR": "1"], nil, .mono),
            (256, ["NO_COLOR": ""], nil, .indexed256),
            (256, ["NO_COLOR": "1"], .ansi16, .ansi16), (8, ["COLORTERM": "24bit"], nil, .ansi16),
        ] as [(Int, [String: String], ColourDepth?, ColourDepth)])
    func depthFollowsTerminalAndUser(
        colours: Int, environment: [String: String], requested: ColourDepth?, expected: ColourDepth
    ) {
        let chosen = ColourDepth.choose(terminalColours: colours, environment: environment, requested: requested)
        #expect(chosen == expected)
    }

    private static func rgb(_ colour: Colour) -> RGB? {
        switch colour {
        case .terminalDefault, .ansi: nil
        case .indexed(let index): RGB(indexed: index)
        case .rgb(let rgb): rgb
        }
    }

    /// WCAG 2.2, contrast ratio.
    private static func contrast(_ one: RGB, _ other: RGB) -> Double {
        let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }

    private static func luminance(_ colour: RGB) -> Double {
        func linear(_ value: UInt8) -> Double {
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
    }
}
