import Foundation
import Statistics

/// Files written from a screen: beside their place first, then renamed, so that none is ever left half written.
enum PlaceFile {
    static func write(_ data: Data, to path: String) throws {
        let target = (path as NSString).expandingTildeInPath
        do {
            try data.write(to: URL(fileURLWithPath: target), options: .atomic)
        } catch {
            throw EspalierError(
                .cannotCreate, "the file cannot be written (\(error.localizedDescription))", file: path,
                remedy: "choose a folder that may be written and has room")
        }
    }
}
