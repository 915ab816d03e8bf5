import Experiments
import Foundation
import Runtime

/// The folder a scenario is written to. All files are written beside their places first and renamed when every one of
/// them is complete, so no failure leaves a partial file, and a full disk leaves what was there before as it was.
struct ScenarioFolder {
    let path: String

    /// - Returns: the paths, in the order of the texts.
    /// - Throws: `cannotCreate` with the system's reason.
    func write(_ texts: [ScenarioText], workers: Workers) throws -> [String] {
        let contents = try workers.map(texts.count) { index in
            Data(texts[index].isCompressed ? try Gzip.compress(texts[index].bytes) : texts[index].bytes)
        }
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw failure("the folder cannot be made", at: path, error)
        }
        let files = zip(texts, contents).map { text, content in
            (path: folder.appendingPathComponent(text.name).path, data: content)
        }
        try AtomicFile.write(files)
        return files.map(\.path)
    }

    private func failure(_ what: String, at path: String, _ cause: (any Error)?) -> EspalierError {
        EspalierError(
            .cannotCreate, reason(cause).map { "\(what) (\($0))" } ?? what, file: path,
            remedy: "choose a folder you may write to, with room for a few megabytes")
    }

    /// The system's own words, which Foundation hides one error deep.
    private func reason(_ cause: (any Error)?) -> String? {
        guard let cause else { return nil }
        if let system = cause as? POSIXError { return String(cString: strerror(system.code.rawValue)) }
        return reason((cause as NSError).userInfo[NSUnderlyingErrorKey] as? any Error)
    }
}
