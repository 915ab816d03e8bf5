import Experiments
import Foundation
import Runtime
import Studies

/// What the workbench gets from its caller beside the study.
package struct WorkbenchServices: Sendable {
    /// The report on a study as HTML, with the candidate it says was chosen.
    package typealias Page = @Sendable (Study, Candidate?, Workers) throws -> String
    /// Writes a draft's spec to a file of that name.
    package typealias SpecWriter = @Sendable (SpecDraft, String) throws -> Void

    /// Name and version, for the provenance of files.
    let tool: String
    /// What the names of files typed on screen start from; nil is the present folder.
    let folder: String?
    let page: Page?
    let writeSpec: SpecWriter

    /// - Parameters:
    ///   - page: makes the study's HTML report; nil where there is none to be had.
    ///   - writeSpec: writes the spec that set-up has made.
    package init(
        tool: String, folder: String? = nil, page: Page? = nil, writeSpec: @escaping SpecWriter = { _, _ in }
    ) {
        self.tool = tool
        self.folder = folder
        self.page = page
        self.writeSpec = writeSpec
    }

    /// - Throws: `EspalierError` (.cannotCreate) where a file of that name may not be written.
    func checkTarget(_ path: String) throws { _ = try OutputFile.target(path, in: folder) }

    /// The whole path of a file as it was typed; `~` is the home folder.
    func place(_ path: String) -> String { OutputFile.place(path, in: folder).path }

    func write(_ data: Data, to path: String) throws { _ = try OutputFile.write(data, to: path, in: folder) }
}
