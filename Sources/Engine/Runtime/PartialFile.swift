import Foundation

/// What is written beside a file's place before it is put there. It is locked for as long as its process lives, so that others
/// can tell what a dead one has left.
final class PartialFile {
    let descriptor: Int32
    private let path: String
    private let place: String
    private let named: String
    private var isPut = false

    private static let prefix = ".espalier-"
    private static let suffix = ".partial"

    /// Makes an empty file, with the mode of what stands in its place, and removes what dead processes have left beside it.
    /// - Parameter named: the file as it was named, for messages. A symbolic link stays one, its target is replaced.
    /// - Throws: `EspalierError` (.cannotCreate) with the system's reason.
    init(_ named: String) throws {
        self.named = named
        place = AtomicFile.target(of: named)
        let folder = AtomicFile.folder(of: place)
        Self.clean(folder)
        var (path, descriptor): (String, Int32)
        repeat {
            path = "\(folder)/\(Self.prefix)\(UUID().uuidString)\(Self.suffix)"
            descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw AtomicFile.failure(named) }
            // Whoever cleaned the folder before it was locked has taken it away.
            if Self.isLocked(descriptor), !Self.isAt(path, descriptor) {
                close(descriptor)
                descriptor = -1
            }
        } while descriptor < 0
        (self.path, self.descriptor) = (path, descriptor)
        var status = stat()
        guard stat(place, &status) != 0 || fchmod(descriptor, status.st_mode & 0o7777) == 0 else {
            throw AtomicFile.failure(named)
        }
    }

    deinit {
        close(descriptor)
        if !isPut { unlink(path) }
    }

    /// - Throws: `EspalierError` (.cannotCreate).
    func write(_ data: Data) throws {
        guard AtomicFile.fill(descriptor, with: data) else { throw AtomicFile.failure(named) }
    }

    /// Brings what was written to the disk.
    /// - Throws: `EspalierError` (.cannotCreate).
    func sync() throws {
        guard fsync(descriptor) == 0 else { throw AtomicFile.failure(named) }
    }

    /// Puts the file in its place.
    /// - Returns: the folder, whose renaming is not on the disk yet.
    /// - Throws: `EspalierError` (.cannotCreate).
    func put() throws -> String {
        guard rename(path, place) == 0 else { throw AtomicFile.failure(named) }
        isPut = true
        return AtomicFile.folder(of: place)
    }

    /// Removes the files that no living process has locked. Where there are no locks, nobody knows, and they stay.
    private static func clean(_ folder: String) {
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { continue }
            let path = folder + "/" + name
            let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
        }
    }

    private static func isLocked(_ descriptor: Int32) -> Bool {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }

    private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
        var (named, opened) = (stat(), stat())
        return stat(path, &named) == 0 && fstat(descriptor, &opened) == 0 && named.st_ino == opened.st_ino
    }
}
