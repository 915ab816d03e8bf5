import Foundation
import Statistics

/// The folder a scenario is written to. All files are written beside their places first and renamed when every one of
/// them is complete, so a failure leaves neither a partial file nor half a scenario of new files.
struct ScenarioFolder {
    let path: String

    /// - Returns: the paths, in the order of the texts.
    /// - Throws: `cannotCreate` with the system's reason.
    func write(_ texts: [ScenarioText]) throws -> [String] {
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw failure("the folder cannot be made", at: path, error)
        }
        var pending: [(beside: URL, place: URL)] = []
        defer {
            for file in pending { try? FileManager.default.removeItem(at: file.beside) }
        }
        let process = ProcessInfo.processInfo.processIdentifier
        for text in texts {
            let place = folder.appendingPathComponent(text.name)
            let beside = folder.appendingPathComponent(".\(text.name).\(process).partial")
            pending.append((beside, place))
            do {
                try Data(text.isCompressed ? Gzip.compress(text.bytes) : text.bytes).write(to: beside)
            } catch let error as EspalierError {
                throw error
            } catch {
                throw failure("the file cannot be written", at: place.path, error)
            }
        }
        for file in pending where rename(file.beside.path, file.place.path) != 0 {
            throw failure("the file cannot be put in place", at: file.place.path, POSIXError.current)
        }
        return pending.map(\.place.path)
    }

    private func failure(_ what: String, at path: String, _ cause: any Error) -> EspalierError {
        EspalierError(
            .cannotCreate, "\(what): \(cause.localizedDescription)", file: path,
            remedy: "choose a folder you may write to, with room for a few megabytes")
    }
}

extension POSIXError {
    /// The error the last system call left in errno.
    fileprivate static var current: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
