import Experiments
import Frames
import Policies
import Studies

/// Balance of the covariates as a dot plot of standardised differences from control, one number per arm on each track.
enum BalancePane {
    static func draw(
        _ state: WorkbenchState, _ description: StudyDescription, _ health: HealthReport, in rect: Rect,
        of frame: inout Frame
    ) {
        let hasCursor = state.experimentPane == .balance
        frame.write(
            ChecksPane.title("BALANCE", hasCursor, "covariates by arm, standardised differences", frame.glyphs),
            in: rect, row: 0)
        let count = description.covariates.count
        frame.write(
            "   not checked: nothing is known of how the arms' \(count) covariates compare", in: rect, row: 1,
            style: .warning)
    }
}
