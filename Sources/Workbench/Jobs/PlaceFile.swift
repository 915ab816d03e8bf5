import Foundation
import Statistics

/// Files written from a screen: beside their place first, then renamed, so that none is ever left half written, and none that
/// is there already is lost without having been asked for.
enum PlaceFile {
    /// The file that a typed name means; a `!` at its end says that one that is there may be written over.
    /// - Throws: `EspalierError` (.cannotCreate) where a file is there already and the name does not end in `!`.
    static func target(_ typed: String) throws -> String {
        let mayReplace = typed.hasSuffix("!")
        let path = ((mayReplace ? String(typed.dropLast()) : typed) as NSString).expandingTildeInPath
        guard mayReplace || !FileManager.default.fileExists(atPath: path) else {
            throw EspalierError(
                .cannotCreate, "there already; nothing was written", file: path,
                remedy: "end the name in ! to write over it")
        }
        return path
    }

    /// - Returns: the path that was written.
    static func write(_ data: Data, to typed: String) throws -> String {
        let path = try target(typed)
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw EspalierError(
                .cannotCreate, "the file cannot be written (\(error.localizedDescription))", file: path,
                remedy: "choose a folder that may be written and has room")
        }
        return path
    }
}
