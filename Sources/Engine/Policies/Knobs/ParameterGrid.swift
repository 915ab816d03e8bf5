import Foundation
import Statistics

/// The values a knob's slider stops at: ascending, in units of the data, rounded to three digits.
///
/// A weight's track is asinh-spaced in w_j sd(tau_j) / sd(tau_0) over ±10, a bias's the same in b / sd(tau_0); a
/// shrinkage runs evenly from 0 to 1 (METHODS section 2).
package struct ParameterGrid: Sendable, Equatable, Codable {
    package let values: [Double]

    /// Steps on either side of 0 of a weight or a bias; a shrinkage has as many in all.
    package static let reach = 60
    private static let extent = 10.0

    /// - Parameter unit: what 1 means on the track, above 0.
    package init(unit: Double) {
        let bend = asinh(Self.extent)
        let positive = (1...Self.reach).map { step in
            Self.rounded(unit * sinh(bend * Double(step) / Double(Self.reach)))
        }
        values = positive.reversed().map { -$0 } + [0] + positive
    }

    /// The track of a shrinkage.
    package init(shareSteps: Int) {
        values = (0...shareSteps).map { Double($0) / Double(shareSteps) }
    }

    /// The value at a share of a track with that unit, 0 at its left end and 1 at its right: between the stops too.
    package static func value(at share: Double, unit: Double) -> Double {
        unit * sinh(asinh(extent) * (2 * share - 1))
    }

    /// And back: the share of a track at which a value lies; values beyond its ends lie beyond 0 and 1.
    package static func share(of value: Double, unit: Double) -> Double {
        (asinh(value / unit) / asinh(extent) + 1) / 2
    }

    private static func rounded(_ value: Double) -> Double {
        // By way of decimal text, so that what is shown is what is used.
        Double(String(format: "%.2e", value)) ?? value
    }

    /// The stop next to `value` in the direction of `steps`, `steps` stops away; stays within the track.
    package func step(from value: Double, by steps: Int) -> Double {
        guard steps != 0 else { return value }
        let steps = max(-values.count, min(steps, values.count))
        let target: Int
        if steps > 0 {
            let above = values.firstIndex { $0 > value } ?? values.count - 1
            target = above + steps - 1
        } else {
            let below = values.lastIndex { $0 < value } ?? 0
            target = below + steps + 1
        }
        return values[min(max(target, 0), values.count - 1)]
    }

    /// Where a value sits, 0 at the left end and 1 at the right; values beyond the ends sit at the ends.
    package func position(of value: Double) -> Double {
        guard let above = values.firstIndex(where: { $0 >= value }) else { return 1 }
        guard above > 0 else { return 0 }
        let left = values[above - 1]
        let right = values[above]
        let share = right > left ? (value - left) / (right - left) : 0
        return (Double(above - 1) + share) / Double(values.count - 1)
    }
}

/// The tracks of all knobs of one study.
package struct ParameterGrids: Sendable, Equatable, Codable {
    package let weights: [ParameterGrid]
    package let biases: [ParameterGrid]
    package let shrinkage: [ParameterGrid]
    /// What 1 means for each weight and for a bias: sd(tau_0) / sd(tau_j), and sd(tau_0).
    package let weightUnits: [Double]
    package let biasUnit: Double

    /// - Parameter table: the spread of its net effects on tune sets the units.
    package init(table: PolicyTable, space: PolicySpace) {
        let spreads = space.outcomes.indices.map { j in
            // Where effects do not vary their average sets the unit, and 1 where there is none.
            let spread = table.effectSpread(outcome: j) * space.outcomes[j].scale
            let average = space.averageEffects.map { abs($0[j]) }.max() ?? 0
            return spread > 0 ? spread : (average > 0 ? average : 1)
        }
        weightUnits = spreads.map { spreads[0] / $0 }
        biasUnit = spreads[0]
        weights = weightUnits.map { ParameterGrid(unit: $0) }
        biases = Array(repeating: ParameterGrid(unit: biasUnit), count: space.armCount)
        shrinkage = Array(repeating: ParameterGrid(shareSteps: 100), count: space.outcomeCount)
    }

    package subscript(_ knob: Knob) -> ParameterGrid {
        switch knob {
        case .weight(let j): weights[j]
        case .bias(let i): biases[i]
        case .shrinkage(let j): shrinkage[j]
        }
    }
}

extension ParameterGrids {
    /// What 1 means for a knob: the data's own unit for weights and biases, 1 for a shrinkage.
    package func unit(of knob: Knob) -> Double {
        switch knob {
        case .weight(let j): weightUnits[j]
        case .bias: biasUnit
        case .shrinkage: 1
        }
    }
}

extension PolicyTable {
    /// Standard deviation of an outcome's effects over tune units and arms, scaled.
    func effectSpread(outcome: Int) -> Double {
        if let cells { return effectSpread(outcome: outcome, cells) }
        var moments = Moments()
        for arm in 1..<armCount {
            let column = effects(arm: arm, outcome: outcome)
            var own = Moments()
            for value in column.prefix(tuneCount) { own.add(Double(value)) }
            moments.merge(own)
        }
        return moments.standardDeviation
    }

    /// The same, each cell counted as often as it has units.
    private func effectSpread(outcome: Int, _ cells: PolicyCells) -> Double {
        var (weight, mean, deviations) = (0.0, 0.0, 0.0)
        for arm in 1..<armCount {
            for (row, value) in effects(arm: arm, outcome: outcome).prefix(tuneCount).enumerated() {
                let units = cells.units(of: row)
                guard units > 0 else { continue }
                weight += units
                let delta = Double(value) - mean
                mean += delta * units / weight
                deviations += units * delta * (Double(value) - mean)
            }
        }
        return weight > 1 ? (deviations / (weight - 1)).squareRoot() : 0
    }
}
