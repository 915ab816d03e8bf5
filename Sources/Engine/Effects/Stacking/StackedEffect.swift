import Runtime

/// The convex combination of several learners' models of one effect.
package struct StackedEffect: Sendable, Equatable, Codable {
    /// One learner's model and what it counts.
    package struct Part: Sendable, Equatable, Codable {
        /// The learner's name, for readers.
        package let learner: String
        package let weight: Double
        package let model: EffectModel

        package init(learner: String, weight: Double, model: EffectModel) {
            self.learner = learner
            self.weight = weight
            self.model = model
        }
    }

    /// Those with weight, at least one.
    package let parts: [Part]

    package init(parts: [Part]) { self.parts = parts }

    /// - Throws: `CancellationError`.
    func predict(_ rows: ScoredRows, cancellation: Cancellation) throws -> [Float] {
        Self.combine(
            try parts.map { (weight: $0.weight, values: try $0.model.predict(rows, cancellation: cancellation)) },
            count: rows.units.count)
    }

    var withoutErrors: StackedEffect {
        StackedEffect(
            parts: parts.map { Part(learner: $0.learner, weight: $0.weight, model: $0.model.withoutErrors) })
    }

    /// sum weight * value, the parts in their order, in double precision and rounded to single at the end: the one way it is
    /// summed, for fitting and for scoring new units.
    private static func combine(_ parts: [(weight: Double, values: [Float])], count: Int) -> [Float] {
        (0..<count).map { row in
            Float(parts.reduce(0.0) { $0 + $1.weight * Double($1.values[row]) })
        }
    }
}
