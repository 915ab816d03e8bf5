import Experiments
import Mutations
import Runtime
import Testing

/// Broken files either are read or are refused with a sentence; nothing traps.
@Suite struct FuzzTests {
    private static let rows = (0..<12).map { row in
        "u\(row),\(row % 2 == 0 ? "c" : "t"),\(Double(row) * 0.37),\(row),\"lev\(row % 3), \"\"q\"\"\""
    }
    private static let csv = Array(("id,t,y,x,z\n" + rows.joined(separator: "\n") + "\n").utf8)

    @Test(arguments: 0..<4)
    func dataFiles(batch: Int) throws {
        let scratch = try Scratch()
        var mutations = ByteMutations(seed: UInt64(100 + batch))
        var (read, all) = (0, 0)
        let spec = Scratch.plainSpec.replacing("[x]", with: "[x, z]")
        try NightlyMode.rounds(750, nightly: 15) { round in
            let isGzip = round % 3 == 0
            let bytes = mutations.mutated(isGzip ? StoredGzip.member(Self.csv) : Self.csv)
            all += 1
            if try scratch.failure(bytes, spec: spec) == nil { read += 1 }
            do {
                let proposal = try SpecProposal.propose(dataPath: scratch.folder + "/data.csv")
                _ = try ExperimentSpec.read(yaml: proposal, file: "proposal.yaml")
            } catch let error as EspalierError {
                #expect(error.file != "proposal.yaml", "\(error)")
            }
        }
        #expect((all / 40..<all - 10).contains(read), "\(read) of \(all) were read")
    }

    @Test(arguments: 0..<4)
    func specs(batch: Int) throws {
        var mutations = ByteMutations(seed: UInt64(200 + batch))
        let original = Array(Scratch.plainSpec.utf8)
        let scratch = try Scratch()
        try NightlyMode.rounds(750, nightly: 15) { _ in
            let path = try scratch.write(mutations.mutated(original), as: "s.yaml")
            do {
                _ = try ExperimentSpec.read(at: path)
            } catch let error as EspalierError {
                #expect(!error.message.isEmpty && !error.message.contains("\n"))
            }
        }
    }
}
