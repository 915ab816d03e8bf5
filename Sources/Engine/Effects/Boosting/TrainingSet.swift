/// What a boosted model learns from.
package struct TrainingSet: Sendable {
    /// Row-major, `labels.count` x `width`, NaN where missing.
    package let features: [Float]
    package let width: Int
    package let labels: [Float]
    /// One per label, of mean 1; nil weighs all alike.
    package let weights: [Float]?
    /// By feature, whether its values are codes of levels; features beyond it are numbers.
    package let categories: [Bool]

    package init(
        features: [Float], width: Int, labels: [Float], weights: [Float]? = nil, categories: [Bool] = []
    ) {
        precondition(features.count == labels.count * width && (weights?.count ?? labels.count) == labels.count)
        precondition(categories.count <= width)
        self.categories = categories
        self.features = features
        self.width = width
        self.labels = labels
        guard let weights else {
            self.weights = nil
            return
        }
        let mean = weights.reduce(0.0) { $0 + Double($1) } / Double(max(1, weights.count))
        self.weights = mean > 0 ? weights.map { Float(Double($0) / mean) } : nil
    }

    /// The weighted mean of the labels; 0 without any.
    var mean: Float {
        guard !labels.isEmpty else { return 0 }
        guard let weights else { return Float(labels.reduce(0.0) { $0 + Double($1) } / Double(labels.count)) }
        var (sum, total) = (0.0, 0.0)
        for (label, weight) in zip(labels, weights) {
            sum += Double(weight) * Double(label)
            total += Double(weight)
        }
        return total > 0 ? Float(sum / total) : 0
    }

    /// The weighted mean square of the labels' distance from predictions.
    func loss(_ predictions: [Float]) -> Double {
        var (sum, total) = (0.0, 0.0)
        for index in labels.indices {
            let weight = Double(weights?[index] ?? 1)
            let error = Double(labels[index]) - Double(predictions[index])
            sum += weight * error * error
            total += weight
        }
        return total > 0 ? sum / total : 0
    }

    /// The rows for which `held` has the value given.
    /// - Parameter features: theirs, where they are there already.
    func rows(_ held: [Bool], are wanted: Bool, features: [Float]? = nil) -> TrainingSet {
        let chosen = labels.indices.filter { held[$0] == wanted }
        var kept = features ?? []
        if features == nil {
            kept.reserveCapacity(chosen.count * width)
            for row in chosen { kept.append(contentsOf: self.features[row * width..<(row + 1) * width]) }
        }
        return TrainingSet(
            features: kept, width: width, labels: chosen.map { labels[$0] },
            weights: weights.map { weights in chosen.map { weights[$0] } }, categories: categories)
    }
}
