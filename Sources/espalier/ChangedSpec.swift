import Foundation
import Runtime
import Studies

/// What whoever fits a changed spec over an older study is told and asked.
enum ChangedSpec {
    /// - Parameter mayAsk: whether somebody at a terminal can answer; without one the fit goes on, for nothing is lost.
    /// - Throws: `EspalierError` (.usage) where the answer is no.
    static func settle(spec: String, study path: String, mayAsk: Bool) throws {
        guard let change = try StudyFit.change(specPath: spec, study: path) else { return }
        let kept = StudyReservation.keptPlace(of: path)
        let what = "\(path) was fitted with another spec: \(change.words)"
        let plan =
            "it is kept as \(kept) with its log, and what can be carried over of its candidates goes to the new study, "
            + "with all looks at confirm"
        guard mayAsk, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            Diagnostics.write("espalier: \(what); \(plan).\n")
            return
        }
        Diagnostics.write("espalier: \(what).\nIf the new spec is fitted, \(plan). Fit it? [y/n] ")
        guard readLine()?.lowercased().hasPrefix("y") == true else {
            throw EspalierError(
                .usage, "the changed spec was not fitted", file: spec,
                remedy: "open the study itself: `espalier \(path)`")
        }
    }
}
