import ArgumentParser
import Runtime
import Studies

struct OnlineRefit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refit",
        abstract: "Fit the log and all rounds together: effects by everything that is known.",
        discussion: """
            Every unit counts by the propensity that log and rounds together gave it, and what the periods' levels differ by is \
            taken out of the outcomes. Candidates, picks and rounds stay; candidates are estimated anew, and \
            `candidates STUDY` shows the old estimates beside the new ones. `fit SPEC` goes back to the log alone.
            """)

    @Argument(help: "The study.")
    var study: String
    @OptionGroup var common: CommonOptions

    func run() throws {
        let reservation = try StudyReservation(study)
        let fit = try StudyFit.pooling(CommandStudy.open(study, for: .reading), context: common.context)
        ProgressLine.clear()
        let fitted = try Study.create(in: reservation, fit: fit, workers: common.workers)
        try Output.write(FitText.summary(fitted, fit, path: study))
    }
}
