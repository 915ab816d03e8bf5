import Foundation

/// How a study can be shared where it lies.
enum StudySharing {
    /// Locks and memory are shared by all processes that have it open.
    case full
    /// Memory is not: one process at a time can have it open.
    case alone
    /// Nor are there locks: nothing keeps others out.
    case none

    /// What to try where this one fails.
    var next: StudySharing? {
        switch self {
        case .full: .alone
        case .alone: StudySharing.none
        case .none: nil
        }
    }

    /// What whoever opens it should know.
    var sentence: String? {
        switch self {
        case .full: nil
        case .alone: "only one process at a time can have a study open in this folder"
        case .none: "this folder keeps no locks; see to it that nobody else opens the study meanwhile"
        }
    }
}

/// What kind of file system a path is on.
enum FileSystem {
    /// Those whose hosts do not share memory, as Linux calls them.
    private static let network: Set<String> = [
        "nfs", "nfs4", "smb3", "cifs", "afs", "coda", "ceph", "9p", "lustre", "gpfs", "fuse.sshfs", "fuse.glusterfs",
    ]

    static func sharing(of path: String) -> StudySharing {
        var status = stat()
        guard stat(path, &status) == 0,
            let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        else { return .full }
        // As gnu_dev_major and gnu_dev_minor take a device number apart.
        let device = UInt64(status.st_dev)
        let major = (device >> 8) & 0xFFF | (device >> 32) & 0xFFFF_F000
        let minor = device & 0xFF | (device >> 12) & 0xFFFF_FF00
        return type(of: "\(major):\(minor)", in: mounts).map(network.contains) == true ? .alone : .full
    }

    /// The type of the file system on a device, by the lines of /proc/self/mountinfo.
    static func type(of device: String, in mounts: String) -> String? {
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 2, fields[2] == device, let dash = fields.firstIndex(of: "-"),
                fields.indices.contains(dash + 1)
            else { continue }
            return String(fields[dash + 1])
        }
        return nil
    }
}
