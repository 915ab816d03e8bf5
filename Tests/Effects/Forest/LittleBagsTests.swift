import Effects
import Testing

/// The variance by little bags, worked out by hand.
@Suite struct LittleBagsTests {
    /// Bags +-(3, 1): means +-2, so bags vary by 4; the two trees of a bag by 1 around their mean, and half of what two
    /// trees vary between them, ((3 - 1)/2)^2 = 1, is taken off: 3. Its error is 4 sqrt(2/bags), and under a flat prior on
    /// variances that are not negative d becomes d + s phi(d/s)/Phi(d/s).
    ///
    /// The last figures by Python's math.erfc.
    @Test(arguments: [
        // Trees that agree: no noise.
        (1.0, 1.0, 2, 1.2875999709391783), (3, 1, 2, 4.557528226943708), (3, -1, 2, 2.3151118608848282),
        (2, 1, 8, 2.096043658592243),
    ])
    func byHand(first: Double, second: Double, bags: Int, variance: Double) {
        var sums = LittleBags()
        for bag in 0..<bags {
            let sign = bag.isMultiple(of: 2) ? 1.0 : -1
            sums.add(sign * first, sign * second)
        }
        #expect(sums.bags == Double(bags))
        #expect(abs(sums.variance - variance) < 1e-9)
    }

    /// With very many bags the prior says nothing any more, and what is left is bags less noise.
    @Test func withManyBagsTheDifferenceIsLeft() {
        var sums = LittleBags()
        for bag in 0..<200_000 {
            let sign = bag.isMultiple(of: 2) ? 1.0 : -1
            sums.add(3 * sign, sign)
        }
        #expect(abs(sums.variance - 3) < 1e-9)
    }

    @Test func withoutBagsOrWithoutInfluenceThereIsNone() {
        var sums = LittleBags()
        #expect(sums.variance == 0)
        sums.add(0, 0)
        #expect(sums.variance == 0)
    }
}
