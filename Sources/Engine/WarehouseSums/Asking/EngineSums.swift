import Experiments
import Runtime
import Synchronization
import Warehouses

/// Sums from the units in a warehouse: each question is one pass over the table of bins, and no row comes back.
package struct EngineSums: SumsProvider {
    package let codes: [BinCode]
    let armCount: Int
    let outcomeCount: Int
    let connection: any WarehouseConnection
    private let roots = RootTables()

    /// - Parameter connection: sees the table of bins.
    init(_ connection: any WarehouseConnection, codes: [BinCode], armCount: Int, outcomeCount: Int) {
        self.connection = connection
        self.codes = codes
        self.armCount = armCount
        self.outcomeCount = outcomeCount
    }

    /// The table of bins: w is the arm, g the `UnitPart`, b0, b1, ... the bins and y0, y1, ... the outcomes as stored.
    static let table = "espalier_units"

    /// - Throws: `EspalierError` in one sentence; `CancellationError`, within a second.
    /// - Complexity: one pass over the table for each covariate of a level, else one pass.
    package mutating func answer(_ request: SumsRequest, context: RunContext) throws -> SumsAnswer {
        switch request.cells {
        case .level([.root], let covariates):
            // All trees stand at the root first, and one question serves them.
            return try roots.answer(request, armCount: armCount, outcomeCount: outcomeCount) {
                try level([.root], covariates, $0, context.cancellation)
            }
        case .level(let nodes, let covariates): return try level(nodes, covariates, request, context.cancellation)
        case .nodes(let nodes): return try whole(nodes, request, context.cancellation)
        case .crossing(let partitions): return try crossing(partitions, request, context.cancellation)
        }
    }

    private func level(
        _ nodes: [NodePath], _ covariates: [Int], _ request: SumsRequest, _ cancellation: Cancellation
    ) throws -> SumsAnswer {
        let key = UnitKey(request, armCount: armCount)
        let outcomes = request.outcomes.map { "y\($0)" }
        let columns = covariates.map { "b\($0)" } + outcomes.map { "\(connection.dialect.double($0)) AS \($0)" }
        let sums = outcomes.flatMap { ["sum(\($0))", "sum(\($0) * \($0))"] }
        let own =
            "SELECT \(key.text(node: CellText(codes: codes).number(of: nodes))) AS c, \(columns.joined(separator: ", ")) "
        let question = LevelQuestion(
            units: "\(own)FROM \(Self.table) WHERE \(key.condition)", covariates: covariates, outcomes: outcomes,
            sums: ["count(*)"] + sums)
        let answer = try connection.ask(
            question.text(connection.dialect), Array(repeating: .integer, count: 4) + sums.map { _ in .double },
            cancellation: cancellation)
        let filling = SumsFilling(request, armCount: armCount)
        var tables = covariates.map {
            SumsTable(binCount: codes[$0].valueBins + 1, cellCount: nodes.count, shape: filling.shape)
        }
        let (position, cell, bin, count) = (
            answer[0].integers, answer[1].integers, answer[2].integers, answer[3].integers
        )
        let numbers = sums.indices.map { answer[4 + $0].doubles }
        for row in 0..<answer.rowCount {
            guard let table = position[row], let own = cell[row].flatMap({ key.parse($0) }), let bin = bin[row] else {
                continue
            }
            filling.add(
                to: &tables[table], bin: own.node * tables[table].binCount + bin, part: own.part, arm: own.arm,
                count: Double(count[row] ?? 0)
            ) { (numbers[2 * $0][row] ?? 0, numbers[2 * $0 + 1][row] ?? 0) }
        }
        return SumsAnswer(shape: filling.shape, tables: tables)
    }

    /// Nodes may stand beside their own descendants: each unit is counted in the deepest, and that in all above it.
    private func whole(
        _ nodes: [NodePath], _ request: SumsRequest, _ cancellation: Cancellation
    ) throws -> SumsAnswer {
        let order = nodes.indices.sorted { (nodes[$1].steps.count, $0) < (nodes[$0].steps.count, $1) }
        let holders = order.map { deepest in
            nodes.indices.filter { nodes[deepest].steps.starts(with: nodes[$0].steps) }
        }
        let key = UnitKey(request, armCount: armCount)
        let number = CellText(codes: codes).number(of: order.map { nodes[$0] })
        let filling = SumsFilling(request, armCount: armCount)
        var table = SumsTable(binCount: 1, cellCount: nodes.count, shape: filling.shape)
        try each([key.text(node: number)], request, key, cancellation) { row, keys, count, sums in
            guard let own = key.parse(keys[0]) else { return }
            for cell in holders[own.node] {
                filling.add(to: &table, bin: cell, part: own.part, arm: own.arm, count: count, sums: sums)
            }
        }
        return SumsAnswer(shape: filling.shape, tables: [table])
    }

    private func crossing(
        _ partitions: [[NodePath]], _ request: SumsRequest, _ cancellation: Cancellation
    ) throws -> SumsAnswer {
        let key = UnitKey(request, armCount: armCount)
        let text = CellText(codes: codes)
        let filling = SumsFilling(request, armCount: armCount)
        var cells: [[UInt16]: Int] = [:]
        var found: [(cell: Int, part: UnitPart, arm: Int, count: Double, sums: [(Double, Double)])] = []
        try each(
            [key.text(node: "0")] + partitions.map(text.number), request, key, cancellation
        ) { row, keys, count, sums in
            guard let own = key.parse(keys[0]) else { return }
            let tuple = keys.dropFirst().map { UInt16($0) }
            let cell = cells[tuple] ?? cells.count
            cells[tuple] = cell
            found.append((cell, own.part, own.arm, count, request.outcomes.indices.map(sums)))
        }
        // In one order, whatever the engine's.
        let tuples = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }
        var place = [Int](repeating: 0, count: tuples.count)
        for (position, tuple) in tuples.enumerated() { place[cells[tuple] ?? 0] = position }
        var table = SumsTable(binCount: 1, cellCount: tuples.count, shape: filling.shape)
        for row in found {
            filling.add(to: &table, bin: place[row.cell], part: row.part, arm: row.arm, count: row.count) {
                row.sums[$0]
            }
        }
        return SumsAnswer(shape: filling.shape, tables: [table], tuples: tuples)
    }

    /// Hands over the count and the sums of every group of units with the same keys.
    private func each(
        _ keys: [String], _ request: SumsRequest, _ key: UnitKey, _ cancellation: Cancellation,
        _ body: (Int, [Int], Double, (Int) -> (Double, Double)) -> Void
    ) throws {
        let outcomes = request.outcomes.map { connection.dialect.double("y\($0)") }
        let sums = outcomes.flatMap { ["sum(\($0))", "sum(\($0) * \($0))"] }
        let places = keys.indices.map { "\($0 + 1)" }.joined(separator: ", ")
        let query =
            "SELECT \((keys + ["count(*)"] + sums).joined(separator: ", ")) FROM \(Self.table) WHERE \(key.condition) "
            + "GROUP BY \(places)"
        let answer = try connection.ask(
            query, keys.map { _ in .integer } + [.integer] + sums.map { _ in .double }, cancellation: cancellation)
        let columns = keys.indices.map { answer[$0].integers }
        let counts = answer[keys.count].integers
        let numbers = sums.indices.map { answer[keys.count + 1 + $0].doubles }
        for row in 0..<answer.rowCount {
            body(row, columns.map { $0[row] ?? -1 }, Double(counts[row] ?? 0)) {
                (numbers[2 * $0][row] ?? 0, numbers[2 * $0 + 1][row] ?? 0)
            }
        }
    }
}

/// The sums of the root by covariates and bins, asked for once for all arms and outcomes.
private final class RootTables: Sendable {
    private struct Key: Hashable {
        let cells: SumsRequest.Cells
        let summed: [UnitGroup]
        let counted: [UnitGroup]
    }

    private let known = Mutex<[Key: SumsAnswer]>([:])

    func answer(
        _ request: SumsRequest, armCount: Int, outcomeCount: Int, ask: (SumsRequest) throws -> SumsAnswer
    ) throws -> SumsAnswer {
        let key = Key(cells: request.cells, summed: request.summed, counted: request.counted)
        guard let arms = request.arms else { return try ask(request) }
        // Whoever comes meanwhile waits for the same answer.
        let whole = try known.withLock { known in
            if let found = known[key] { return found }
            let made = try ask(
                SumsRequest(
                    request.cells, arms: Array(0..<armCount), outcomes: Array(0..<outcomeCount), summed: request.summed,
                    counted: request.counted))
            known[key] = made
            return made
        }
        return Self.part(of: whole, request, arms)
    }

    private static func part(of whole: SumsAnswer, _ request: SumsRequest, _ arms: [Int]) -> SumsAnswer {
        let shape = SumsShape(request, isWeighted: false)
        let tables = whole.tables.map { from in
            var table = SumsTable(binCount: from.binCount, cellCount: 1, shape: shape)
            for bin in 0..<from.binCount {
                for (position, arm) in arms.enumerated() {
                    for (place, outcome) in request.outcomes.enumerated() {
                        for group in request.summed.indices {
                            let (to, own) = (
                                shape.sum(bin: bin, arm: position, outcome: place, group: group),
                                whole.shape.sum(bin: bin, arm: arm, outcome: outcome, group: group)
                            )
                            for lane in 0..<shape.width { table.sums[to + lane] = from.sums[own + lane] }
                        }
                    }
                    for group in request.counted.indices {
                        table.counts[shape.count(bin: bin, arm: position, group: group)] =
                            from.counts[whole.shape.count(bin: bin, arm: arm, group: group)]
                    }
                }
            }
            return table
        }
        return SumsAnswer(shape: shape, tables: tables)
    }
}
