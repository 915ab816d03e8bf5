import Experiments
import Runtime
import Statistics
import Testing

/// Units that got their arms together, by a column that the spec does not name.
@Suite struct SharedArmsTests {
    private func told(_ units: Int, perGroup: Int, column: String, isTogether: Bool, stray: Int = 0) throws -> [String]
    {
        var random = RandomStream(seed: 12)
        var file = UncleanFile(rows: units)
        let arms = (0...units / perGroup).map { _ in random.bernoulli(0.5) ? "treated" : "control" }
        file.map("arm") { row, value in
            row < stray ? "control" : isTogether ? arms[row / perGroup] : random.bernoulli(0.5) ? "treated" : "control"
        }
        file.add(column) { "g\($0 / perGroup)" }
        return try file.report().told(.metricUnit)
    }

    @Test(arguments: [(4, "household_id"), (2, "family"), (10, "storeId"), (5, "cluster")])
    func whatHadTheArmIsTold(perGroup: Int, column: String) throws {
        let told = try told(400, perGroup: perGroup, column: column, isTogether: true)
        #expect(
            told.count == 1 && told[0].hasPrefix("warning: \"\(column)\" has only \(400 / perGroup) values in 400 rows")
        )
        #expect(told[0].contains("none of the \(400 / perGroup) with several has two arms"))
        // A few strays do not hide it.
        #expect(try self.told(400, perGroup: perGroup, column: column, isTogether: true, stray: 3).count == 1)
    }

    @Test(arguments: [(4, "household_id"), (2, "family"), (10, "storeId")])
    func groupsWhoseUnitsWereRandomisedAreNot(perGroup: Int, column: String) throws {
        #expect(try told(400, perGroup: perGroup, column: column, isTogether: false).isEmpty)
    }

    /// The arm under another name is no group.
    @Test func armsUnderAnotherNameAreNot() throws {
        var file = UncleanFile(rows: 400)
        let arms = file.values("arm")
        file.add("variant_id") { arms[$0] == "control" ? "1" : "2" }
        #expect(try file.report().told(.metricUnit).isEmpty)
    }
}
