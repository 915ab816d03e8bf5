import Effects
import Experiments
import Runtime
import Statistics

/// The inputs that all experiments of a pool share, in one encoding: numbers as they are, an indicator for each frequent level
/// but the most frequent, and one for missing values; all standardised over the units of the pool.
package enum PoolInputs {
    /// Levels of a covariate with an indicator.
    private static let mostLevels = 32

    /// - Returns: the inputs, and the names of covariates that not all experiments have.
    /// - Throws: `EspalierError` (.data): no covariate is shared, or one is of several kinds.
    package static func make(_ experiments: [Experiment]) throws -> (inputs: Embedding, left: [String]) {
        let first = experiments[0]
        var left: Set<String> = []
        var shared: [CovariateDescription] = []
        for covariate in first.covariates {
            let found = experiments.map { other in other.covariates.first { $0.name == covariate.name } }
            guard found.allSatisfy({ $0 != nil }) else { continue }
            if let other = found.firstIndex(where: { $0?.encoding.isNumeric != covariate.encoding.isNumeric }),
                let kind = found[other]?.encoding.word
            {
                throw EspalierError(
                    .data,
                    "the covariate \(covariate.name) is \(covariate.encoding.word) in \(first.spec.name) and \(kind) in "
                        + experiments[other].spec.name,
                    remedy: "give it the same kind in both specs")
            }
            shared.append(
                CovariateDescription(
                    name: covariate.name, encoding: common(found.compactMap { $0?.encoding })))
        }
        let names = Set(shared.map(\.name))
        for experiment in experiments { left.formUnion(experiment.covariates.map(\.name)) }
        guard !shared.isEmpty else {
            throw EspalierError(
                .data, "the experiments share no covariate",
                remedy: "pool experiments with covariates of the same names")
        }
        let inputs = shared.indices.flatMap { index in
            Self.inputs(index, shared[index], experiments)
        }
        guard !inputs.isEmpty else {
            throw EspalierError(
                .data, "no covariate that the experiments share varies", remedy: "pool experiments with others")
        }
        return (
            Embedding(covariates: shared, inputs: inputs, layers: []), left.subtracting(names).sorted()
        )
    }

    /// One encoding for all: the first centre, or all levels there are.
    private static func common(_ encodings: [CovariateEncoding]) -> CovariateEncoding {
        if case .numeric = encodings[0] { return encodings[0] }
        var levels: Set<String> = []
        for case .categorical(let own) in encodings { levels.formUnion(own) }
        return .categorical(
            levels: Array(levels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(254)))
    }

    private static func inputs(
        _ index: Int, _ covariate: CovariateDescription, _ experiments: [Experiment]
    ) -> [Embedding.Input] {
        var (moments, total, missing) = (Moments(), 0, 0)
        var levels: [String] = []
        if case .categorical(let own) = covariate.encoding { levels = own }
        var counts = [Int](repeating: 0, count: levels.count)
        for experiment in experiments {
            guard let own = experiment.covariates.first(where: { $0.name == covariate.name }) else { continue }
            var shift = 0.0
            if case .numeric(let theirs) = own.encoding, case .numeric(let ours) = covariate.encoding {
                shift = theirs - ours
            }
            var places: [Int?] = []
            if case .categorical(let theirs) = own.encoding { places = theirs.map { levels.firstIndex(of: $0) } }
            for value in own.values {
                total += 1
                if value.isNaN {
                    missing += 1
                } else if places.isEmpty {
                    moments.add(Double(value) + shift)
                } else if let place = places[Int(value)] {
                    counts[place] += 1
                }
            }
        }
        func indicator(_ kind: Embedding.Input.Kind, _ code: Int?, _ count: Int) -> Embedding.Input? {
            guard count > 0, count < total else { return nil }
            let share = Double(count) / Double(total)
            return Embedding.Input(
                covariate: index, kind: kind, code: code, centre: share, scale: (share * (1 - share)).squareRoot())
        }
        var inputs: [Embedding.Input?] = []
        if moments.standardDeviation > 0 {
            inputs.append(
                Embedding.Input(
                    covariate: index, kind: .number, centre: moments.mean, scale: moments.standardDeviation))
        }
        let frequent = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
        inputs += frequent.dropFirst().prefix(mostLevels).sorted().map { indicator(.level, $0, counts[$0]) }
        inputs.append(indicator(.missing, nil, missing))
        return inputs.compactMap { $0 }
    }
}
