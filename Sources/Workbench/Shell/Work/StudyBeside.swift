import Foundation
import Runtime
import Studies

/// Another fit of the open study's experiment, written as a study beside it.
enum StudyBeside {
    /// - Parameter fit: made after the place was found free.
    /// - Returns: what was fitted.
    /// - Throws: `EspalierError` (.cannotCreate) where there is a file already; what `fit` throws.
    @discardableResult
    static func write(
        _ path: String, of study: Study, _ services: WorkbenchServices, _ fit: () throws -> StudyFit, workers: Workers
    ) throws -> StudyFit {
        let target = services.place(path)
        guard !FileManager.default.fileExists(atPath: target) else {
            throw EspalierError(
                .cannotCreate, "there is a file already where the study is to be", file: path,
                remedy: "name another place")
        }
        let fitted = try fit()
        try study.file.copy(to: target)
        do {
            _ = try Study.create(at: target, fit: fitted, workers: workers)
        } catch {
            try? FileManager.default.removeItem(atPath: target)
            throw error
        }
        return fitted
    }
}
