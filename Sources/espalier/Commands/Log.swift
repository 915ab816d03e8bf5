import ArgumentParser
import Foundation
import Studies
import Texts

struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a study's log of actions as JSON lines; `espalier STUDY --replay LOG` does them again.")

    @Argument(help: "The study.", completion: .study)
    var study: String
    @OptionGroup var destination: DestinationOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let log = try StudyLog.export(CommandStudy.open(study).file)
        try Output.write(Data(DisplayText.escapedJSON(log)))
    }
}
