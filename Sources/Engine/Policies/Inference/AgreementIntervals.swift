/// For each unit the positions along a line of policies at which it gets a given arm: where lines are argmaxed that is one
/// interval, found exactly from the crossings.
package struct AgreementIntervals: Sendable, Equatable {
    /// Ends of the interval of each unit; an empty interval has low above high.
    package let low: [Double]
    package let high: [Double]

    package init(low: [Double], high: [Double]) {
        precondition(low.count == high.count)
        self.low = low
        self.high = high
    }

    /// The widest range around `position` over which at most `allowed` units lose their arm. Every interval must hold
    /// `position`, as they do where the arms are those of the policy there: then fewer units agree the further one goes.
    /// - Returns: infinite ends where nothing bounds them.
    package func range(around position: Double, allowed: Int) -> (low: Double, high: Double) {
        guard allowed < low.count else { return (-.infinity, .infinity) }
        // The crossings are rounded; the position itself always agrees.
        let below = low.sorted(by: >)[allowed]
        let above = high.sorted()[allowed]
        return (min(below, position), max(above, position))
    }

    /// The position at or above `least` at which most units agree, in the middle of the widest stretch as good, and how many.
    package func best(from least: Double) -> (position: Double, agreeing: Int) {
        var starts: [Double] = []
        var ends: [Double] = []
        for (low, high) in zip(low, high) where low < high && high > least {
            starts.append(max(low, least))
            ends.append(high)
        }
        starts.sort()
        ends.sort()
        var best = (position: least, agreeing: 0, width: 0.0)
        var closed = 0
        for place in starts.indices {
            // Stretches begin where intervals do; of several that begin together the last counts them all.
            guard place + 1 == starts.count || starts[place + 1] > starts[place] else { continue }
            while closed < ends.count, ends[closed] <= starts[place] { closed += 1 }
            let agreeing = place + 1 - closed
            let next = min(place + 1 < starts.count ? starts[place + 1] : .infinity, ends[closed])
            let width = next - starts[place]
            guard agreeing > best.agreeing || (agreeing == best.agreeing && width > best.width) else { continue }
            let middle = width.isFinite ? starts[place] + width / 2 : starts[place] + max(1, abs(starts[place]))
            best = (middle, agreeing, width)
        }
        return (best.position, best.agreeing)
    }
}

extension PolicyEvaluator {
    /// Where along a line each of some units of this split gets its arm of `choice`.
    /// - Parameters:
    ///   - choice: one arm per unit of the split.
    ///   - places: units of the split, counted from its first; nil is all.
    /// - Complexity: O(units x arms x outcomes).
    package func agreement(
        with choice: [UInt8], along line: PolicyLine, places: [Int]? = nil
    ) -> AgreementIntervals {
        let places = places ?? Array(choice.indices)
        let chunk = 65_536
        let starts = Array(stride(from: 0, to: places.count, by: chunk))
        // The bodies cannot fail, so neither can the map.
        let parts =
            (try? workers.map(starts.count) { index -> AgreementIntervals in
                let part = places[starts[index]..<min(starts[index] + chunk, places.count)]
                return table.agreement(
                    of: part.map { (unit: units.lowerBound + $0, arm: Int(choice[$0])) }, along: line, in: space)
            }) ?? []
        return AgreementIntervals(low: parts.flatMap(\.low), high: parts.flatMap(\.high))
    }
}

extension PolicyTable {
    /// The intervals of some units, each with the arm it is to get.
    fileprivate func agreement(
        of units: [(unit: Int, arm: Int)], along line: PolicyLine, in space: PolicySpace
    ) -> AgreementIntervals {
        func slopes(_ weights: [Double]) -> [Double] { zip(weights, space.outcomes).map { $0 * $1.sign * $1.scale } }
        let start = slopes(line.weights)
        let direction = slopes(line.weightDirection)
        var low = [Double](repeating: -.infinity, count: units.count)
        var high = [Double](repeating: .infinity, count: units.count)
        let effects = (1..<armCount).map { arm in
            (0..<outcomeCount).map { self.effects(arm: arm, outcome: $0).startIndex }
        }
        var value = line.biases
        var slope = line.biasDirection
        columns.withUnsafeBufferPointer { columns in
            for (place, item) in units.enumerated() {
                for arm in 1..<armCount {
                    var (a, b) = (line.biases[arm], line.biasDirection[arm])
                    for j in 0..<outcomeCount {
                        let tau = Double(columns[effects[arm - 1][j] + item.unit])
                        a += start[j] * tau
                        b += direction[j] * tau
                    }
                    value[arm] = a
                    slope[arm] = b
                }
                for arm in 0..<armCount where arm != item.arm {
                    let lead = value[item.arm] - value[arm]
                    let gain = slope[item.arm] - slope[arm]
                    if gain > 0 {
                        low[place] = max(low[place], -lead / gain)
                    } else if gain < 0 {
                        high[place] = min(high[place], -lead / gain)
                    } else if lead < 0 || (lead == 0 && arm < item.arm) {
                        // Behind all along; a tie all along goes to the lower arm.
                        low[place] = .infinity
                        high[place] = -.infinity
                    }
                }
            }
        }
        return AgreementIntervals(low: low, high: high)
    }
}
