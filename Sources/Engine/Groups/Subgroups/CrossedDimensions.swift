import Experiments
import Runtime

/// One or two dimensions crossed: the cell of every unit, and what the cells are called.
package struct CrossedDimensions: Sendable {
    package let dimensions: [Dimension]
    /// The first dimension's groups, and within each the second's.
    package let cellCount: Int
    /// Cell of each of the units.
    package let cellOf: [Int32]

    /// - Parameters:
    ///   - covariates: indices of one or two different ones.
    ///   - units: whose cells are wanted.
    ///   - counted: the units whose values decide where numeric covariates are cut; nil takes the same.
    /// - Throws: what the workers throw.
    package init(
        _ experiment: Experiment, covariates: [Int], units: Range<Int>, counting counted: Range<Int>? = nil,
        groups: Int = 4, context: RunContext = RunContext()
    ) throws {
        let dimensions = try context.workers.map(covariates.count) {
            Dimension(experiment, covariate: covariates[$0], units: units, counting: counted, groupCount: groups)
        }
        self.dimensions = dimensions
        cellCount = dimensions.reduce(1) { $0 * $1.groups.count }
        var cells = [Int32](repeating: 0, count: units.count)
        for dimension in dimensions {
            let size = Int32(dimension.groups.count)
            for place in cells.indices { cells[place] = cells[place] * size + Int32(dimension.ofUnit[place]) }
        }
        cellOf = cells
    }

    /// The group of each dimension.
    package func labels(of cell: Int) -> [String] {
        var rest = cell
        return dimensions.reversed().map { dimension in
            defer { rest /= dimension.groups.count }
            return dimension.labels[rest % dimension.groups.count]
        }.reversed()
    }
}
