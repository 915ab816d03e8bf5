import Allocation
import Foundation
import Runtime
import Testing

@Suite struct AllocationTableTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "allocation-\(UUID().uuidString)")

    private func table(_ text: String) throws -> AllocationTable {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "table.csv").path
        try Data(text.utf8).write(to: URL(filePath: path))
        return try AllocationTable.read(path)
    }

    @Test func readsCellsInAnyOrder() throws {
        let table = try table(
            """
            treatment,size,u1,cohort,u0,var0,note
            10,30,.5,b,2,.1,x
            0,10,0,a,0,0,y
            2,10,.25,a,1,.2,z
            10,10,.75,a,3,.3,
            2,30,.125,b,1.5,.4,
            0,30,0,b,0,0,
            """)
        #expect(
            table.cohorts == ["b", "a"] && table.treatments == ["0", "2", "10"] && table.outcomes == ["u0", "u1"])
        #expect(table.sizes == [30, 10])
        #expect(table.means == [[0, 1.5, 2, 0, 1, 3], [0, 0.125, 0.5, 0, 0.25, 0.75]])
        #expect(table.variances == [[0, 0.4, 0.1, 0, 0.2, 0.3], nil])
        let problem = try table.problem(limits: [("u1", 0.1)])
        #expect(problem.sizes == [0.75, 0.25])
        #expect(problem.limits == [AllocationLimit(outcome: 1, sense: .atMost, threshold: 0.1)])
    }

    @Test(
        arguments: [
            ("a,1,1,0,0,0", "treatment 0", nil),
            ("a,0,1,0,0,0\na,1,2,0,0,0", "size 2.0 here and 1.0 before", 3),
            ("a,0,-1,0,0,0\na,1,-1,0,0,0", "negative", 2),
            ("a,0,0,0,0,0\na,1,0,0,0,0", "all cohorts are 0", nil),
            ("a,0,1,0,0,0\na,0,1,0,0,0", "a second time", 3),
            ("a,0,1,0,0,0\na,1,1,0,0,0\nb,0,1,0,0,0", "no row for the treatment", 4),
            ("a,0,1,0,0,0\na,1,1,NaN,0,0", "u0 is missing", 3),
            ("a,0,1,0,0,0\na,1,1,0,x,0", "x", 3),
            ("a,0,1,0,0,0\na,1,1,0,0,-1", "variance -1.0 of u0 is negative", 3),
            ("a,0,NA,0,0,0", "size is missing", 2),
            (",0,1,0,0,0", "cohort is missing", 2),
            ("", "not one row", nil),
        ] as [(String, String, Int?)])
    func refusesWithOneSentence(rows: String, part: String, line: Int?) {
        let error = #expect(throws: EspalierError.self) {
            try table("cohort,treatment,size,u0,u1,var0\n" + rows + "\n")
        }
        #expect(error?.kind == .data && error?.remedy != nil)
        #expect(error?.message.contains(part) == true, "\(String(describing: error))")
        #expect(error?.line == line)
    }

    @Test func refusesUnknownLimits() throws {
        let table = try table("cohort,treatment,size,u0,u1\na,0,1,0,0\na,1,1,1,1\n")
        for limits in [[("u2", 1.0)], [("u0", 1)], [("u1", 1), ("u1", 2)]] {
            let error = #expect(throws: EspalierError.self) { try table.problem(limits: limits) }
            #expect(error?.kind == .usage)
        }
    }

    /// The methods on a golden's table: all but the errors' own agree with the programme.
    @Test func memberMethodAgreesWithTheProgramme() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Goldens/lp_medium_250x4_k3.csv").path
        let problem = try AllocationTable.read(path).problem(limits: [("u1", 0.05), ("u2", 0.05), ("u3", 0.05)])
        let expected = try #require(try AllocationMethod.linear.solve(problem).solution)
        let solution = try #require(try AllocationMethod.member.solve(problem).solution)
        #expect(abs(solution.objective - expected.objective) < 1e-6)
        #expect(solution.splitCohorts == expected.splitCohorts)
        for (price, other) in zip(solution.prices, expected.prices) { #expect(abs(price - other) < 1e-4) }
        for method in [AllocationMethod.stochastic, .chance] {
            #expect(throws: EspalierError.self) { try method.solve(problem) }
        }
    }

    @Test func conflictsAreSaidInWords() throws {
        let table = try table("cohort,treatment,size,u0,u1,u2\na,0,1,0,0,0\na,1,1,1,1,-1\n")
        let one = try table.problem(limits: [("u1", -0.25)])
        guard case .infeasible(let single) = try LinearAllocation.solve(one) else {
            Issue.record("an allocation was found")
            return
        }
        #expect(LimitConflict.words(single, in: one) == "u1 has to yield by 0.2500, to 0.000")
        let two = try table.problem(limits: [("u1", 0.25), ("u2", -0.5)])
        guard case .infeasible(let both) = try LinearAllocation.solve(two) else {
            Issue.record("an allocation was found")
            return
        }
        let words = LimitConflict.words(both, in: two)
        #expect(words.hasPrefix("u1 and u2 contradict each other: "))
        #expect(words.contains("u1 alone by 0.2500, or u2 alone by 0.2500"))
    }
}
