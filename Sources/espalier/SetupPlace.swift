import Experiments
import Foundation
import Runtime
import Workbench

/// A data file to be set up, and where its spec goes: beside it, under its name.
struct SetupPlace {
    let data: String
    let folder: String
    let spec: String

    init(data: String) {
        self.data = data.hasPrefix("/") ? data : FileManager.default.currentDirectoryPath + "/" + data
        let home = DataFile.home(of: self.data)
        folder = URL(fileURLWithPath: home.folder.isEmpty ? "/" : home.folder).path
        spec = folder + "/" + (home.name.isEmpty ? "experiment" : home.name) + ".yaml"
    }

    /// The data as seen from their folder.
    var title: String { data.hasPrefix(folder + "/") ? String(data.dropFirst(folder.count + 1)) : data }

    /// What the workbench shows of it.
    /// - Throws: `EspalierError` where no spec can be proposed.
    func worker(_ workers: Workers) throws -> StudyWorker {
        var draft = try firstDraft()
        let isOfSample = !draft.sawAllRows
        draft.data = title
        return StudyWorker(
            settingUp: draft, isOfSample: isOfSample, folder: folder, path: spec, workers: workers)
    }

    /// The draft proposed from the first rows, or from all where those make none: a file may be sorted by arm.
    /// - Throws: `EspalierError` where no spec can be proposed.
    private func firstDraft() throws -> SpecDraft {
        do {
            return try SpecProposal.draft(dataPath: data, rowLimit: SpecProposal.sampleLimit)
        } catch {
            return try SpecProposal.draft(dataPath: data)
        }
    }

    /// Writes the spec of a draft.
    /// - Throws: `EspalierError` where it cannot be.
    func write(_ draft: SpecDraft, to path: String) throws {
        var draft = draft
        // Only a spec beside the data can name them by their name alone.
        if URL(fileURLWithPath: path).deletingLastPathComponent().path != folder { draft.data = data }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw EspalierError(
                .cannotCreate, "there is a file of that name already", file: path, remedy: "choose another name")
        }
        try AtomicFile.write(Data((SchemaFile.editorLine() + draft.yaml).utf8), to: path)
    }
}
