import Foundation
import Runtime
import Testing

@Suite struct AtomicFileTests {
    private static func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private static func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    /// What a dead process has left goes with the next file written there; what a living one is writing stays.
    @Test func partialFilesOfDeadProcessesAreCleaned() throws {
        try Self.inFolder { folder in
            for name in [".espalier-dead.partial", ".espalier-other.txt", "dead.partial"] {
                try Data("left".utf8).write(to: folder.appendingPathComponent(name))
            }
            let living = try AtomicFile.Writer(path: folder.appendingPathComponent("slow.csv").path)
            try living.write(Data("half".utf8))
            try AtomicFile.write(Data("new".utf8), to: folder.appendingPathComponent("quick.csv").path)
            let between = try Self.names(folder)
            #expect(!between.contains(".espalier-dead.partial"))
            #expect(between.count { $0.hasPrefix(".espalier-") && $0.hasSuffix(".partial") } == 1)
            try living.write(Data(" and whole".utf8))
            try living.complete()
            #expect(try Self.names(folder) == [".espalier-other.txt", "dead.partial", "quick.csv", "slow.csv"])
            let slow = try Data(contentsOf: folder.appendingPathComponent("slow.csv"))
            #expect(String(decoding: slow, as: UTF8.self) == "half and whole")
        }
    }

    /// A process that was killed in the middle has locked nothing any more.
    @Test func aKilledProcessLeavesNothingForLong() throws {
        try Self.inFolder { folder in
            let left = folder.appendingPathComponent(".espalier-killed.partial").path
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "exec 9>'\(left)'; flock 9; echo locked; exec sleep 60"]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            #expect(pipe.fileHandleForReading.availableData.starts(with: Data("locked".utf8)))
            try AtomicFile.write(Data(), to: folder.appendingPathComponent("a").path)
            #expect(FileManager.default.fileExists(atPath: left))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try AtomicFile.write(Data(), to: folder.appendingPathComponent("b").path)
            #expect(try Self.names(folder) == ["a", "b"])
        }
    }

    /// A link stays one, a mode stays what it was, and what cannot be written leaves nothing behind.
    @Test func whatStandsInThePlaceKeepsItsMode() throws {
        try Self.inFolder { folder in
            let (file, link) = (folder.appendingPathComponent("file").path, folder.appendingPathComponent("link").path)
            try AtomicFile.write(Data("a".utf8), to: file)
            try #require(chmod(file, 0o640) == 0)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "file")
            try AtomicFile.write(Data("b".utf8), to: link)
            var status = stat()
            try #require(stat(file, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o640)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "file")
            #expect(FileManager.default.contents(atPath: file) == Data("b".utf8))
            let error = #expect(throws: EspalierError.self) {
                try AtomicFile.write([(file, Data("c".utf8)), (folder.path + "/none/x", Data())])
            }
            #expect(error?.kind == .cannotCreate && FileManager.default.contents(atPath: file) == Data("b".utf8))
            #expect(try Self.names(folder) == ["file", "link"])
        }
    }
}
