import Effects
import Experiments
import Foundation
import GRDB
import Policies
import Runtime

/// A study on disk, open: everything of one analysis, with history (DESIGN section 3).
package final class StudyFile: Sendable {
    package let path: String
    let database: StudyDatabase

    /// Opens a study.
    /// - Throws: `EspalierError`: no such file, not a study, newer than this version, open elsewhere for writing.
    package init(opening path: String, for access: StudyAccess = .reading) throws {
        self.path = path
        database = try StudyDatabase(path: path, for: access)
    }

    /// Whether it cannot be written, by anybody or by this user.
    package var isReadOnly: Bool { database.isReadOnly }

    /// What was found and done on opening, a sentence each.
    package var notices: [String] { database.notices }

    /// What has become of the file since it was opened; nil where it is what it was.
    package var replacement: StudyReplacement? { database.replacement() }

    /// Writes a fit as a new study, beside the place first and renamed when complete; candidates and picks of a study that
    /// stands there are carried over.
    /// - Throws: `EspalierError`: the place cannot be written, or holds something that is not a study.
    static func create(in reservation: StudyReservation, fit: StudyFit) throws -> StudyFile {
        let path = reservation.path
        var previous =
            FileManager.default.fileExists(atPath: path) ? try StudyDatabase(path: path, for: .reading) : nil
        let fresh = try StudyDatabase.create(reservation.partial)
        let staysBehind = try StudyDatabase.guarded(path, writing: true) {
            try fresh.write { database in
                try put(fit, in: database)
                let staysBehind = try previous?.read { try CarryOver.run(from: $0, to: database, fit: fit) } ?? false
                let transaction = StudyTransaction(database)
                try transaction.log(
                    FitStudy(inputs: fit.description.inputsDigest, fit: try transaction.reading.fitNumber()))
                return staysBehind
            }
        }
        try StudyDatabase.seal(fresh, reservation.partial)
        // Closed, it is one file, which may be kept; and it must not take the new file's log with it.
        try previous?.fold()
        previous = nil
        if staysBehind { try reservation.keepPrevious() }
        try reservation.put()
        return try StudyFile(opening: path, for: .writing)
    }

    /// - Parameter hasModels: false where the fit's models are not at hand, which an export then misses.
    static func put(_ fit: StudyFit, hasModels: Bool = true, in database: Database) throws {
        try StudyDatabase.put(fit.description, named: "description", in: database)
        try StudyDatabase.put(fit.health, named: "health", in: database)
        try StudyDatabase.put(fit.trees, named: "trees", in: database)
        if hasModels { try StudyDatabase.put(fit.models, named: "models", in: database) }
        try StudyDatabase.put(1, named: "fit", in: database)
        let units = fit.units
        if fit.description.hasConfirm {
            // Nobody has the keys of units in a warehouse: the rule by which they are confirm ones stands for them.
            let keys = units.cells == nil ? units.keys[units.tuneCount...] : [fit.description.confirmKey]
            let confirm = UnitSketch(keys)
            try StudyDatabase.put(confirm.data, named: StudyReading.confirmUnitsName, in: database)
        }
        try StudyDatabase.put(array: units.keys, named: "keys", in: database)
        try StudyDatabase.put(array: units.cohorts, named: "cohorts", in: database)
        if let joint = units.jointCohorts { try StudyDatabase.put(array: joint, named: "joint cohorts", in: database) }
        try StudyDatabase.put(array: units.rows, named: "rows", in: database)
        if let clusters = units.clusters { try StudyDatabase.put(array: clusters, named: "clusters", in: database) }
        if fit.description.spec.splits.rule == .md5 {
            try StudyDatabase.put(array: units.splitKeys, named: "split keys", in: database)
        }
        try StudyDatabase.put(array: units.assignment, named: "assignment", in: database)
        try StudyDatabase.put(array: units.observedPropensity, named: "propensity", in: database)
        func put(_ columns: [[Float]], _ name: String) throws {
            for (index, column) in columns.enumerated() {
                try StudyDatabase.put(array: column, named: "\(name) \(index)", in: database)
            }
        }
        try units.cells?.put(in: database)
        if let propensities = fit.propensities { try put(propensities, StudyReading.poolName) }
        try put(units.observed, "observed")
        try put(units.estimates.columns, "effects")
        try put(units.scores.control, "control")
        try put(units.scores.residuals, "residuals")
        let sharesContrasts = units.scores.contrasts.columns == units.estimates.columns
        if !sharesContrasts { try put(units.scores.contrasts.columns, "contrasts") }
        try StudyDatabase.put(sharesContrasts, named: "shares contrasts", in: database)
    }

    // MARK: What was fitted

    /// A candidate that is shown, by its id.
    /// - Throws: `EspalierError` (.usage) where there is none.
    package func candidate(_ id: Int) throws -> Candidate {
        guard let found = try candidates().first(where: { $0.id == id }) else {
            throw EspalierError(
                .usage, "there is no candidate \(Candidate.name(of: id))", file: path,
                remedy: "choose one of `espalier front`")
        }
        return found
    }

    package func description() throws -> StudyDescription { try database.document("description") }
    package func health() throws -> HealthReport { try database.document("health") }
    package func trees() throws -> StudyTrees { try database.document("trees") }
    /// nil where effects were supplied.
    package func models() throws -> EffectModels? { try database.document("models") }
    /// Number of the present fit, from 1.
    package func fitNumber() throws -> Int { try read { try $0.fitNumber() } }

    /// The per-unit arrays.
    /// - Complexity: reads them all, in one transaction; about 100 bytes a unit at 3 arms and 3 outcomes.
    package func units(_ description: StudyDescription) throws -> StudyUnits {
        try database.read { try units(description, in: $0) }
    }

    private func units(_ description: StudyDescription, in connection: Database) throws -> StudyUnits {
        if description.spec.engine != nil {
            return StudyUnits(try StudyCells(description, from: database, in: connection))
        }
        let arms = description.space.armCount
        let outcomes = description.space.outcomeCount
        func array<Element: BitwiseCopyable>(_ name: String, _ zero: Element) throws -> [Element] {
            try database.array(name, count: description.unitCount, zero: zero, in: connection)
        }
        func columns(_ name: String, _ number: Int) throws -> [[Float]] {
            try (0..<number).map { try array("\(name) \($0)", Float(0)) }
        }
        let effects = EffectEstimates(
            armCount: arms, outcomeCount: outcomes, columns: try columns("effects", (arms - 1) * outcomes))
        let sharesContrasts: Bool = try database.document("shares contrasts", in: connection)
        let contrasts =
            sharesContrasts
            ? effects
            : EffectEstimates(
                armCount: arms, outcomeCount: outcomes, columns: try columns("contrasts", (arms - 1) * outcomes))
        let keys = try array("keys", UInt64(0))
        let clusters = description.spec.cluster == nil ? nil : try array("clusters", UInt64(0))
        return StudyUnits(
            keys: keys, rows: try array("rows", UInt32(0)), clusters: clusters,
            splitKeys: description.spec.splits.rule == .md5 ? try array("split keys", UInt64(0)) : clusters ?? keys,
            assignment: try array("assignment", UInt8(0)), observedPropensity: try array("propensity", Float(0)),
            observed: try columns("observed", outcomes), estimates: effects,
            scores: ScoreTable(
                control: try columns("control", outcomes), contrasts: contrasts,
                residuals: try columns("residuals", outcomes)),
            tuneCount: description.tuneCount, cohorts: try array("cohorts", UInt32(0)),
            jointCohorts: try jointCohorts(description, in: connection))
    }

    private func jointCohorts(_ description: StudyDescription, in connection: Database) throws -> [UInt32]? {
        let known = try Int.fetchOne(connection, sql: "SELECT 1 FROM array WHERE name = 'joint cohorts'")
        guard known != nil else { return nil }
        return try database.array("joint cohorts", count: description.unitCount, zero: UInt32(0), in: connection)
    }

    /// Whether the data file still is what was fitted, by size and time; nil where it cannot be found.
    package func dataIsUnchanged(_ description: StudyDescription) -> Bool? {
        guard let now = try? DataFile.quickDigest(of: description.spec, inFolder: description.folder) else {
            return nil
        }
        return now.bytes == description.dataDigest.bytes && now.modified == description.dataDigest.modified
    }
}
