import Foundation
import GRDB
import Runtime
import Studies
import Testing

/// Files that a killed process leaves beside its study: its own are used, those of other studies are not.
@Suite struct SideFileTests {
    /// When the process dies.
    enum Moment: CaseIterable {
        case afterACommit, inACommitThatOverflowsTheCache
    }

    private static func remains(_ scene: StudyScene, _ moment: Moment) throws -> StudyScene.Remains {
        let study = try Study(opening: scene.path, for: .writing)
        try StudyScene.add(0.25, to: study)
        switch moment {
        case .afterACommit: return try StudyScene.Remains(of: scene.path)
        case .inACommitThatOverflowsTheCache:
            return try study.file.transaction { transaction in
                // SQLite's cache holds 2 MB: pages of a transaction that is not complete go to the log.
                try transaction.save(view: Data(repeating: 7, count: 12 << 20))
                let remains = try StudyScene.Remains(of: scene.path)
                try #require((remains.log?.count ?? 0) > 4 << 20)
                return remains
            }
        }
    }

    @Test(arguments: Moment.allCases) func whatWasKeptIsThereAfterAKill(moment: Moment) throws {
        let scene = try StudyScene()
        let place = scene.place("killed")
        try Self.remains(scene, moment).put(at: place)
        let file = try StudyFile(opening: place)
        #expect(file.notices.isEmpty)
        #expect(try file.candidates().map { $0.knobs.biases[1] } == [0.25])
        #expect(try file.resume().view?.count ?? 0 < 1 << 20)
    }

    /// Copied over the first, a second study opens whole, and its bytes stay what they were.
    @Test(arguments: Moment.allCases, [true, false])
    func aStudyPutInThePlaceOfAnotherIsWhole(moment: Moment, isMoved: Bool) throws {
        let scene = try StudyScene()
        let other = try StudyScene(seed: 12)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: other.path))
        let place = scene.place("killed")
        let remains = try Self.remains(scene, moment)
        try remains.put(at: place)
        let hasCommit = remains.logHasCommit
        if isMoved {
            try #require(rename(other.path, place) == 0)
        } else {
            let handle = try #require(FileHandle(forWritingAtPath: place))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: bytes)
            try handle.close()
        }
        do {
            let study = try Study(opening: place)
            #expect(
                study.description.spec.splits.seed
                    == (try SampleFits.fit(units: 3_000, seed: 12)).description.spec.splits.seed)
            #expect(try study.file.candidates().isEmpty)
            let said = study.file.notices.contains { $0.contains("set aside as \(place)-wal.1") }
            // A log in which no transaction has ended yet changes nothing, and is not worth a word.
            #expect(said == hasCommit)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: place)) == bytes)
        #expect(try StudyScene.sideFiles(place) == (hasCommit ? ["killed.espalier-wal.1"] : []))
    }

    /// A backup of the same study, made while it was open and at rest, brings back what it held, not what came after it.
    @Test func aBackupComesBackAsItWas() throws {
        let scene = try StudyScene()
        let place = scene.place("killed")
        let backup: Data
        do {
            let study = try Study(opening: scene.path, for: .writing)
            try StudyScene.add(0.1, to: study)
            try StudyScene.waitForRest(scene.path)
            backup = try Data(contentsOf: URL(fileURLWithPath: scene.path))
            try StudyScene.add(0.2, to: study)
            try StudyScene.waitForRest(scene.path)
            try StudyScene.add(0.3, to: study)
            let remains = try StudyScene.Remains(of: scene.path)
            try remains.put(at: place)
        }
        try #require(try StudyScene.biases(place) == [0.1, 0.2, 0.3])
        try StudyScene.Remains(of: scene.path).put(at: place)
        try backup.write(to: URL(fileURLWithPath: place))
        #expect(try StudyScene.biases(place) == [0.1])
    }

    /// At rest the file alone holds all that was done.
    @Test func aCopyOfAnOpenStudyAtRestHoldsEverything() throws {
        let scene = try StudyScene()
        let study = try Study(opening: scene.path, for: .writing)
        for step in 1...5 { try StudyScene.add(Double(step), to: study) }
        try StudyScene.waitForRest(scene.path)
        let copy = scene.place("copy")
        try FileManager.default.copyItem(atPath: scene.path, toPath: copy)
        #expect(try StudyScene.biases(copy) == [1, 2, 3, 4, 5])
    }

    /// A rollback journal that another program left would undo pages of the study.
    @Test func aJournalIsSetAside() throws {
        let scene = try StudyScene()
        let other = scene.place("other")
        try FileManager.default.copyItem(atPath: scene.path, toPath: other)
        let queue = try DatabaseQueue(path: other)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        let journal = try queue.write { database in
            try database.execute(
                sql: "CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (zeroblob(12000000))")
            return try Data(contentsOf: URL(fileURLWithPath: other + "-journal"))
        }
        try journal.write(to: URL(fileURLWithPath: scene.path + "-journal"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: scene.path))
        #expect(try StudyFile(opening: scene.path).notices.count == 1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: scene.path)) == bytes)
        #expect(try StudyScene.sideFiles(scene.path).contains("study.espalier-journal.1"))
    }

    /// Closed, a study is one file.
    @Test func aClosedStudyIsOneFile() throws {
        let scene = try StudyScene()
        do {
            let study = try Study(opening: scene.path, for: .writing)
            try StudyScene.add(0.5, to: study)
        }
        #expect(try StudyScene.sideFiles(scene.path).isEmpty)
        #expect(try StudyScene.biases(scene.path) == [0.5])
    }
}
