import Statistics

extension PoolModel {
    /// The experiments whose effects are most like those of one: by the cosine of A_j (e - e_control) over the arms and the
    /// outcomes that both have, the representation being of unit variance.
    /// - Returns: names and cosines, the nearest first; several arms count by their nearest.
    package func neighbours(of experiment: Int, count: Int = 3) -> [(name: String, likeness: Double)] {
        let own = directions(of: experiment)
        let others = shape.experiments.indices.filter { $0 != experiment }.map { other in
            let theirs = directions(of: other)
            var nearest = -1.0
            for left in own {
                for right in theirs { nearest = max(nearest, Self.cosine(left, right)) }
            }
            return (name: shape.experiments[other].name, likeness: nearest)
        }
        return Array(
            others.sorted { ($1.likeness, $0.name) < ($0.likeness, $1.name) }.prefix(count))
    }

    /// By arm from 1: A_j (e - e_control), by outcome of the pool; nil where the experiment lacks it.
    private func directions(of experiment: Int) -> [[[Double]?]] {
        let first = shape.firstTask(of: experiment)
        let entry = shape.experiments[experiment]
        return entry.arms.indices.dropFirst().map { arm in
            shape.outcomes.indices.map { outcome in
                entry.outcomes.firstIndex(of: outcome).map { slot in
                    coefficients[first + arm][slot].adding(coefficients[first][slot], times: -1)
                }
            }
        }
    }

    private static func cosine(_ left: [[Double]?], _ right: [[Double]?]) -> Double {
        var (product, one, other) = (0.0, 0.0, 0.0)
        for case (let a?, let b?) in zip(left, right) {
            product += a.dot(b)
            one += a.dot(a)
            other += b.dot(b)
        }
        let size = (one * other).squareRoot()
        return size > 0 ? product / size : 0
    }
}
