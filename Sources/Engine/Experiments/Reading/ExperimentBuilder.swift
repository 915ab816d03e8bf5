import Runtime
import Texts

/// Turns the columns of a data file into an `Experiment`, step by step.
struct ExperimentBuilder: Sendable {
    let spec: ExperimentSpec
    let file: String
    var table: Table
    let digest: DataDigest
    let joins: [JoinNotes]
    let exposures: ExposureNotes?
    /// Of the outcomes that are indexes of surrogates.
    let surrogates: [SurrogateNote]
    let context: RunContext
    let arms: ArmTable
    let splitRule: SplitRule
    /// What splits are functions of, by record; nil where the keys of the units are.
    let splitKeys: [UInt64]?
    /// Whether these units are the sample that scales are made of already.
    private let isSample: Bool
    /// What more units than these say of each outcome; empty where these are all.
    private let whole: [WholeOutcome]

    init(
        spec: ExperimentSpec, file: String, table: Table, digest: DataDigest, joins: [JoinNotes],
        exposures: ExposureNotes? = nil, surrogates: [SurrogateNote] = [], isSample: Bool = false,
        whole: [WholeOutcome] = [], context: RunContext
    ) throws {
        self.isSample = isSample
        self.whole = whole
        self.spec = spec
        self.file = file
        self.table = table
        self.digest = digest
        self.joins = joins
        self.exposures = exposures
        self.surrogates = surrogates
        self.context = context
        splitRule = SplitRule(spec.splits)
        guard case .levels(let codes, let labels)? = table[spec.treatment.column] else {
            throw EspalierError(.internal, "the treatment column was not read", file: file)
        }
        arms = try ArmTable(
            treatment: spec.treatment, outcomeCount: spec.outcomes.count, codes: codes, labels: labels,
            lines: table.lines, file: file)
        self.table.drop(spec.treatment.column)
        splitKeys = try Self.splitKeys(spec, table, splitRule, workers: context.workers)
    }

    /// The columns that the spec needs.
    /// - Throws: `EspalierError(.data)` when one is wanted both as numbers and as texts.
    static func requests(_ spec: ExperimentSpec, path: String) throws -> [ColumnRequest] {
        var reader = TableReader(path: path)
        try reader.want(spec.treatment.column, .label, for: "treatment")
        // The texts themselves are kept only where splits hash them otherwise.
        let splitReading: ColumnReading = spec.splits.rule == .md5 ? .identity : .key
        if case .column(let column) = spec.unit {
            try reader.want(column, spec.cluster == nil ? splitReading : .key, for: "unit")
        }
        if let cluster = spec.cluster { try reader.want(cluster, splitReading, for: "cluster") }
        for outcome in spec.outcomes {
            let text = spec.textFormat(of: outcome)
            for column in outcome.source.columns { try reader.want(column, .number, for: "outcome", text: text) }
            if let before = outcome.preperiod {
                try reader.want(before, .number, for: "value before exposure", text: text?.withoutAnswers)
            }
        }
        for covariate in spec.covariates {
            let reading: ColumnReading =
                switch covariate.kind {
                case .numeric: .number
                case .categorical: .text
                case nil: covariate.text?.rewritesNumbers == true ? .number : .undecided
                }
            try reader.want(covariate.column, reading, for: "covariate", text: spec.textFormat(of: covariate))
        }
        if case .propensities(let columns) = spec.treatment.assignment {
            for column in columns { try reader.want(column, .number, for: "propensity", text: spec.text) }
        }
        if case .columns(let columns, _) = spec.effects.learner {
            for column in columns.values.flatMap(\.values).sorted() {
                try reader.want(column, .number, for: "supplied effect")
            }
        }
        return reader.requests
    }

    /// - Throws: `EspalierError(.data)`; `CancellationError`.
    mutating func build() throws -> ExperimentReading {
        let arms = arms
        if case .column(let column) = spec.unit, let record = TotalsRow.find(in: keys()) {
            throw TotalsRow.error(column: column, line: table.lines.line(of: record), file: file)
        }
        try JoinCheck.refuseUnmatched(joins, spec: spec, table: table, file: file)
        let outcomeColumns = try spec.outcomes.map { outcome in
            let index = surrogates.first { $0.outcome == outcome.name }?.index.rule
            return try OutcomeColumns(outcome, index: index, table: table, file: file, isKept: arms.keeps)
        }
        let kept = (0..<UInt32(table.recordCount)).filter { record in
            arms.keeps(Int(record)) && !outcomeColumns.contains { $0.drops(Int(record)) }
        }
        try refuseArmWithoutUnits(kept)
        let everyone = try CanonicalOrder(
            keys: keys(), splitKeys: splitKeys, kept: kept, rule: splitRule, workers: context.workers)
        try context.cancellation.check()
        let observational = try estimatedPropensity(everyone)
        let order = observational?.order ?? everyone
        let before = try orderBeforeDropping(kept)
        let assignment = order.gather(arms.assignment)

        let propensity =
            try observational?.propensity
            ?? PropensityColumns(
                treatment: spec.treatment, arms: arms.names, table: table, file: file, isKept: arms.keeps
            )
            .propensity(order)
        let ownClusters = clusters.map { order.gather($0) }
        let runs = ownClusters.map { ClusterRuns($0, units: 0..<order.tuneCount) }
        let denominators = outcomeColumns.enumerated().map { index, column in
            whole.isEmpty
                ? column.denominatorNotes(order: order, assignment: assignment, armCount: arms.names.count)
                : whole[index].denominators
        }
        let outcomes = try outcomeColumns.enumerated().map { index, column in
            let observed = try column.observed(
                order: order, assignment: assignment, file: file, sample: sample(of: order),
                whole: whole.isEmpty ? nil : whole[index])
            return Outcome(
                name: column.spec.name, direction: column.spec.direction, threshold: column.spec.threshold,
                armCosts: try armCosts(column.spec), observed: observed.column, winsorizing: observed.winsorizing,
                preperiod: try preperiod(column.spec, order),
                clustering: clustering(observed.column.values, runs, assignment, propensity),
                denominators: Denominators(denominators[index]),
                indexError: column.indexError(
                    order: order, assignment: assignment, armCount: arms.names.count, propensity: propensity),
                isHeldApart: observed.winsorizing != nil || !column.collapses(in: observed.column))
        }
        let supplied = try suppliedEffects(order)
        // Before the covariates' columns, of which values before exposure may be one, make room.
        let unseen = try before.flatMap { spec.attrition == nil ? nil : try beforeExposure($0) }
        let missingOutcomes = outcomeColumns.map { column in
            MissingCount(name: column.spec.name, byArm: countByArm { column.isMissing[$0] })
        }
        let covariates = try observational?.covariates ?? readCovariates(order, before: before)
        let repeatedIds = try RepeatedIds.find(spec, header: table.header, file: file, context: context)
        let sharedArms =
            exposures?.isLog == true
            ? nil
            : try SharedArms.find(
                spec, header: table.header, file: file, armCount: arms.names.count,
                assignment: arms.assignment.indices.map { arms.keeps($0) ? arms.assignment[$0] : nil },
                context: context)
        let experiment = Experiment(
            spec: spec, arms: arms.names, outcomes: outcomes, covariates: covariates.map(\.covariate),
            units: Units(
                keys: order.keys, rows: order.records.map { table.fileRecord(of: Int($0)) + 1 }, clusters: ownClusters,
                splitKeys: splitKeys.map { order.gather($0) }),
            assignment: assignment, propensity: propensity, splitRule: splitRule, tuneCount: order.tuneCount,
            suppliedEffects: supplied,
            dataDigest: digest,
            droppedCount: table.recordCount - kept.count - arms.others.reduce(0) { $0 + $1.count },
            trimmedCount: everyone.records.count - order.records.count, otherArms: arms.others,
            crossoverCount: exposures.map { $0.leavesCrossoversOut ? $0.crossovers : 0 } ?? 0,
            likelyCluster: repeatedIds?.column ?? sharedArms?.column,
            attrition: before.map {
                Attrition(
                    assignment: $0.gather(arms.assignment), seenAssignment: assignment, armCount: arms.names.count)
            })
        let unitsBefore = try before.map {
            try unitsBeforeDropping($0, covariates.map { ($0.covariate, $0.before) })
        }
        let weighted = try before.flatMap { before in
            try unitsBefore.flatMap { everyone in
                try unseen.map {
                    try weightedForDropOut(experiment, everyone, before, outcomeColumns, $0)
                }
            }
        }
        let made = weighted?.experiment ?? experiment
        let duplicates = try DuplicateUnits.find(in: made, lines: table.lines, file: file, context: context)
        return ExperimentReading(
            experiment: made,
            notes: ReadingNotes(
                file: file, recordCount: table.recordCount, recordsByArm: countByArm { _ in true },
                armsAreDeclared: spec.treatment.arms != nil, duplicates: duplicates,
                missingOutcomes: missingOutcomes, missingCovariates: covariates.map(\.missing),
                levelsPastLimit: covariates.compactMap(\.past),
                columns: outcomeNotes(outcomeColumns, made.outcomes) + covariates.map(\.note),
                ruinedIds: ruinedIds,
                joins: joins, exposures: exposures,
                repeatedIds: repeatedIds, sharedArms: sharedArms,
                denominators: weighted?.denominators ?? denominators.compactMap(\.self), surrogates: surrogates),
            everyone: unitsBefore, observed: experiment)
    }

    private static func splitKeys(
        _ spec: ExperimentSpec, _ table: Table, _ rule: SplitRule, workers: Workers
    ) throws -> [UInt64]? {
        var column = spec.cluster
        if column == nil, case .column(let unit) = spec.unit { column = unit }
        switch rule.hash {
        case .hash: return spec.cluster.flatMap { table.keys($0) }
        case .md5:
            let ids = column.flatMap { table.identities($0) } ?? (0..<table.recordCount).map { String($0 + 1) }
            return try rule.keys(of: ids, workers: workers)
        }
    }

    /// Unit keys by record: of the id, or of the record number from 1 where each row is a unit.
    func keys() -> [UInt64] {
        guard case .column(let column) = spec.unit, let keys = table.keys(column) else {
            return (0..<table.recordCount).map { StableHash.key(String($0 + 1)) }
        }
        return keys
    }

    /// The units that scales are made of (`SplitRule.sample`); nil for all.
    func sample(of order: CanonicalOrder) -> [Int]? {
        guard !isSample, splitRule.hash == .md5, let splitKeys else { return nil }
        return splitRule.sample(order.gather(splitKeys), tuneCount: order.tuneCount)
    }

    /// Keys of clusters by record; nil where the spec names no column of them.
    var clusters: [UInt64]? { spec.cluster.flatMap { table.keys($0) } }

    func clustering(
        _ values: [Float], _ runs: ClusterRuns?, _ assignment: [UInt8], _ propensity: Propensity
    ) -> Clustering? {
        guard let runs else { return nil }
        var weights: [Double]?
        if case .columns = propensity { weights = propensity.observed(assignment).map { 1 / Double($0) } }
        return Clustering.estimate(
            values, runs: runs, assignment: assignment, armCount: arms.names.count, weights: weights)
    }

    private func refuseArmWithoutUnits(_ kept: [UInt32]) throws {
        var counts = Array(repeating: 0, count: arms.names.count)
        for record in kept { counts[Int(arms.assignment[Int(record)])] += 1 }
        guard let empty = counts.firstIndex(of: 0) else { return }
        throw EspalierError(
            .data, "no unit of the arm \(DisplayText.quoted(arms.names[empty])) has all outcomes", file: file,
            remedy: "use missing: zero, or leave out the outcome that is missing there")
    }

    private func countByArm(_ counts: (Int) -> Bool) -> [Int] {
        var byArm = Array(repeating: 0, count: arms.names.count)
        for record in arms.assignment.indices where arms.keeps(record) && counts(record) {
            byArm[Int(arms.assignment[record])] += 1
        }
        return byArm
    }

    func missingCount(_ column: String) -> MissingCount {
        switch table[column] {
        case .numbers(let values): MissingCount(name: column, byArm: countByArm { values[$0].isNaN })
        case .levels(let codes, _): MissingCount(name: column, byArm: countByArm { codes[$0] < 0 })
        default: MissingCount(name: column, byArm: countByArm { _ in false })
        }
    }

    func armCosts(_ outcome: OutcomeSpec) throws -> [Double] {
        for arm in outcome.armCost.keys.sorted() where !arms.names.contains(arm) {
            throw EspalierError(
                .data,
                "the outcome \(DisplayText.quoted(outcome.name)) has a cost for the arm \(DisplayText.quoted(arm)), which no unit has",
                file: file, remedy: NearestName.hint(arm, among: arms.names) ?? "correct armCost in the spec")
        }
        return arms.names.map { outcome.armCost[$0] ?? 0 }
    }

    /// The outcome's values before exposure; units without one take the mean of the others, which changes nothing for them.
    func preperiod(_ outcome: OutcomeSpec, _ order: CanonicalOrder) throws -> ScaledColumn? {
        guard let name = outcome.preperiod else { return nil }
        let values = order.gather(table.numbers(name))
        let present = ScaledColumn(values.filter { !$0.isNaN })
        guard present.centre.isFinite, present.scale.isFinite, !present.values.isEmpty else {
            throw EspalierError(
                .data,
                "the column \(DisplayText.quoted(name)), the outcome \(DisplayText.quoted(outcome.name)) before exposure, has "
                    + (present.values.isEmpty ? "no values" : "values too large to compute with"),
                file: file, remedy: "check it, or remove preperiod")
        }
        return ScaledColumn(values.map { $0.isNaN ? present.centre : $0 })
    }

    typealias ReadCovariate = (
        covariate: Covariate, missing: MissingCount, past: LevelsPastLimit?, note: ColumnNote, before: [Float]?
    )

    /// What was seen of the texts of the outcomes' columns.
    private func outcomeNotes(_ columns: [OutcomeColumns], _ outcomes: [Outcome]) -> [ColumnNote] {
        zip(columns, outcomes).flatMap { column, outcome in
            column.spec.source.columns.map { name in
                var note = ColumnNote(name, isOutcome: true, texts: table.texts(name))
                note.noteNumbers(table.numbers(name))
                note.isHeldApart = !column.collapses(in: outcome.observed)
                return note
            }
        }
    }

    /// Ids that a spreadsheet has rounded.
    private var ruinedIds: ColumnNote.TextCount? {
        guard case .column(let column) = spec.unit, let found = table.texts(column).ruinedIds else { return nil }
        return ColumnNote.TextCount(text: column, rows: found.rows, line: found.line)
    }

    func suppliedEffects(_ order: CanonicalOrder) throws -> [ScaledColumn] {
        guard case .columns(let columns, _) = spec.effects.learner else { return [] }
        if let unknown = columns.keys.sorted().first(where: { !arms.names.contains($0) }) {
            throw EspalierError(
                .data, "effects are supplied for the arm \(DisplayText.quoted(unknown)), which no unit has", file: file,
                remedy: NearestName.hint(unknown, among: arms.names) ?? "correct effects.columns in the spec")
        }
        return try arms.names.dropFirst().flatMap { arm in
            try spec.outcomes.map { outcome in
                guard let column = columns[arm]?[outcome.name] else {
                    throw EspalierError(
                        .data,
                        "no effects are supplied for the arm \(DisplayText.quoted(arm)) and the outcome "
                            + DisplayText.quoted(outcome.name),
                        file: file, remedy: "add the column to effects.columns in the spec")
                }
                let values = table.numbers(column)
                if let record = values.firstIndex(where: \.isNaN) {
                    throw EspalierError(
                        .data, "the supplied effect \(DisplayText.quoted(column)) is missing here", file: file,
                        line: table.lines.line(of: record), remedy: "every unit needs an effect")
                }
                // Uncentred: scoring new units must round alike, whatever else stands in their file.
                let scaled = ScaledColumn(centre: 0, scale: 1, values: order.gather(values).map { Float($0) })
                guard scaled.values.allSatisfy(\.isFinite) else {
                    throw EspalierError(
                        .data, "the supplied effect \(DisplayText.quoted(column)) has values too large to compute with",
                        file: file, remedy: "check the column")
                }
                return scaled
            }
        }
    }
}
