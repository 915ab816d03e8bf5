import Foundation
import Policies
import Runtime

/// A policy with all it takes to serve it: its file, its schema, a scorer without dependencies, and a page on how.
struct ServingKit {
    private let document: PolicyDocument
    private let folder: String

    init(_ document: PolicyDocument, folder: String) {
        self.document = document
        self.folder = folder
    }

    private static let names = ["policy.json", "policy.schema.json", "score.py", "README.md"]

    /// Asked before long work.
    /// - Throws: `EspalierError` (.cannotCreate) where a file of the kit is there and may not be replaced.
    static func refuseOverwriting(_ folder: String) throws {
        for name in names { try Output.refuseOverwriting(folder + "/" + name) }
    }

    /// - Throws: `EspalierError` (.usage) for rows as units, (.cannotCreate).
    func write() throws {
        guard document.assignment.unit != nil else {
            throw EspalierError(
                .usage, "the policy's units are rows of a file, which no service can tell apart", file: folder,
                remedy: "name the column of the units' ids under unit in the spec, and fit again")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw EspalierError(
                .cannotCreate, "the folder cannot be made (\(error.localizedDescription))", file: folder,
                remedy: "choose another with --kit")
        }
        let texts = [
            try document.json(), Data((PolicySchema.text + "\n").utf8), Data(try ScorerScript(document).text.utf8),
            Data(ServingPage(document).text.utf8),
        ]
        for (name, text) in zip(Self.names, texts) { try Output.write(text, to: folder + "/" + name) }
    }
}
