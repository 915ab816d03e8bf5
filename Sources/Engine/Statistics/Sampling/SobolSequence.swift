/// Points that fill the unit cube evenly (Sobol 1967; Gray-code order of Antonov & Saleev 1979; directions by Joe & Kuo).
///
/// The point of an index is a function of the index alone, so a sequence has no state to keep. A seed moves all points by
/// one random digital shift per dimension, which keeps their evenness and makes sample means unbiased.
package struct SobolSequence: Sendable {
    /// Dimensions that direction numbers are at hand for.
    package static let maximumDimensions = SobolDirections.table.count + 1
    private static let bits = 32

    package let dimensions: Int
    /// `bits` direction numbers per dimension.
    private let directions: [UInt32]
    private let shifts: [UInt32]

    /// - Parameters:
    ///   - dimensions: 1 to `maximumDimensions`.
    ///   - seed: nil leaves the points where the construction puts them, the first at the origin.
    package init(dimensions: Int, seed: UInt64? = nil) {
        precondition((1...Self.maximumDimensions).contains(dimensions))
        self.dimensions = dimensions
        directions = (0..<dimensions).flatMap(Self.directions)
        if let seed {
            var stream = RandomStream(seed: seed, purpose: "sobol shift")
            shifts = (0..<dimensions).map { _ in UInt32(truncatingIfNeeded: stream.next() >> 32) }
        } else {
            shifts = Array(repeating: 0, count: dimensions)
        }
    }

    private static func directions(of dimension: Int) -> [UInt32] {
        guard dimension > 0 else { return (0..<bits).map { 1 << UInt32(bits - 1 - $0) } }
        let row = SobolDirections.table[dimension - 1]
        let polynomial = row[0]
        let degree = row.count - 1
        var numbers = row.dropFirst().enumerated().map { $1 << UInt32(bits - 1 - $0) }
        while numbers.count < bits {
            let place = numbers.count
            var next = numbers[place - degree] ^ (numbers[place - degree] >> UInt32(degree))
            for step in 1..<max(1, degree) where polynomial >> UInt32(degree - step) & 1 == 1 {
                next ^= numbers[place - step]
            }
            numbers.append(next)
        }
        return Array(numbers.prefix(bits))
    }

    /// The point of an index below 2³², each coordinate in [0, 1).
    package func point(_ index: Int) -> [Double] {
        let gray = UInt32(truncatingIfNeeded: index ^ (index >> 1))
        return (0..<dimensions).map { dimension in
            var digits = shifts[dimension]
            var rest = gray
            var bit = dimension * Self.bits
            while rest != 0 {
                if rest & 1 == 1 { digits ^= directions[bit] }
                rest >>= 1
                bit += 1
            }
            return Double(digits) * 0x1p-32
        }
    }

    /// Standard normal points of so many indices, row by row; the seed's shift keeps coordinates off 0.
    package func normals(_ count: Int) -> [[Double]] {
        (0..<count).map { index in
            point(index).map { Normal.quantile(min(max($0 + 0x1p-33, 0x1p-33), 1 - 0x1p-33)) }
        }
    }
}
