import Foundation
import Studies
import Testing

/// How a study is shared, by the file system that it is on.
@Suite struct SharingTests {
    @Test func networkFoldersAreUsedByOneProcessAtATime() {
        for type in ["nfs4", "cifs", "9p", "fuse.sshfs"] {
            #expect(FileSystem.sharing(onType: type).sentence?.contains("only one process at a time") == true)
        }
        for type in ["ext4", "tmpfs", "fuse.ntfs", nil] { #expect(FileSystem.sharing(onType: type).sentence == nil) }
        #expect(FileSystem.sharing(onType: "nfs").next?.sentence?.contains("no locks") == true)
    }

    /// Every mount of this machine is found by its device, as the list itself says.
    @Test func mountsAreFoundByTheirDevices() throws {
        let mounts = try #require(FileManager.default.contents(atPath: "/proc/self/mountinfo"))
        let lines = String(decoding: mounts, as: UTF8.self).split(separator: "\n")
        try #require(!lines.isEmpty)
        for line in lines {
            let fields = line.split(separator: " ")
            let dash = try #require(fields.firstIndex(of: "-"))
            let found = FileSystem.type(of: String(fields[2]), in: [UInt8](mounts))
            // A device may be mounted more than once, always as the same type.
            #expect(found == String(fields[dash + 1]))
        }
        #expect(FileSystem.type(of: "999:999", in: [UInt8](mounts)) == nil)
        let home = FileManager.default.temporaryDirectory.path
        #expect(FileSystem.sharing(of: home + "/no such file").sentence == nil)
    }
}
