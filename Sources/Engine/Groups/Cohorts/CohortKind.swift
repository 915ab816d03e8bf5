import Effects
import Runtime

/// How units are divided into cohorts.
package enum CohortKind: Sendable, Hashable {
    /// By the trees of all arms and outcomes merged (S0 Algorithm 1).
    case merged
    /// By one tree for all arms and outcomes (S0, future work 3).
    case joint
    /// By quantiles of named covariates (S0's heuristic cohorts).
    case heuristic([QuantileCells])

    /// A covariate and the number of cells that its values are cut into.
    package struct QuantileCells: Sendable, Hashable {
        package let covariate: String
        package let cells: Int

        package init(covariate: String, cells: Int) {
            self.covariate = covariate
            self.cells = cells
        }
    }

    /// The cells by medians of the first numeric covariates, as many as may be crossed (S0 HT); nil where none is numeric.
    package static func medians(of covariates: [CovariateDescription]) -> CohortKind? {
        let numeric = covariates.filter { if case .numeric = $0.encoding { true } else { false } }
        guard !numeric.isEmpty else { return nil }
        return .heuristic(numeric.prefix(maximumCovariates).map { QuantileCells(covariate: $0.name, cells: 2) })
    }

    package static let maximumCovariates = 4
    /// Of one covariate.
    package static let cellRange = 2...50
    /// Of all covariates crossed.
    package static let maximumCells = 1_000
}

extension CohortKind: CustomStringConvertible {
    /// - Parameter text: `merged`, `joint` or `heuristic:a:4,b`: covariates with their number of cells, 2 where none is given.
    /// - Throws: `EspalierError` (.usage).
    package init(_ text: String) throws {
        func error(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.usage, message, remedy: remedy)
        }
        switch text {
        case "merged": self = .merged
        case "joint": self = .joint
        default:
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts[0] == "heuristic" else {
                throw error("there are no \(text) cohorts", "choose merged, joint or heuristic:COVARIATE:CELLS,...")
            }
            let names = parts.count > 1 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : []
            guard !names.isEmpty, !names.contains("") else {
                throw error("heuristic cohorts name no covariate", "write heuristic:COVARIATE:CELLS,...")
            }
            let cells = names.map { Self.cells(String($0)) }
            guard cells.count <= Self.maximumCovariates else {
                throw error(
                    "heuristic cohorts by \(cells.count) covariates are too many to read",
                    "name at most \(Self.maximumCovariates)")
            }
            guard Set(cells.map(\.covariate)).count == cells.count else {
                throw error("heuristic cohorts name a covariate twice", "name each once")
            }
            if let wrong = cells.first(where: { !Self.cellRange.contains($0.cells) }) {
                throw error(
                    "\(wrong.covariate) cannot be cut into \(wrong.cells) cells",
                    "ask for \(Self.cellRange.lowerBound) to \(Self.cellRange.upperBound)")
            }
            let crossed = cells.reduce(1) { $0 * $1.cells }
            guard crossed <= Self.maximumCells else {
                throw error("\(crossed) cells are too many", "cross at most \(Self.maximumCells)")
            }
            self = .heuristic(cells)
        }
    }

    /// `name` or `name:cells`; a colon that no number follows is part of the name.
    private static func cells(_ text: String) -> QuantileCells {
        if let colon = text.lastIndex(of: ":"), let cells = Int(text[text.index(after: colon)...]) {
            return QuantileCells(covariate: String(text[..<colon]), cells: cells)
        }
        return QuantileCells(covariate: text, cells: 2)
    }

    /// As it is parsed.
    package var description: String {
        switch self {
        case .merged: "merged"
        case .joint: "joint"
        case .heuristic(let cells):
            "heuristic:" + cells.map { "\($0.covariate):\($0.cells)" }.joined(separator: ",")
        }
    }
}

extension CohortKind: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try CohortKind(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "there are no \(text) cohorts")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
