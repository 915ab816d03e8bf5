import Experiments
import Runtime
import Texts
import Warehouses

/// The columns of an experiment's units as SQL over the warehouse's own rows, before anything is known of their values.
///
/// `rows` names them: w is the arm's text, m the unit's MD5 digest, y0, y1, ... the outcomes, or a ratio's numerators with its
/// denominators as z0, z1, ..., and x0, x1, ... the covariates, doubles or texts; p0, p1, ... are outcomes before exposure. What is
/// missing is NULL or NaN.
struct UnitRows: Sendable {
    let spec: ExperimentSpec
    let table: EngineTable
    /// The data, for messages.
    let file: String
    let dialect: SQLDialect
    let identity: String
    let arm: String
    let outcomes: [String]
    /// Of ratios; nil for other outcomes.
    let denominators: [String?]
    /// The outcome's value before exposure; nil where the spec names none.
    let before: [String?]
    /// What all tune units say of each outcome; empty before it was asked.
    var whole: [WholeOutcome] = []
    /// Whether each outcome is missing in a row, before `missing: zero` fills it.
    let outcomeIsMissing: [String]
    let covariates: [String]
    /// Whether the values of each covariate are texts.
    let isCategorical: [Bool]
    /// The columns that the spec reads, each once.
    private let read: [String]

    /// - Throws: `EspalierError(.data)` for columns that are not there or not of their type; `.usage` for what cannot be done where
    ///   the units stay in a warehouse.
    init(_ spec: ExperimentSpec, table: EngineTable, file: String) throws {
        try UnsupportedSpec.refuse(spec, file: file)
        guard case .column(let unit) = spec.unit else { throw UnsupportedSpec.rowsAsUnits(file) }
        let dialect = table.connection.dialect
        self.spec = spec
        self.table = table
        self.file = file
        self.dialect = dialect
        var read: [String] = []
        func column(_ name: String, _ purpose: String) throws -> EngineColumn {
            guard let found = table[name] else {
                throw EspalierError(
                    .data, "there is no \(purpose) column \(DisplayText.quoted(name))", file: file,
                    remedy: NearestName.hint(name, among: table.columns.map(\.name)) ?? "correct the spec")
            }
            if !read.contains(name) { read.append(name) }
            return found
        }
        identity = try column(unit, "unit").identity(dialect, for: "unit", file: file)
        arm = try column(spec.treatment.column, "treatment").label(dialect, for: "treatment", file: file)
        var outcomes: [String] = []
        var denominators: [String?] = []
        var before: [String?] = []
        var missing: [String] = []
        for outcome in spec.outcomes {
            let isFilled = outcome.missing == .zero
            func number(_ name: String) throws -> String {
                try column(name, "outcome").number(dialect, for: "outcome", file: file)
            }
            func isMissing(_ value: String) -> String { "(\(value) IS NULL OR \(dialect.isNaN(value)))" }
            func filled(_ value: String) -> String {
                isFilled ? "CASE WHEN \(isMissing(value)) THEN \(dialect.literal(0)) ELSE \(value) END" : value
            }
            var divisor: String?
            switch outcome.source {
            case .column(let name):
                let value = try number(name)
                outcomes.append(filled(value))
                missing.append(isMissing(value))
            case .weightedSum(let weights):
                // In the order of the reader, which adds from the left.
                let terms = weights.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                let values = try terms.map { try number($0.key) }
                outcomes.append(
                    zip(terms, values).map { "\(dialect.literal($0.value)) * \(filled($1))" }.joined(separator: " + "))
                missing.append(values.map(isMissing).joined(separator: " OR "))
            case .ratio(let numerator, let denominator):
                let (value, own) = (try number(numerator), try number(denominator))
                outcomes.append(filled(value))
                divisor = filled(own)
                missing.append(isMissing(value) + " OR " + isMissing(own))
            case .surrogate: throw UnsupportedSpec.surrogate(outcome.name, file)
            }
            denominators.append(divisor)
            before.append(
                try outcome.preperiod.map {
                    try column($0, "value before exposure").number(dialect, for: "value before exposure", file: file)
                })
        }
        self.outcomes = outcomes
        self.denominators = denominators
        self.before = before
        outcomeIsMissing = missing
        var covariates: [String] = []
        var isCategorical: [Bool] = []
        for covariate in spec.covariates {
            let found = try column(covariate.column, "covariate")
            let hasLevels = covariate.kind.map { $0 == .categorical } ?? found.isCategorical
            isCategorical.append(hasLevels)
            covariates.append(
                hasLevels
                    ? try found.label(dialect, for: "covariate", file: file)
                    : try found.number(dialect, for: "covariate", file: file))
        }
        self.covariates = covariates
        self.isCategorical = isCategorical
        self.read = read
    }

    var outcomeCount: Int { outcomes.count }
    /// Outcomes that are ratios.
    var ratios: [Int] { denominators.indices.filter { denominators[$0] != nil } }
    var covariateCount: Int { covariates.count }

    /// Outcomes whose value before exposure is known.
    var adjusted: [Int] { before.indices.filter { before[$0] != nil } }

    /// Every row, with its columns under their short names; d0, d1, ... say whether an outcome was missing before it was filled.
    var rows: String {
        let columns =
            ["\(arm) AS w", "\(digest) AS m"]
            + outcomes.enumerated().map { "\($1) AS y\($0)" }
            + denominators.enumerated().compactMap { index, own in own.map { "\($0) AS z\(index)" } }
            + before.enumerated().compactMap { index, own in own.map { "\($0) AS p\(index)" } }
            + outcomeIsMissing.enumerated().map { "(\($1)) AS d\($0)" }
            + covariates.enumerated().map { "\($1) AS x\($0)" }
        return "SELECT \(columns.joined(separator: ", ")) FROM \(table.relation) AS source"
    }

    /// A unit's MD5 digest, which splits and samples are read off.
    var digest: String { "md5(\(dialect.literal("\(spec.splits.seed):")) || \(identity))" }

    /// An outcome in its own unit, of the names of `rows`: linearised, and its extreme values pulled in, as the reader does it.
    /// - Parameter prefix: of these names, where they stand among others.
    func outcome(_ index: Int, prefix: String = "") -> String {
        let column = "\(prefix)y\(index)"
        guard whole.indices.contains(index) else { return column }
        let own = whole[index]
        let value = own.ratio.map { linearised(column, "\(prefix)z\(index)", $0) } ?? column
        guard let limits = own.winsorizing else { return value }
        return "LEAST(GREATEST(\(value), \(dialect.literal(limits.low))), \(dialect.literal(limits.high)))"
    }

    /// In the order of the reader, so that the last bit is the same.
    private func linearised(_ numerator: String, _ denominator: String, _ ratio: LinearRatio) -> String {
        let (own, mean) = ("(\(dialect.literal(ratio.ratio)))", "(\(dialect.literal(ratio.mean)))")
        return "(\(own) + (\(numerator) - \(own) * \(denominator)) / \(mean))"
    }

    /// The part of a row's unit, as `UnitPart` numbers it.
    var part: String { part(of: "m") }

    /// - Parameter m: the unit's digest.
    func part(of m: String) -> String {
        let confirm = HexadecimalText.digits((spec.splits.confirm * 0x1p32).rounded(.up), count: 8)
        return "CASE WHEN \(dialect.precedes("substr(\(m), 1, 8)", confirm)) THEN \(UnitPart.confirm.rawValue)"
            + " WHEN \(dialect.precedes("substr(\(m), 17, 1)", "8")) THEN \(UnitPart.estimating.rawValue)"
            + " WHEN \(dialect.precedes("substr(\(m), 31, 1)", "4")) THEN \(UnitPart.pruning.rawValue)"
            + " ELSE \(UnitPart.growing.rawValue) END"
    }

    var isTune: String { "\(part) <> \(UnitPart.confirm.rawValue)" }

    /// Whether a row's unit is in the sample, of tune units alone.
    /// - Parameter limit: as `SplitRule.sampleLimit` says.
    func isSampled(_ limit: UInt32?) -> String {
        guard let limit else { return isTune }
        let digits = HexadecimalText.digits(Double(limit), count: 6)
        return isTune + " AND " + dialect.precedes("substr(m, 25, 6)", digits)
    }

    /// Whether a row lacks an outcome without which it is left out.
    var isDropped: String? {
        let dropping = spec.outcomes.indices.filter { spec.outcomes[$0].missing == .drop }
        return dropping.isEmpty ? nil : dropping.map { "d\($0)" }.joined(separator: " OR ")
    }

    /// Whether a row is a unit of the experiment.
    func isKept(_ arms: [String]) -> String {
        "w IN (\(arms.map { dialect.literal($0) }.joined(separator: ", ")))"
            + (isDropped.map { " AND NOT (\($0))" } ?? "")
    }

    /// The rows of the sample with the columns that the spec reads, under their own names.
    func sample(_ arms: [String], limit: UInt32?) -> String {
        let names = read.map(dialect.identifier).joined(separator: ", ")
        let missing = outcomeIsMissing.enumerated().map { "(\($1)) AS d\($0)" }
        let inner = ["*", "\(arm) AS w", "\(digest) AS m"] + missing
        return "SELECT \(names) FROM (SELECT \(inner.joined(separator: ", ")) FROM \(table.relation) AS source) q "
            + "WHERE \(isKept(arms)) AND \(isSampled(limit))"
    }
}

enum HexadecimalText {
    /// A number from 0 on in hexadecimal digits, small letters, as `md5` writes them. One that needs a digit more is what all of
    /// so many digits are below.
    static func digits(_ number: Double, count: Int) -> String {
        let text = String(UInt64(number), radix: 16)
        return text.count > count ? "g" : String(repeating: "0", count: count - text.count) + text
    }
}
