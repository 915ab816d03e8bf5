import Experiments
import Runtime

extension Embedding {
    /// The same for the encoded covariates of another experiment, which are found by their names.
    /// - Throws: `EspalierError` (.data) that names a covariate that is not there, or is of another kind.
    package func binding(to others: [Covariate]) throws -> Embedding {
        let places = try covariates.map { covariate -> Int in
            guard let place = others.firstIndex(where: { $0.name == covariate.name }) else {
                throw EspalierError(
                    .data, "the pool's covariate \(covariate.name) is not among those of this experiment",
                    remedy: "add it to the spec, or make a pool without it")
            }
            guard covariate.encoding.isNumeric == others[place].encoding.isNumeric else {
                throw EspalierError(
                    .data,
                    "the covariate \(covariate.name) is \(others[place].encoding.word) here and "
                        + "\(covariate.encoding.word) in the pool",
                    remedy: "give it the same kind in the spec")
            }
            return place
        }
        return Embedding(
            covariates: others.map { CovariateDescription(name: $0.name, encoding: $0.encoding) },
            inputs: inputs.map { input in
                let place = places[input.covariate]
                return input.binding(
                    to: place, from: covariates[input.covariate].encoding, others[place].encoding)
            },
            layers: layers)
    }
}

extension Embedding.Input {
    fileprivate func binding(
        to place: Int, from old: CovariateEncoding, _ new: CovariateEncoding
    ) -> Embedding.Input {
        var (code, centre) = (code, centre)
        switch (old, new) {
        case (.numeric(let before), .numeric(let now)): if kind == .number { centre += before - now }
        case (.categorical(let before), .categorical(let now)):
            code = code.flatMap { now.firstIndex(of: before[$0]) }
        default: break
        }
        return Embedding.Input(covariate: place, kind: kind, code: code, centre: centre, scale: scale)
    }
}

extension CovariateEncoding {
    package var isNumeric: Bool { if case .numeric = self { true } else { false } }

    package var word: String { isNumeric ? "numeric" : "categorical" }
}
