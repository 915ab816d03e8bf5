/// X's blend of two models of the effect: share * control + (1 - share) * treated.
package struct BlendedEffect: Sendable, Equatable, Codable {
    /// tau_0: effects imputed on control units.
    package let control: BoostedModel
    /// tau_1: effects imputed on the arm's units.
    package let treated: BoostedModel
    /// p = e_i/(e_0 + e_i): a constant where shares are planned, else a model of the units' own propensities, which new
    /// units do not have.
    package let share: BoostedModel

    func predict(_ rows: ScoredRows) -> [Float] {
        predict(features: rows.features, width: rows.width, count: rows.units.count)
    }

    /// - Parameter features: row-major, `count` x `width`.
    func predict(features: [Float], width: Int, count: Int) -> [Float] {
        func values(_ model: BoostedModel) -> [Float] { model.predict(features: features, width: width, rows: count) }
        let (control, treated, share) = (values(control), values(treated), values(share))
        return control.indices.map { row in
            let weight = min(1, max(0, share[row]))
            return weight * control[row] + (1 - weight) * treated[row]
        }
    }
}
