import Foundation
import Runtime
import Synchronization

/// A study's file, held open beside SQLite: to see whether it still is what its path means, and to own it.
///
/// Closing any descriptor of a file drops all of the process's locks on it, SQLite's too (POSIX). So a descriptor is closed
/// only when nobody else in this process has the file open, and after SQLite.
final class OpenFile: Sendable {
    let descriptor: Int32
    private let key: Key
    private let isOwned = Mutex(false)

    private struct Key: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
        }

        init?(path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            self.init(status)
        }
    }

    /// How often this process has each file open, and the descriptors that wait for the last to be closed.
    private static let open = Mutex<[Key: (count: Int, waiting: [Int32])]>([:])
    /// The files that this process owns.
    private static let owned = Mutex<Set<Key>>([])

    /// - Parameter isNew: whether it is made where it is not there.
    /// - Returns: nil where the file cannot be opened.
    init?(_ path: String, isNew: Bool = false) {
        let descriptor = Foundation.open(path, (isNew ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0o666)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else { return nil }
        self.descriptor = descriptor
        let key = Key(status)
        self.key = key
        Self.open.withLock { $0[key, default: (0, [])].count += 1 }
    }

    deinit {
        disown()
        Self.open.withLock { open in
            var entry = open[key] ?? (1, [])
            entry.count -= 1
            entry.waiting.append(descriptor)
            open[key] = entry.count > 0 ? entry : nil
            guard entry.count == 0 else { return }
            for descriptor in entry.waiting { close(descriptor) }
        }
    }

    /// Whether this process has the file at a path open as a study.
    static func isOpenHere(_ path: String) -> Bool {
        Key(path: path).map { key in open.withLock { $0[key] != nil } } ?? false
    }

    /// In bytes; 0 where that cannot be told.
    var size: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Whether its file system keeps locks at all: some network folders answer every question for one with an error, which
    /// SQLite takes for a lock that another holds.
    var hasLocks: Bool {
        var lock = flock()
        lock.l_type = Int16(F_RDLCK)
        lock.l_whence = Int16(SEEK_SET)
        return fcntl(descriptor, F_GETLK, &lock) == 0
    }

    /// Whether the path still leads to this file; nil where it leads nowhere.
    func isAt(_ path: String) -> Bool? { Key(path: path).map { $0 == key } }

    // MARK: Owning

    /// Makes this process the only one that may write, until the file is closed.
    /// - Parameter seconds: how long to wait for another to let go.
    /// - Returns: false where another has it.
    func own(within seconds: Double) -> Bool {
        isOwned.withLock { isOwned in
            let deadline = Date(timeIntervalSinceNow: seconds)
            while !isOwned {
                isOwned = flock(descriptor, LOCK_EX | LOCK_NB) == 0
                // File systems without such locks let everybody in.
                if !isOwned, errno != EWOULDBLOCK { isOwned = true }
                if isOwned || Date() >= deadline { break }
                usleep(50_000)
            }
            if isOwned {
                nameplate(F_RDLCK, F_SETLK)
                _ = Self.owned.withLock { $0.insert(key) }
            }
            return isOwned
        }
    }

    /// Lets another opening of the file take the writer's place.
    func disown() {
        isOwned.withLock { isOwned in
            if isOwned {
                nameplate(F_UNLCK, F_SETLK)
                _ = Self.owned.withLock { $0.remove(key) }
            }
            flock(descriptor, LOCK_UN)
            isOwned = false
        }
    }

    /// SQLite's own lock keeps others out.
    func ownByOtherMeans() { isOwned.withLock { $0 = true } }

    var isOurs: Bool { isOwned.withLock { $0 } }

    /// Whether another opening of the file may write to it.
    static func isOwned(_ path: String) -> Bool {
        guard let file = OpenFile(path) else { return false }
        return !file.own(within: 0)
    }

    /// The process that owns the file; nil where that cannot be told.
    func owner() -> Int? {
        // A process is not told of its own locks.
        if Self.owned.withLock({ $0.contains(key) }) { return Int(getpid()) }
        let lock = nameplate(F_WRLCK, F_GETLK)
        if lock.l_type != Int16(F_UNLCK), lock.l_pid > 0 { return Int(lock.l_pid) }
        // Whoever closes the file in the owner's process drops that lock. Linux lists who owns what, although an entry may be
        // missing while others come and go.
        let locks = (try? String(contentsOfFile: "/proc/locks", encoding: .utf8)) ?? ""
        for line in locks.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[1] == "FLOCK", fields[5].split(separator: ":").last == "\(key.inode)"
            else { continue }
            return Int(fields[4])
        }
        return nil
    }

    /// Sets, lifts or asks for the lock by which an owner's process can be told: `flock` does not say whose a lock is. It is on
    /// a byte that no file reaches, far from those that SQLite locks.
    @discardableResult private func nameplate(_ kind: Int32, _ command: Int32) -> flock {
        var lock = flock()
        lock.l_type = Int16(kind)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 1 << 62
        lock.l_len = 1
        // Some file systems keep no such locks.
        if fcntl(descriptor, command, &lock) != 0 { lock.l_type = Int16(F_UNLCK) }
        return lock
    }
}
