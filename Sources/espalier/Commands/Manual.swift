import ArgumentParser
import Foundation

/// The man page, made of what the commands say of themselves.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the man page: `espalier manual | man -l -` shows it.", shouldDisplay: false)

    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let page = try JSONDecoder().decode(CommandPage.self, from: Data(Espalier._dumpHelp().utf8))
        try Output.write(raw: ManualPage(page.command, version: Espalier.versionText).text)
    }
}
