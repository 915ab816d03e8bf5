import Foundation
import Mutations
import Runtime
import Studies
import Synchronization
import Testing

/// A study that several have open, or that is taken away from who has it open.
@Suite struct SharedStudyTests {
    @Test func readersSeeWhatWasKeptWhileAWriterWrites() throws {
        let scene = try StudyScene()
        let writer = try Study(opening: scene.path, for: .writing)
        let reader = try StudyFile(opening: scene.path)
        try StudyScene.add(0.5, to: writer)
        #expect(try reader.candidates().count == 1)
        try writer.file.transaction { transaction in
            try transaction.save(view: Data([1]))
            #expect(try reader.resume().view != Data([1]))
        }
        #expect(try reader.resume().view == Data([1]))
    }

    /// Every snapshot holds whole transactions: as many candidates as entries that added them.
    @Test func tenReadersAndAWriter() throws {
        let scene = try StudyScene()
        let writer = try Study(opening: scene.path, for: .writing)
        let path = scene.path
        let isDone = Mutex(false)
        let reads = Mutex(0)
        let readers = (0..<10).map { _ in
            Thread {
                while !isDone.withLock({ $0 }) {
                    do {
                        let file = try StudyFile(opening: path)
                        let (added, entries) = try file.read { reading in
                            (try reading.candidates().count, try reading.count(ofEntries: AddCandidate.kind))
                        }
                        #expect(added == entries)
                        reads.withLock { $0 += 1 }
                    } catch {
                        Issue.record(error)
                        return
                    }
                }
            }
        }
        for reader in readers { reader.start() }
        try NightlyMode.rounds(20, nightly: 60) { round in try StudyScene.add(Double(round) / 1000, to: writer) }
        isDone.withLock { $0 = true }
        while readers.contains(where: \.isExecuting) { usleep(10_000) }
        #expect(reads.withLock { $0 } >= 10)
    }

    /// The second writer waits a few seconds, and is told who holds the study.
    @Test func aSecondWriterIsToldWhoHoldsTheStudy() throws {
        let scene = try StudyScene()
        let writer = try Study(opening: scene.path, for: .writing)
        try StudyScene.add(0.5, to: writer)
        let start = Date()
        let error = #expect(throws: EspalierError.self) { try StudyFile(opening: scene.path, for: .writing) }
        #expect((4...15).contains(Date().timeIntervalSince(start)))
        #expect(error?.kind == .noInput && error?.message.contains("(process \(getpid()))") == true)
        #expect(error?.remedy?.contains("espalier copy") == true)
    }

    /// Whoever computed from what the study was must not write over what it has become.
    @Test func aWriterWhoReadAnOlderStateIsRefused() throws {
        let scene = try StudyScene()
        let late = try Study(opening: scene.path)
        do { try StudyScene.add(0.5, to: Study(opening: scene.path)) }
        #expect(throws: EspalierError.self) { try StudyScene.add(0.6, to: late) }
        #expect(try StudyScene.biases(scene.path) == [0.5])
    }

    @Test(arguments: [StudyReplacement.removed, .replaced, .overwritten])
    func aStudyTakenAwayIsNotWrittenTo(replacement: StudyReplacement) throws {
        let scene = try StudyScene()
        let study = try Study(opening: scene.path, for: .writing)
        try StudyScene.add(0.5, to: study)
        try StudyScene.waitForRest(scene.path)
        let other = try StudyScene(seed: 12)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: other.path))
        switch replacement {
        case .removed: unlink(scene.path)
        case .replaced: try #require(rename(other.path, scene.path) == 0)
        case .overwritten:
            let handle = try #require(FileHandle(forWritingAtPath: scene.path))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: bytes)
            try handle.close()
        }
        #expect(study.file.replacement == replacement)
        let error = #expect(throws: EspalierError.self) { try StudyScene.add(0.6, to: study) }
        #expect(error?.kind == .cannotCreate)
        if replacement != .removed {
            #expect(try Data(contentsOf: URL(fileURLWithPath: scene.path)) == bytes)
        }
        if replacement != .overwritten {
            let rescued = scene.place("rescued")
            try study.file.copy(to: rescued)
            #expect(try StudyScene.biases(rescued) == [0.5])
        }
    }

    /// An older state of the study itself, put back into its file while a reader keeps the log from being cut off: the log knows
    /// that state, but what was folded into the file since is not folded again.
    @Test func anOlderStatePutBackIsSeen() throws {
        let scene = try StudyScene()
        let study = try Study(opening: scene.path, for: .writing)
        try StudyScene.add(0.5, to: study)
        try StudyScene.waitForRest(scene.path)
        func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: scene.path)) }
        let older = try bytes()
        try StudyScene.add(0.6, to: study)
        let reader = try StudyFile(opening: scene.path)
        try reader.read { reading in
            _ = try reading.candidates()
            let deadline = Date(timeIntervalSinceNow: 20)
            while try bytes() == older, Date() < deadline { usleep(20_000) }
            try #require(try bytes() != older)
            #expect(study.file.replacement == nil)
            let handle = try #require(FileHandle(forWritingAtPath: scene.path))
            try handle.write(contentsOf: older)
            try handle.close()
        }
        #expect(study.file.replacement == .overwritten)
        #expect(throws: EspalierError.self) { try StudyScene.add(0.9, to: study) }
    }

    /// The pages that say whose the file is are still there, and others are cut off.
    @Test(arguments: [0, 4096, 2 * 4096, 40 * 4096 + 1]) func aStudyCutOffIsSeen(bytes: Int) throws {
        let scene = try StudyScene()
        let study = try Study(opening: scene.path, for: .writing)
        try StudyScene.add(0.5, to: study)
        try StudyScene.waitForRest(scene.path)
        try #require(truncate(scene.path, off_t(bytes)) == 0)
        #expect(study.file.replacement == .overwritten)
        #expect(throws: EspalierError.self) { try StudyScene.add(0.6, to: study) }
        // Nor is anything read that would be of both.
        #expect(throws: EspalierError.self) { try study.file.candidates() }
        usleep(400_000)
        var status = stat()
        try #require(stat(scene.path, &status) == 0)
        #expect(status.st_size == bytes)
    }

    /// What memory holds is a study again; what was in the file alone is missing, and said to be.
    @Test func aStudyWrittenOverIsWrittenAnew() throws {
        let scene = try StudyScene()
        let study = try Study(opening: scene.path, for: .writing)
        for bias in [0.5, 0.6] { try StudyScene.add(bias, to: study) }
        let picked = try study.perform(SetPicks([2]), RunContext())
        let candidates = try study.file.candidates(includingHidden: true)
        try StudyScene.waitForRest(scene.path)
        try #require(truncate(scene.path, 0) == 0)
        let held = HeldStudy(candidates: candidates, hidden: [1], front: nil, looks: picked.looks)
        do {
            let anew = try study.rewritten(at: scene.place("anew"), held)
            #expect(try anew.file.candidates() == candidates.filter { $0.id == 2 })
            try StudyScene.add(0.7, to: anew)
        }
        let opened = try Study(opening: scene.place("anew"))
        #expect(try opened.file.candidates(includingHidden: true).map(\.id) == [1, 2, 3])
        #expect(try opened.file.hiddenCandidates() == [1] && opened.file.looks() == picked.looks)
        #expect(opened.units.keys == study.units.keys && opened.trees == study.trees)
        #expect(opened.units.scores.control == study.units.scores.control)
        let error = #expect(throws: EspalierError.self) { try opened.file.models() }
        #expect(error?.kind == .data && error?.remedy?.contains("espalier fit") == true)
    }

    @Test func aCopyOfAnOpenStudyIsWholeAndItsOwn() throws {
        let scene = try StudyScene()
        let study = try Study(opening: scene.path, for: .writing)
        try StudyScene.add(0.5, to: study)
        let copy = scene.place("copy")
        try StudyCopy.make(of: scene.path, at: copy)
        try StudyScene.add(0.6, to: study)
        #expect(try StudyScene.biases(copy) == [0.5])
        try StudyScene.add(0.7, to: Study(opening: copy))
        #expect(try StudyScene.biases(copy) == [0.5, 0.7] && StudyScene.biases(scene.path) == [0.5, 0.6])
    }

    /// Two fits to one place: the second is refused at its start; what a dead one left is no hindrance.
    @Test func aPlaceIsReservedOnce() throws {
        let scene = try StudyScene()
        let place = scene.place("new")
        try Data(repeating: 1, count: 100).write(to: URL(fileURLWithPath: place + ".partial"))
        let gone = place + ".4194305.partial"
        try Data(repeating: 1, count: 100).write(to: URL(fileURLWithPath: gone))
        do {
            let first = try StudyReservation(place)
            let error = #expect(throws: EspalierError.self) { try StudyReservation(place) }
            #expect(error?.kind == .cannotCreate && error?.message.contains("another fit") == true)
            #expect(!FileManager.default.fileExists(atPath: gone))
            withExtendedLifetime(first) {}
        }
        #expect(!FileManager.default.fileExists(atPath: place + ".partial"))
        _ = try StudyReservation(place)
    }

    @Test func aRefitKeepsModeAndOwner() throws {
        let scene = try StudyScene()
        try #require(chmod(scene.path, 0o640) == 0)
        let isRoot = geteuid() == 0
        if isRoot { try #require(chown(scene.path, 1, 1) == 0) }
        _ = try Study.create(at: scene.path, fit: SampleFits.fit(units: 3_000, seed: 11), workers: Workers())
        var status = stat()
        try #require(stat(scene.path, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o640 && status.st_uid == (isRoot ? 1 : geteuid()))
    }
}
