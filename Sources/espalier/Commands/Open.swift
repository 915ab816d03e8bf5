import ArgumentParser
import Statistics

struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open the workbench on a study, a spec or a data file; no file: the sample.",
        shouldDisplay: false)

    @Argument(help: "A study, a spec or a data file.")
    var file: String?
    @Option(name: .long, help: "Keys to type without a terminal, as 4llla5.")
    var keys: String?
    @Option(name: .long, help: "Print the frame of this size, as 80x24, instead of opening a terminal.")
    var frame: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
        throw EspalierError(.usage, "the workbench is not built yet")
    }
}
