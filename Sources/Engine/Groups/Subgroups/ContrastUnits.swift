import Effects
import Experiments

/// The units of one arm and of control within some units, ready to be summed by cell.
struct ContrastUnits: Sendable {
    /// Places in the range they were taken from.
    let places: [Int32]
    let isTreated: [Bool]
    /// 1/e of the observed arm; nil weighs all alike.
    let weights: [Float]?

    /// - Parameter included: whether each unit of the range takes part; nil takes all.
    init(_ experiment: Experiment, arm: Int, units: Range<Int>, included: [Bool]? = nil) {
        var places: [Int32] = []
        var isTreated: [Bool] = []
        for (place, unit) in units.enumerated() where included?[place] ?? true {
            let own = Int(experiment.assignment[unit])
            guard own == 0 || own == arm else { continue }
            places.append(Int32(place))
            isTreated.append(own == arm)
        }
        self.places = places
        self.isTreated = isTreated
        if case .columns(let columns) = experiment.propensity {
            weights = zip(places, isTreated).map { place, treated in
                1 / columns[treated ? arm : 0][units.lowerBound + Int(place)]
            }
        } else {
            weights = nil
        }
    }

    func gather<Value>(_ values: [Value]) -> [Value] { places.map { values[Int($0)] } }

    /// Sums by cell, control at 2 * cell and treated after it.
    /// - Parameters:
    ///   - values: by unit of the pair.
    ///   - cells: by unit of the pair.
    func sums(_ values: [Float], cells: [Int32], count: Int) -> [ArmSums] {
        guard let weights else {
            var flat = [Double](repeating: 0, count: 6 * count)
            flat.withUnsafeMutableBufferPointer { flat in
                for index in values.indices {
                    let place = (Int(cells[index]) * 2 + (isTreated[index] ? 1 : 0)) * 3
                    let value = Double(values[index])
                    flat[place] += 1
                    flat[place + 1] += value
                    flat[place + 2] += value * value
                }
            }
            return (0..<2 * count).map {
                ArmSums(count: flat[3 * $0], value: flat[3 * $0 + 1], square: flat[3 * $0 + 2])
            }
        }
        var sums = [ArmSums](repeating: ArmSums(), count: 2 * count)
        for index in values.indices {
            let place = Int(cells[index]) * 2 + (isTreated[index] ? 1 : 0)
            let (weight, value) = (Double(weights[index]), Double(values[index]))
            let square = weight * weight
            sums[place].count += 1
            sums[place].weight += weight
            sums[place].weightedValue += weight * value
            sums[place].squaredWeight += square
            sums[place].squaredWeightValue += square * value
            sums[place].squaredWeightSquare += square * value * value
        }
        return sums
    }
}
