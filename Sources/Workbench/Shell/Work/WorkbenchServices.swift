import Foundation
import Runtime
import Studies

/// What the workbench gets from its caller beside the study.
package struct WorkbenchServices: Sendable {
    /// The report on a study as HTML, with the candidate it says was chosen.
    package typealias Page = @Sendable (Study, Candidate?, Workers) throws -> String

    /// Name and version, for the provenance of files.
    let tool: String
    /// What the names of files typed on screen start from; nil is the present folder.
    let folder: String?
    let page: Page?

    /// - Parameter page: makes the study's HTML report; nil where there is none to be had.
    package init(tool: String, folder: String? = nil, page: Page? = nil) {
        self.tool = tool
        self.folder = folder
        self.page = page
    }

    /// - Throws: `EspalierError` (.cannotCreate) where a file of that name may not be written.
    func checkTarget(_ path: String) throws { _ = try OutputFile.target(path, in: folder) }

    func write(_ data: Data, to path: String) throws { _ = try OutputFile.write(data, to: path, in: folder) }
}
