import Runtime
import Studies

/// What engine work hands over to the main thread.
package enum Delivery: Sendable {
    case stage(StudyFit.Stage)
    case opened(OpenedStudy)
    case computed(ComputedOperation)
    /// Takes in the answer of a query.
    case answered(@Sendable (inout WorkbenchState) -> [Work])
    /// How far work is, and the seconds it has taken so far.
    case progress(WorkKind, Progress, elapsed: Double)
    case finished(WorkKind)
    case failed(WorkKind, EspalierError)
    case cancelled(WorkKind)
}
