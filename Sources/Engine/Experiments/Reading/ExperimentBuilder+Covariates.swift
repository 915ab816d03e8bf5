import Runtime
import Texts

extension ExperimentBuilder {
    /// Encodes the covariates, as many at a time as there are workers; the memory of each batch is freed before the next.
    /// - Parameter before: all units, whose values are encoded alike; nil where none was left out.
    mutating func readCovariates(
        _ order: CanonicalOrder, before: CanonicalOrder? = nil
    ) throws -> [ReadCovariate] {
        var result: [ReadCovariate] = []
        let names = spec.covariates.map(\.column)
        for start in stride(from: 0, to: names.count, by: context.workers.count) {
            try context.cancellation.check()
            let batch = Array(names[start..<min(start + context.workers.count, names.count)])
            let builder = self
            result += try context.workers.map(batch.count) { index in
                let (covariate, past) = try builder.encode(batch[index], order: order)
                return (
                    covariate, builder.missingCount(batch[index]), past, builder.note(batch[index]),
                    before.map { builder.values(of: batch[index], covariate.encoding, $0) }
                )
            }
            for name in batch { table.drop(name) }
        }
        return result
    }

    func note(_ column: String) -> ColumnNote {
        var note = ColumnNote(column, isOutcome: false, texts: table.texts(column))
        switch table[column] {
        case .levels(let codes, let names)?: note.noteLevels(names, codes: codes)
        case .numbers(let values)?: note.noteNumbers(values)
        default: break
        }
        return note
    }

    /// A column's values in another order, by a given encoding.
    func values(of column: String, _ encoding: CovariateEncoding, _ order: CanonicalOrder) -> [Float] {
        if case .levels(let codes, let names)? = table[column] {
            return encoding.encode(codes: order.gather(codes), names: names)
        }
        return encoding.encode(numbers: order.gather(table.numbers(column)))
    }

    func encode(_ column: String, order: CanonicalOrder) throws -> (Covariate, LevelsPastLimit?) {
        if case .levels(let codes, let names)? = table[column] {
            let ordered = order.gather(codes)
            var counts = Array(repeating: 0, count: names.count)
            for code in ordered where code >= 0 { counts[Int(code)] += 1 }
            let encoding = CovariateEncoding.categorical(names: names, counts: counts)
            let values = encoding.encode(codes: ordered, names: names)
            let found = counts.count { $0 > 0 }
            var note: LevelsPastLimit?
            if found > CovariateEncoding.levelLimit {
                let lost = zip(ordered, values).count { $0 >= 0 && $1.isNaN }
                note = LevelsPastLimit(
                    covariate: column, levels: found, kept: CovariateEncoding.levelLimit, units: lost)
            }
            return (Covariate(name: column, encoding: encoding, values: values), note)
        }
        let ordered = order.gather(table.numbers(column))
        let encoding = CovariateEncoding.numeric(of: sample(of: order).map { $0.map { ordered[$0] } } ?? ordered)
        let values = encoding.encode(numbers: ordered)
        if let unit = values.firstIndex(where: \.isInfinite) {
            throw EspalierError(
                .data, "the covariate \(DisplayText.quoted(column)) holds \(ordered[unit]), too large to compute with",
                file: file, line: table.lines.line(of: Int(order.records[unit])), remedy: "check it or change its unit")
        }
        return (Covariate(name: column, encoding: encoding, values: values), nil)
    }
}
