import Foundation

/// A threshold with few digits between two neighbouring values of the data, so that rules read well and the raw value decides
/// exactly as the encoded one.
enum RoundThreshold {
    /// The encoded threshold in [low, high), strictly between where there is room.
    /// - Parameter centre: what was taken from the raw values.
    static func between(_ low: Float, _ high: Float, centre: Double) -> Float {
        guard high.isFinite, low.nextUp < high else { return low }
        let middle = (Double(low) + Double(high)) / 2 + centre
        for digits in 1...17 {
            guard let value = Double(String(format: "%.\(digits - 1)e", middle)) else { continue }
            let encoded = Float(value - centre)
            if encoded > low, encoded < high { return encoded }
        }
        return low
    }
}
