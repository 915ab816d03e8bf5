import Runtime

extension DuplicateUnits {
    private static let exampleLimit = 3

    /// Units with more than one row: equal keys, which stand side by side in canonical order. (Two ids share a 64-bit key
    /// with probability 3e-8 among a million units.) Only if there are any are their ids read.
    static func find(
        in experiment: Experiment, lines: RecordLines, file: String, context: RunContext
    ) throws -> DuplicateUnits {
        let keys = experiment.units.keys
        var found = DuplicateUnits()
        var examples: [Range<Int>] = []
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end] == keys[start] { end += 1 }
            if end - start > 1 {
                found.units += 1
                found.extraRows += end - start - 1
                let arms = experiment.assignment[start..<end]
                if arms.contains(where: { $0 != arms[start] }) { found.unitsInSeveralArms += 1 }
                if examples.count < exampleLimit { examples.append(start..<end) }
            }
            start = end
        }
        guard !examples.isEmpty, case .column = experiment.spec.unit else { return found }
        let ids = try UnitIds.read(file, unit: experiment.spec.unit, context: context)
        found.examples = examples.map { range in
            let records = range.map { Int(experiment.units.rows[$0]) - 1 }
            return Example(unit: ids.texts[records[0]], lines: records.prefix(2).map { lines.line(of: $0) })
        }
        return found
    }
}
