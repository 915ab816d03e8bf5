import CClp
import Runtime

/// A linear programme held by CLP: minimise a cost over columns and rows with bounds. It is kept between
/// solutions, so that after a change of bounds, costs or rows the next one starts from the last basis.
final class LinearProgram {
    /// Columns of the constraint matrix, each with its rows and coefficients.
    struct Matrix {
        var starts: [Int32] = [0]
        var rows: [Int32] = []
        var values: [Double] = []

        /// Adds an entry to the column that is being written.
        mutating func add(row: Int, _ value: Double) {
            rows.append(Int32(row))
            values.append(value)
        }

        mutating func endColumn() { starts.append(Int32(rows.count)) }
    }

    private let model: UnsafeMutableRawPointer
    private let columnCount: Int
    private(set) var rowCount: Int
    private var isFresh = true
    private(set) var iterations = 0

    /// Feasibility of rows and reduced costs, in the programme's own scale.
    private static let tolerance = 1e-9

    /// - Parameters:
    ///   - lower: of the columns; 0 where nil.
    ///   - upper: of the columns.
    ///   - rows: lower and upper bounds.
    init(
        _ matrix: Matrix, lower: [Double]? = nil, upper: [Double], cost: [Double],
        rows: [(lower: Double, upper: Double)]
    ) {
        columnCount = cost.count
        rowCount = rows.count
        // Clp_newModel allocates; it has no way to fail but running out of memory.
        model = Clp_newModel()!
        Clp_setLogLevel(model, 0)
        Clp_loadProblem(
            model, Int32(columnCount), Int32(rowCount), matrix.starts, matrix.rows, matrix.values, lower, upper, cost,
            rows.map(\.lower), rows.map(\.upper))
        Clp_setPrimalTolerance(model, Self.tolerance)
        Clp_setDualTolerance(model, Self.tolerance)
    }

    deinit { Clp_deleteModel(model) }

    func setCost(_ cost: [Double]) { Clp_chgObjCoefficients(model, cost) }

    func setUpper(column: Int, _ bound: Double) { Clp_columnUpper(model)[column] = bound }

    func setUpper(row: Int, _ bound: Double) { Clp_rowUpper(model)[row] = bound }

    /// Adds the row sum value x column <= upper.
    func addRow(columns: [Int32], values: [Double], upper: Double) {
        Clp_addRows(model, 1, [-Double.greatestFiniteMagnitude], [upper], [0, Int32(columns.count)], columns, values)
        rowCount += 1
    }

    /// Solves to optimality.
    /// - Returns: false where no point keeps all rows.
    /// - Throws: `EspalierError` (.internal) where CLP gives up.
    func solve() throws -> Bool {
        if isFresh { Clp_initialSolve(model) } else { Clp_dual(model, 0) }
        isFresh = false
        iterations += Int(Clp_numberIterations(model))
        // A basis of before may be one that the dual method cannot start from.
        if Clp_status(model) > 1 {
            Clp_primal(model, 0)
            iterations += Int(Clp_numberIterations(model))
        }
        switch Clp_status(model) {
        case 0: return true
        case 1: return false
        default:
            throw EspalierError(
                .internal, "the linear programme could not be solved (CLP status \(Clp_status(model)))",
                remedy: "report it with the table")
        }
    }

    var primal: [Double] { Array(UnsafeBufferPointer(start: Clp_primalColumnSolution(model), count: columnCount)) }

    /// What the minimum gains per unit by which a row's bound is raised.
    var rowDuals: [Double] { Array(UnsafeBufferPointer(start: Clp_dualRowSolution(model), count: rowCount)) }

    var minimum: Double { Clp_objectiveValue(model) }
}
