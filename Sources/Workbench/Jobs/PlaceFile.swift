import Foundation
import Statistics

/// Files written from a screen: beside their place first, then renamed, so that none is ever left half written.
enum PlaceFile {
    /// - Parameters:
    ///   - name: as typed; `~` is the home folder, and a name that ends in `!` may replace a file.
    ///   - folder: what a relative name starts from; nil is the present one.
    /// - Returns: the name without its `!`.
    /// - Throws: `EspalierError` (.cannotCreate); a file that is there already stays, unless it may be replaced.
    static func write(_ data: Data, to name: String, in folder: String?) throws -> String {
        let mayReplace = name.hasSuffix("!")
        let path = mayReplace ? String(name.dropLast()) : name
        let expanded = (path as NSString).expandingTildeInPath
        let place = URL(
            fileURLWithPath: expanded, relativeTo: folder.map { URL(fileURLWithPath: $0, isDirectory: true) })
        guard mayReplace || !FileManager.default.fileExists(atPath: place.path) else {
            throw EspalierError(
                .cannotCreate, "there is a file of that name", file: path, remedy: "end the name with ! to replace it")
        }
        do {
            try data.write(to: place, options: .atomic)
        } catch {
            throw EspalierError(
                .cannotCreate, "the file cannot be written (\(error.localizedDescription))", file: path,
                remedy: "choose a folder that may be written and has room")
        }
        return path
    }
}
