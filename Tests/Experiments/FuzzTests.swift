import Experiments
import Runtime
import Statistics
import Testing

/// Broken files either are read or are refused with a sentence; nothing traps.
@Suite struct FuzzTests {
    private static let rows = (0..<12).map { row in
        "u\(row),\(row % 2 == 0 ? "c" : "t"),\(Double(row) * 0.37),\(row),\"lev\(row % 3), \"\"q\"\"\""
    }
    private static let csv = Array(("id,t,y,x,z\n" + rows.joined(separator: "\n") + "\n").utf8)

    /// Replaces, removes, doubles and inserts bytes, with a liking for those that mean something.
    private static func mutated(_ bytes: [UInt8], _ random: inout RandomStream) -> [UInt8] {
        let telling = Array("\",\n\r\t -+.eE09:{}[]&*#|\\'\0".utf8) + [0xff, 0xc3, 0x1f, 0x8b, 0xef]
        var result = bytes
        for _ in 0..<20 where !result.isEmpty {
            let place = random.index(below: result.count)
            let byte =
                random.bernoulli(0.7) ? telling[random.index(below: telling.count)] : UInt8(random.index(below: 256))
            switch random.index(below: 4) {
            case 0: result[place] = byte
            case 1: result.remove(at: place)
            case 2: result.insert(byte, at: place)
            default: result.insert(contentsOf: result[place...].prefix(8), at: random.index(below: result.count))
            }
            if random.bernoulli(0.6) { break }
        }
        return result
    }

    @Test(arguments: 0..<4)
    func dataFiles(batch: Int) throws {
        let scratch = try Scratch()
        var random = RandomStream(seed: UInt64(100 + batch))
        var read = 0
        let spec = Scratch.plainSpec.replacing("[x]", with: "[x, z]")
        for round in 0..<750 {
            let isGzip = round % 3 == 0
            let bytes = Self.mutated(isGzip ? StoredGzip.member(Self.csv) : Self.csv, &random)
            if try scratch.failure(bytes, spec: spec) == nil { read += 1 }
            do {
                let proposal = try SpecProposal.propose(dataPath: scratch.folder + "/data.csv")
                _ = try ExperimentSpec.read(yaml: proposal, file: "proposal.yaml")
            } catch let error as EspalierError {
                #expect(error.file != "proposal.yaml", "\(error)")
            }
        }
        #expect((20..<740).contains(read), "\(read) of 750 were read")
    }

    @Test(arguments: 0..<4)
    func specs(batch: Int) throws {
        var random = RandomStream(seed: UInt64(200 + batch))
        let original = Array(Scratch.plainSpec.utf8)
        let scratch = try Scratch()
        for _ in 0..<750 {
            let path = try scratch.write(Self.mutated(original, &random), as: "s.yaml")
            do {
                _ = try ExperimentSpec.read(at: path)
            } catch let error as EspalierError {
                #expect(!error.message.isEmpty && !error.message.contains("\n"))
            }
        }
    }
}
