import Foundation
import Runtime

/// Files written from a screen: beside their place first, then renamed, so that none is ever left half written, and none that
/// is there already is lost without having been asked for.
enum OutputFile {
    /// A file as it was named.
    struct Target {
        /// The name without its `!`.
        let name: String
        let place: URL
    }

    /// A typed name without the `!` that lets it replace a file.
    static func name(_ typed: String) -> String { typed.hasSuffix("!") ? String(typed.dropLast()) : typed }

    /// Where a typed name points to; `~` is the home folder, and a relative name starts from `folder`, nil being the present one.
    static func place(_ path: String, in folder: String?) -> URL {
        URL(
            fileURLWithPath: (path as NSString).expandingTildeInPath,
            relativeTo: folder.map { URL(fileURLWithPath: $0, isDirectory: true) })
    }

    /// The file that a typed name means.
    /// - Parameters:
    ///   - name: as typed; `~` is the home folder, and a name that ends in `!` may replace a file.
    ///   - folder: what a relative name starts from; nil is the present one.
    /// - Throws: `EspalierError` (.cannotCreate) for a file that is there already, unless it may be replaced.
    static func target(_ name: String, in folder: String?) throws -> Target {
        let mayReplace = name.hasSuffix("!")
        let path = Self.name(name)
        let place = place(path, in: folder)
        guard mayReplace || !FileManager.default.fileExists(atPath: place.path) else {
            throw EspalierError(
                .cannotCreate, "there is a file of that name", file: path, remedy: "end the name with ! to replace it")
        }
        return Target(name: path, place: place)
    }

    /// - Returns: the name without its `!`.
    static func write(_ data: Data, to name: String, in folder: String?) throws -> String {
        let target = try target(name, in: folder)
        try AtomicFile.write(data, to: target.place.path)
        return target.name
    }
}
