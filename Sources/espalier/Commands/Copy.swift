import ArgumentParser
import Studies

struct Copy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy a study as it is at this moment, also while it is open elsewhere.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @Argument(help: "Where the copy goes.", completion: .file())
    var target: String
    @OptionGroup var overwriting: OverwriteOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Output.refuseOverwriting(target)
        try StudyCopy.make(of: study, at: target)
        try Output.write("\(target): a copy of \(study)\n")
    }
}
