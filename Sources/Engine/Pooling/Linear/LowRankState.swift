import Runtime
import Statistics

/// The three parts of the LR-learner while they are fitted in turn.
struct LowRankState {
    /// A task as the representation sees it: W'GW and W'c_j.
    struct Reduced: Sendable {
        let gram: DenseMatrix
        let cross: [[Double]]
    }

    let tasks: [CentredTask]
    private(set) var directions: DenseMatrix
    private(set) var head: LowRankHead
    private let ridge: Double
    private let workers: Workers

    init(tasks: [CentredTask], directions: DenseMatrix, head: LowRankHead, ridge: Double, workers: Workers) {
        self.tasks = tasks
        self.directions = directions
        self.head = head
        self.ridge = ridge
        self.workers = workers
    }

    /// - Complexity: O(tasks x coordinates² x d).
    func reducing() throws -> [Reduced] {
        let (tasks, directions) = (tasks, directions)
        let turned = directions.transposed
        return try workers.map(tasks.count) { index in
            Reduced(
                gram: turned * (tasks[index].gram * directions),
                cross: tasks[index].cross.map(directions.transposedProduct))
        }
    }

    /// A_j given W and e: the normal matrix is the sum of (e e') x (W'GW) over the tasks that have the outcome.
    mutating func solveTransforms(_ reduced: [Reduced], steps: Int) throws {
        let (tasks, head, ridge) = (tasks, head, ridge)
        self.head.transforms = try workers.map(head.transforms.count) { outcome in
            let members = tasks.indices.compactMap { task in
                tasks[task].outcomes.firstIndex(of: outcome).map { (task: task, slot: $0) }
            }
            let size = head.transforms[outcome].rowCount
            let arms = DenseMatrix(columns: members.map { head.arms[$0.task] }, rowCount: size)
            let turned = arms.transposed
            let right =
                DenseMatrix(columns: members.map { reduced[$0.task].cross[$0.slot] }, rowCount: size) * turned
            let weighted = DenseMatrix(
                columns: members.map { member in
                    head.arms[member.task].map { $0 * tasks[member.task].count }
                }, rowCount: size)
            let about = Cholesky((weighted * turned).addingToDiagonal(ridge))
            return ConjugateGradient.solve(
                right, start: head.transforms[outcome], steps: steps, tolerance: 1e-6
            ) { transform in
                let moved = transform * arms
                let weighed = DenseMatrix(
                    columns: members.indices.map { reduced[members[$0].task].gram * moved.column($0) },
                    rowCount: size)
                return (weighed * turned).adding(transform, times: ridge)
            } preconditioner: { residual in
                about.map { $0.solve(residual.transposed).transposed } ?? residual
            }
        }
    }

    /// e of every task given W and A.
    mutating func solveArms(_ reduced: [Reduced]) throws {
        let (tasks, transforms, ridge, old) = (tasks, head.transforms, ridge, head.arms)
        head.arms = try workers.map(tasks.count) { index in
            let task = tasks[index]
            let size = old[index].count
            var normal = DenseMatrix(rowCount: size, columnCount: size).addingToDiagonal(ridge)
            var right = [Double](repeating: 0, count: size)
            for (slot, outcome) in task.outcomes.enumerated() {
                let transform = transforms[outcome]
                normal = normal + transform.transposed * (reduced[index].gram * transform)
                right = right.adding(transform.transposedProduct(reduced[index].cross[slot]), times: 1)
            }
            return Cholesky(normal)?.solve(right) ?? old[index]
        }
    }

    /// W given A and e: the sum of G M q q' over tasks and outcomes, q = A_j e.
    mutating func solveDirections(steps: Int) throws {
        let (tasks, head, ridge) = (tasks, head, ridge)
        let (width, size) = (directions.rowCount, directions.columnCount)
        let factors = tasks.indices.map { task in
            DenseMatrix(
                columns: tasks[task].outcomes.map { head.coefficients(task: task, outcome: $0) }, rowCount: size)
        }
        let squares = factors.map { $0 * $0.transposed }
        var right = DenseMatrix(rowCount: width, columnCount: size)
        var weighted = DenseMatrix(rowCount: size, columnCount: size).addingToDiagonal(ridge)
        for (index, task) in tasks.enumerated() {
            right = right + DenseMatrix(columns: task.cross, rowCount: width) * factors[index].transposed
            weighted = weighted.adding(squares[index], times: task.count)
        }
        let about = Cholesky(weighted)
        let workers = workers
        directions = try ConjugateGradient.solve(right, start: directions, steps: steps, tolerance: 1e-6) { matrix in
            let parts = try workers.map(tasks.count) { tasks[$0].gram * (matrix * squares[$0]) }
            return parts.reduce(matrix.scaled(by: ridge), +)
        } preconditioner: { residual in
            about.map { $0.solve(residual.transposed).transposed } ?? residual
        }
    }

    /// The same model with orthonormal directions and arms of mean length 1.
    mutating func normalise() {
        if let factor = Cholesky(directions.transposed * directions) {
            // W = Q R with R' R = W'W, R = L'.
            directions = factor.forward(directions.transposed).transposed
            let triangle = factor.factor.transposed
            head.transforms = head.transforms.map { triangle * $0 }
        }
        let length = (head.arms.reduce(0) { $0 + $1.dot($1) } / Double(max(1, head.arms.count))).squareRoot()
        guard length > 0 else { return }
        head.arms = head.arms.map { $0.map { $0 / length } }
        head.transforms = head.transforms.map { $0.scaled(by: length) }
    }

    /// Over all tasks and outcomes.
    func squaredError(_ reduced: [Reduced]) -> Double {
        var sum = 0.0
        for (index, task) in tasks.enumerated() {
            for (slot, outcome) in task.outcomes.enumerated() {
                let own = head.coefficients(task: index, outcome: outcome)
                sum += task.squares[slot] - 2 * own.dot(reduced[index].cross[slot])
                sum += own.dot(reduced[index].gram * own)
            }
        }
        return sum
    }
}
