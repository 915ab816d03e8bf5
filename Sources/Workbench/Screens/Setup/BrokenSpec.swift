import Experiments
import Foundation
import Runtime

/// A spec that cannot be read: its text, and what is wrong with it where.
package struct BrokenSpec: Sendable, Equatable {
    package let path: String
    let error: EspalierError
    let lines: [String]

    /// nil where the spec can be read, or is no text at all: then there is nothing to show of it.
    package init?(path: String) {
        do {
            _ = try ExperimentSpec.read(at: path)
            return nil
        } catch let error as EspalierError where error.kind == .data {
            self.error = error
        } catch {
            return nil
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

/// Reads a spec again that somebody has mended, or tried to.
struct ReadSpecAgain: WorkbenchTask {
    let path: String

    static var work: WorkKind { .spec }

    func run(_ context: RunContext) throws -> BrokenSpec? { BrokenSpec(path: path) }

    func take(_ broken: BrokenSpec?, in state: inout WorkbenchState) -> [Work] {
        state.setup.broken = broken
        if let broken {
            state.message =
                broken.error.line.map { "read again: line \($0) is still wrong" } ?? "read again: still wrong"
        } else {
            state.setup.written = path
            state.shouldQuit = true
        }
        return []
    }
}

extension StudyWorker {
    /// For a spec that cannot be read.
    package convenience init(showing broken: BrokenSpec, workers: Workers) {
        self.init(workers: workers) { state in
            state.setup.broken = broken
            state.screen = .setup
        }
    }
}
