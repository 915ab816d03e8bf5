import Experiments
import GRDB

/// Cells in a study's file: arrays beside those of units, which are empty then.
extension StudyCells {
    /// The number of cells, whose document says that a study keeps cells.
    static let countName = "cells"

    func put(in database: Database) throws {
        try StudyDatabase.put(sums.cellCount, named: Self.countName, in: database)
        try StudyDatabase.put(array: sums.counts, named: "cell counts", in: database)
        try StudyDatabase.put(array: sums.sums, named: "cell sums", in: database)
        try StudyDatabase.put(array: sums.products, named: "cell products", in: database)
        try StudyDatabase.put(array: cohorts, named: "cell cohorts", in: database)
        try StudyDatabase.put(array: jointCohorts, named: "cell joint cohorts", in: database)
        for (index, column) in effects.enumerated() {
            try StudyDatabase.put(array: column, named: "cell effects \(index)", in: database)
        }
    }

    /// - Throws: `EspalierError` (.data) where an array is not as it was stored.
    init(_ description: StudyDescription, from file: StudyDatabase, in connection: Database) throws {
        let count: Int = try file.document(Self.countName, in: connection)
        let (arms, outcomes) = (description.space.armCount, description.space.outcomeCount)
        let groups = count * UnitPart.allCases.count * arms
        func doubles(_ name: String, _ count: Int) throws -> [Double] {
            try file.array(name, count: count, zero: 0.0, in: connection)
        }
        self.init(
            sums: CellSums(
                armCount: arms, outcomeCount: outcomes, cellCount: count, counts: try doubles("cell counts", groups),
                sums: try doubles("cell sums", groups * outcomes),
                products: try doubles("cell products", groups * CellSums.pairCount(outcomes))),
            cohorts: try file.array("cell cohorts", count: count, zero: UInt32(0), in: connection),
            jointCohorts: try file.array("cell joint cohorts", count: count, zero: UInt32(0), in: connection),
            effects: try (0..<(arms - 1) * outcomes).map {
                try file.array("cell effects \($0)", count: count, zero: Float(0), in: connection)
            })
    }
}
