/// An experiment and what reading it showed.
package struct ExperimentReading: Sendable {
    package internal(set) var experiment: Experiment
    package let notes: ReadingNotes
    /// All units of the arms, those left out for a missing outcome included, without outcomes; nil where none is left out, or
    /// where the arms were not randomised.
    package let everyone: Experiment?
    /// The units whose outcomes were seen, as they were seen: `experiment` itself unless that is weighted for drop-out.
    package let observed: Experiment

    package init(
        experiment: Experiment, notes: ReadingNotes, everyone: Experiment? = nil, observed: Experiment? = nil
    ) {
        self.experiment = experiment
        self.observed = observed ?? experiment
        self.notes = notes
        self.everyone = everyone
    }
}
