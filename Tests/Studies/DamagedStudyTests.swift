import Foundation
import Mutations
import Policies
import Runtime
import Studies
import Testing

/// Bits that flip in a study file: what is read is what was written, or a sentence says that it is not.
@Suite struct DamagedStudyTests {
    /// Everything that can be read of a study, as text.
    private static func contents(_ path: String) throws -> [String] {
        let study = try Study(opening: path)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        func text(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        let units = study.units
        return [
            try text(study.description), try text(study.health), try text(study.trees),
            try text(study.file.models()), "\(units.keys.hashValue) \(units.cohorts.hashValue) \(units.rows.hashValue)",
            "\(units.assignment.hashValue) \(units.observedPropensity.hashValue) \(units.observed.hashValue)",
            "\(units.estimates.columns.hashValue) \(units.scores.control.hashValue)",
            "\(units.scores.residuals.hashValue) \(units.scores.contrasts.columns.hashValue)",
            try text(study.file.candidates(includingHidden: true)), "\(try study.file.looks())",
            try study.file.entries().map { "\($0)" }.joined(), try text(study.file.front()),
        ]
    }

    /// Half of the places anywhere, half where the figures of candidates are.
    @Test(arguments: 0..<2) func aFlippedBitIsSaid(batch: Int) throws {
        let scene = try StudyScene()
        do {
            let study = try Study(opening: scene.path, for: .writing)
            for bias in [0.1, 0.2, 0.3] { try StudyScene.add(bias, to: study) }
            try study.perform(SetPicks([1]), RunContext())
        }
        let whole = try Self.contents(scene.path)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: scene.path))
        let knobs = try #require(bytes.range(of: Data("\"biases\"".utf8), options: .backwards)).lowerBound
        var random = ByteMutations(seed: UInt64(batch))
        var said = 0
        try NightlyMode.rounds(20, nightly: 60) { round in
            var damaged = bytes
            let place =
                round % 2 == 0
                ? random.index(below: bytes.count) : max(0, knobs - 4096 + random.index(below: 8192)) % bytes.count
            damaged[place] ^= UInt8(1 << random.index(below: 8))
            let path = scene.place("damaged")
            for left in try StudyScene.sideFiles(path) { unlink(scene.folder.appendingPathComponent(left).path) }
            try damaged.write(to: URL(fileURLWithPath: path))
            do {
                let found = try Self.contents(path)
                #expect(found == whole, "batch \(batch), round \(round), byte \(place)")
            } catch let error as EspalierError {
                #expect([.data, .noInput].contains(error.kind), "\(error)")
                said += 1
            }
        }
        #expect(said > 2)
    }

    /// JSON that is whole by its checksum and says nothing known.
    @Test func aDocumentThatSaysNothingKnownIsBadData() throws {
        let scene = try StudyScene()
        do {
            let study = try Study(opening: scene.path, for: .writing)
            try study.file.transaction { try $0.save(["a": 1], named: "trees") }
        }
        let error = #expect(throws: EspalierError.self) { try Study(opening: scene.path) }
        #expect(error?.kind == .data)
    }
}
