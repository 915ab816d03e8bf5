import Foundation

/// A folder for what an engine puts aside when memory is short. It is made by the engine, if at all, and goes with this value.
final class ScratchFolder {
    let path: String

    init() { path = NSTemporaryDirectory() + "/espalier-engine-\(UUID().uuidString)" }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
