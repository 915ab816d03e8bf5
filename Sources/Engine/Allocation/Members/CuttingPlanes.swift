import Runtime

/// Minimises a convex function over a box by planes that lie below it (Kelley 1960): each step goes where the planes found so
/// far are lowest, and adds the plane that touches the function there.
struct CuttingPlanes {
    /// constant + slopes . point, nowhere above the function.
    struct Plane {
        let constant: Double
        let slopes: [Double]

        func value(at point: [Double]) -> Double { zip(slopes, point).reduce(constant) { $0 + $1.0 * $1.1 } }
    }

    struct Minimum {
        let point: [Double]
        /// The function there.
        let value: Double
        /// No point of the box is lower.
        let bound: Double
        /// The mean of the planes, weighted so that it is the bound at every point but for the box.
        let slopes: [Double]
        let steps: Int
    }

    let lower: [Double]
    let upper: [Double]
    /// Stops when the minimum is known to this.
    var tolerance = 1e-8

    private static let stepLimit = 2_000
    /// Below what any function is that is worth minimising: it keeps the first programmes bounded.
    private static let floor = -1e9

    /// - Parameter plane: the plane that touches the function at a point.
    /// - Throws: what `plane` throws; `EspalierError` (.internal).
    func minimise(from start: [Double], plane: ([Double]) throws -> Plane) throws -> Minimum {
        let count = lower.count
        var best = (point: start, value: Double.infinity)
        let program = LinearProgram(
            LinearProgram.Matrix(starts: Array(repeating: 0, count: count + 2)), lower: lower + [Self.floor],
            upper: upper + [.greatestFiniteMagnitude], cost: lower.map { _ in 0 } + [1], rows: [])
        let columns = (0...count).map { Int32($0) }
        var planes: [Plane] = []
        var point = start
        while true {
            let touching = try plane(point)
            planes.append(touching)
            let value = touching.value(at: point)
            if value < best.value { best = (point, value) }
            program.addRow(columns: columns, values: touching.slopes + [-1], upper: -touching.constant)
            guard try program.solve() else {
                throw EspalierError(.internal, "the planes of the dual contradict each other", remedy: "report it")
            }
            let bound = program.minimum
            point = Array(program.primal.prefix(count))
            if best.value - bound <= tolerance || planes.count >= Self.stepLimit {
                var slopes = [Double](repeating: 0, count: count)
                for (plane, dual) in zip(planes, program.rowDuals) {
                    for k in 0..<count { slopes[k] -= dual * plane.slopes[k] }
                }
                return Minimum(
                    point: best.point, value: best.value, bound: bound, slopes: slopes, steps: planes.count)
            }
        }
    }
}
