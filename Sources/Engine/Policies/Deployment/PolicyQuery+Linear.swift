import Effects
import Experiments
import Runtime
import Warehouses

/// The arm of the highest linear utility; of equal ones the first.
extension PolicyQuery {
    func linear(_ rule: PolicyDocument.LinearRule) throws -> Choice {
        let arms = document.arms.count
        let contrasts = ContrastIndex.all(arms: arms, outcomes: document.outcomes.count).filter {
            rule.weights[document.outcomes[$0.outcome].name] ?? 0 != 0
        }
        var draws: [DrawSQL.Draw] = []
        var layers: [[QueryLayers.Column]] = []
        let effects: [String]
        switch rule.effects {
        case .columns:
            effects = contrasts.map { contrast in
                let column = Self.supplied(contrast.position(outcomeCount: document.outcomes.count))
                let scale = dialect.literal(document.outcomes[contrast.outcome].scale)
                return dialect.real("(\(dialect.double(dialect.real(column))) / \(scale))")
            }
        case .models(_, let models):
            if models.foldCount > 1 {
                draws.append(
                    .group(
                        seed: document.assignment.seed, salt: document.assignment.salts.fold, count: models.foldCount,
                        column: "fold"))
            }
            var sums = RunningSums(foldCount: models.foldCount, dialect: dialect)
            let folds = try (0..<models.foldCount).map { fold in
                try self.effects(models, contrasts, fold: fold, &sums)
            }
            layers += embeddingLayers(models) + sums.layers(fold: "fold")
            effects = contrasts.indices.map { index in
                RunningSums.choice(folds.map { $0[index] }, by: "fold")
            }
        }
        layers.append(
            zip(contrasts, effects).map { contrast, effect in
                .init(Self.effect(contrast), net(effect, contrast))
            })
        layers.append(document.arms.indices.map { .init("utility_\($0)", utility($0, contrasts, rule)) })
        layers.append([.init("pick", Self.highest(arms))])
        return Choice(draws: draws, layers: layers)
    }

    private static func effect(_ contrast: ContrastIndex) -> String { "tau_\(contrast.arm)_\(contrast.outcome)" }

    /// Effects of one fold's models, in single precision.
    private func effects(
        _ models: EffectModels, _ contrasts: [ContrastIndex], fold: Int, _ sums: inout RunningSums
    ) throws -> [String] {
        let covariates = document.covariates.indices.map(Self.column)
        switch models {
        case .outcomes(let own):
            let sql = EffectSQL(dialect: dialect, features: features(own.encoding), covariates: covariates)
            var levels: [Int: String] = [:]
            /// mu of an arm.
            func level(_ arm: Int, _ outcome: Int) throws -> String {
                let index = (fold * own.armCount + arm) * own.outcomeCount + outcome
                if let known = levels[index] { return known }
                guard let model = own.models[index] else { return dialect.single(0) }
                let text = try sql.boosted(model, fold: fold, &sums)
                levels[index] = text
                return text
            }
            return try contrasts.map { "(\(try level($0.arm, $0.outcome)) - \(try level(0, $0.outcome)))" }
        case .pairs(let own):
            let values: [TreeSQL.Value] =
                own.embedding.map { (0..<$0.dimension).map { .column(Self.embedded($0)) } } ?? features(own.encoding)
            let sql = EffectSQL(dialect: dialect, features: values, covariates: covariates)
            return try contrasts.map { contrast in
                guard let model = models.model(contrast, fold: fold) else { return dialect.single(0) }
                return try sql.effect(model, fold: fold, &sums)
            }
        }
    }

    private func features(_ encoding: FeatureEncoding) -> [TreeSQL.Value] {
        (0..<encoding.width).map { feature in
            let source = encoding.source(of: feature)
            let column = Self.column(source.covariate)
            return source.code.map { .indicator(column, code: $0) } ?? .column(column)
        }
    }

    /// An effect less what the arm costs beyond control.
    private func net(_ effect: String, _ contrast: ContrastIndex) -> String {
        let outcome = document.outcomes[contrast.outcome]
        let shift =
            PolicyTable.scaledCost(outcome.armCosts[document.arms[contrast.arm]] ?? 0, by: outcome.scale)
            - PolicyTable.scaledCost(outcome.armCosts[document.arms[0]] ?? 0, by: outcome.scale)
        return shift == 0 ? effect : "(\(effect)) - \(dialect.single(shift))"
    }

    private func utility(_ arm: Int, _ contrasts: [ContrastIndex], _ rule: PolicyDocument.LinearRule) -> String {
        let terms = contrasts.filter { $0.arm == arm }.map { contrast in
            let outcome = document.outcomes[contrast.outcome]
            let slope = (rule.weights[outcome.name] ?? 0) * outcome.direction.sign * outcome.scale
            return "\(dialect.literal(slope)) * \(dialect.double(Self.effect(contrast)))"
        }
        return ([dialect.literal(rule.biases[document.arms[arm]] ?? 0)] + terms).joined(separator: " + ")
    }

    /// The first of the highest utilities; NULL where one is, as of a unit without an id or without a supplied effect.
    private static func highest(_ arms: Int) -> String {
        let names = (0..<arms).map { "utility_\($0)" }
        let unknown = names.map { "\($0) IS NULL" }.joined(separator: " OR ")
        let branches = (0..<arms - 1).map { arm in
            "WHEN " + names[(arm + 1)...].map { "\(names[arm]) >= \($0)" }.joined(separator: " AND ") + " THEN \(arm)"
        }
        return "CASE WHEN \(unknown) THEN NULL \(branches.joined(separator: " ")) ELSE \(arms - 1) END"
    }

    // MARK: Representations

    private static func embedded(_ value: Int) -> String { "v\(value)" }

    /// The layers of a representation, whose last has the values that models read; none where they read covariates.
    private func embeddingLayers(_ models: EffectModels) -> [[QueryLayers.Column]] {
        guard case .pairs(let own) = models, let embedding = own.embedding else { return [] }
        let (zero, one) = (dialect.literal(0), dialect.literal(1))
        func stored(_ expression: String) -> String { dialect.double(dialect.real(expression)) }
        func scaled(_ value: String, _ input: Embedding.Input) -> String {
            stored("((\(value) - (\(dialect.literal(input.centre)))) / \(dialect.literal(input.scale)))")
        }
        func name(_ layer: Int, _ place: Int) -> String {
            layer == embedding.layers.count ? Self.embedded(place) : "v\(layer)_\(place)"
        }
        var layers = [
            embedding.inputs.enumerated().map { place, input -> QueryLayers.Column in
                let column = Self.column(input.covariate)
                let held: (String) -> String = { "CASE WHEN \($0) THEN \(one) ELSE \(zero) END" }
                let text =
                    switch input.kind {
                    case .number: "CASE WHEN \(column) IS NULL THEN \(zero) ELSE \(scaled(column, input)) END"
                    case .level: scaled("(\(input.code.map { held("\(column) = \($0)") } ?? zero))", input)
                    case .missing: scaled("(\(held("\(column) IS NULL")))", input)
                    }
                return .init(name(0, place), text)
            }
        ]
        var width = embedding.inputs.count
        for (index, layer) in embedding.layers.enumerated() {
            let count = layer.biases.count
            layers.append(
                (0..<count).map { output -> QueryLayers.Column in
                    let terms = (0..<width).map { input -> String in
                        let value = index == 0 ? name(index, input) : "GREATEST(\(name(index, input)), \(zero))"
                        return "\(value) * (\(dialect.literal(Double(layer.weights[input * count + output]))))"
                    }
                    let bias = "(\(dialect.literal(Double(layer.biases[output]))))"
                    return .init(name(index + 1, output), stored("(\(([bias] + terms).joined(separator: " + ")))"))
                })
            width = count
        }
        return layers
    }
}
