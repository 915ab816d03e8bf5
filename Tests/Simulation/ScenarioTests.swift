import Foundation
import Runtime
import Simulation
import Testing

@Suite struct ScenarioTests {
    @Test func aSeedGivesOneText() throws {
        let first = try Scenario.notifications.texts(units: 500, seed: 3)
        let again = try Scenario.notifications.texts(units: 500, seed: 3)
        let other = try Scenario.notifications.texts(units: 500, seed: 4)
        #expect(first == again)
        #expect(first[0].bytes != other[0].bytes)
        #expect(first[1].bytes != other[1].bytes)
        #expect(first[2].bytes == other[2].bytes)
    }

    /// More rows than two chunks, so that several threads have something to do.
    @Test func threadsDoNotMatter() throws {
        let one = try Scenario.notifications.texts(units: 9000, seed: 5, workers: Workers(count: 1))
        let many = try Scenario.notifications.texts(units: 9000, seed: 5, workers: Workers(count: 7))
        let isEqual = one == many
        #expect(isEqual)
    }

    @Test func aLargerSimulationBeginsWithASmallerOne() throws {
        let small = try Scenario.notifications.texts(units: 100, seed: 6)
        let large = try Scenario.notifications.texts(units: 5000, seed: 6)
        for (small, large) in zip(small, large) {
            let isPrefix = large.bytes.starts(with: small.bytes)
            #expect(isPrefix, "\(small.name)")
        }
    }

    @Test func namesAreLookedUp() throws {
        for scenario in Scenario.all { #expect(try Scenario.named(scenario.name).name == scenario.name) }
        let error = #expect(throws: EspalierError.self) { try Scenario.named("notification") }
        #expect(error?.kind == .usage)
        #expect(error?.description.contains("notifications") == true)
    }

    @Test(arguments: [0, -5]) func anEmptySimulationIsAUsageError(units: Int) throws {
        let error = #expect(throws: EspalierError.self) { try Scenario.notifications.texts(units: units) }
        #expect(error?.kind == .usage)
    }

    @Test func writingLeavesCompleteFilesOnly() throws {
        try withTemporaryFolder { folder in
            let place = folder.appendingPathComponent("new/notifications")
            let texts = try Scenario.notifications.texts(units: 300, seed: 8)
            for _ in 0..<2 {
                let written = try Scenario.notifications.write(to: place.path, units: 300, seed: 8)
                #expect(written.map { URL(fileURLWithPath: $0).lastPathComponent } == texts.map(\.name))
            }
            #expect(try contents(of: place) == texts.map(\.name).sorted())
            for text in texts { #expect(try SampleFile.bytes(text.name, in: place) == text.bytes) }
        }
    }

    /// RFC 1952: magic, deflate, no flags, modification time 0; so equal input gives equal files.
    @Test func compressedFilesHoldNoTime() throws {
        try withTemporaryFolder { folder in
            try Scenario.notifications.write(to: folder.path, units: 10)
            let file = try Data(contentsOf: folder.appendingPathComponent("units.csv.gz"))
            #expect([UInt8](file.prefix(8)) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
        }
    }

    @Test func aFolderThatCannotBeMadeIsSaid() throws {
        try withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("taken")
            try Data().write(to: file)
            let error = #expect(throws: EspalierError.self) {
                try Scenario.notifications.write(to: file.appendingPathComponent("inside").path, units: 10)
            }
            #expect(error?.kind == .cannotCreate)
        }
    }

    @Test func aFailedWriteLeavesNothingOfItsOwn() throws {
        try withTemporaryFolder { folder in
            // A folder that is not empty stands where the data file belongs: it cannot be replaced by a rename.
            let obstacle = folder.appendingPathComponent("units.csv.gz/inside")
            try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
            let error = #expect(throws: EspalierError.self) {
                try Scenario.notifications.write(to: folder.path, units: 10)
            }
            #expect(error?.kind == .cannotCreate)
            #expect(try contents(of: folder) == ["units.csv.gz"])
        }
    }

    private func contents(of folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("espalier-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
