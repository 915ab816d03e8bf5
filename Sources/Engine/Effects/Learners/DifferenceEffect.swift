/// The difference of two models of the outcome: what an arm changes (S, T, where they are parts of a stack).
package struct DifferenceEffect: Sendable, Equatable, Codable {
    /// mu_i.
    package let treated: BoostedModel
    /// mu_0.
    package let control: BoostedModel

    func predict(_ rows: ScoredRows) -> [Float] {
        func values(_ model: BoostedModel) -> [Float] {
            model.predict(features: rows.features, width: rows.width, rows: rows.units.count)
        }
        return zip(values(treated), values(control)).map { $0 - $1 }
    }
}
