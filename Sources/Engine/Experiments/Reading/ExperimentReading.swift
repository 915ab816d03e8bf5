/// An experiment and what reading it showed.
package struct ExperimentReading: Sendable {
    package let experiment: Experiment
    package let notes: ReadingNotes

    package init(experiment: Experiment, notes: ReadingNotes) {
        self.experiment = experiment
        self.notes = notes
    }
}
