import Foundation

/// How a study can be shared where it lies.
package enum StudySharing: Sendable {
    /// Locks and memory are shared by all processes that have it open.
    case full
    /// Memory is not: one process at a time can have it open.
    case alone
    /// Nor are there locks: nothing keeps others out.
    case none

    /// What to try where this one fails.
    package var next: StudySharing? {
        switch self {
        case .full: .alone
        case .alone: StudySharing.none
        case .none: nil
        }
    }

    /// What whoever opens it should know.
    package var sentence: String? {
        switch self {
        case .full: nil
        case .alone: "only one process at a time can have a study open in this folder"
        case .none: "this folder keeps no locks; see to it that nobody else opens the study meanwhile"
        }
    }
}

/// What kind of file system a path is on.
package enum FileSystem {
    /// Those whose hosts do not share memory, as Linux calls them.
    private static let network: Set<String> = [
        "nfs", "nfs4", "smb3", "cifs", "afs", "coda", "ceph", "9p", "lustre", "gpfs", "fuse.sshfs", "fuse.glusterfs",
    ]

    package static func sharing(of path: String) -> StudySharing {
        var status = stat()
        guard stat(path, &status) == 0,
            let mounts = FileManager.default.contents(atPath: "/proc/self/mountinfo")
        else { return .full }
        // As gnu_dev_major and gnu_dev_minor take a device number apart.
        let device = UInt64(status.st_dev)
        let major = (device >> 8) & 0xFFF | (device >> 32) & 0xFFFF_F000
        let minor = device & 0xFF | (device >> 12) & 0xFFFF_FF00
        return sharing(onType: type(of: "\(major):\(minor)", in: [UInt8](mounts)))
    }

    /// - Parameter type: of the file system, as Linux calls it; nil where it is not known.
    package static func sharing(onType type: String?) -> StudySharing {
        type.map(network.contains) == true ? .alone : .full
    }

    /// The type of the file system on a device, by the lines of /proc/self/mountinfo.
    package static func type(of device: String, in mounts: [UInt8]) -> String? {
        for line in mounts.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
            guard fields.count == 4, fields[2].elementsEqual(device.utf8) else { continue }
            let rest = fields[3].split(separator: UInt8(ascii: " "))
            guard let dash = rest.firstIndex(where: { $0.elementsEqual("-".utf8) }), dash + 1 < rest.count else {
                continue
            }
            return String(decoding: rest[dash + 1], as: UTF8.self)
        }
        return nil
    }
}
