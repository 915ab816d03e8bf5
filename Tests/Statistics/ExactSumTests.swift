import Statistics
import Testing

@Suite struct ExactSumTests {
    private func sum(_ values: [Double]) -> Double {
        var sum = ExactSum()
        for value in values { sum.add(value) }
        return sum.value
    }

    /// The cases and results of Python's math.fsum tests.
    @Test(
        arguments: [
            ([], 0), ([1e100, 1, -1e100, 1e-100, 1e50, -1, -1e50], 1e-100), ([0x1p53, -0.5, -0x1p-54], 0x1p53 - 1),
            ([0x1p53, 1, 0x1p-100], 0x1p53 + 2), ([0x1p53 + 10, 1, 0x1p-100], 0x1p53 + 12),
            ([0x1p53 - 4, 0.5, 0x1p-54], 0x1p53 - 3), ([1e16, 1, 1e-16], 10_000_000_000_000_002),
            ([1e16 - 2, 1 - 0x1p-53, -(1e16 - 2), -(1 - 0x1p-53)], 0),
        ] as [([Double], Double)]) func sumsAreRoundedOnce(values: [Double], expected: Double)
    {
        #expect(sum(values) == expected)
        #expect(sum(values.reversed()) == expected)
    }

    @Test func theOrderDoesNotMatter() {
        var random = RandomStream(seed: 3)
        let values = (0..<2000).map { _ in random.normal() * (random.bernoulli(0.5) ? 1e12 : 1e-6) }
        let one = sum(values)
        for _ in 0..<5 { #expect(sum(values.shuffled(using: &random)) == one) }
    }

    @Test func anOverflowStaysInfinite() {
        #expect(sum([1e308, 1e308, 1]) == .infinity)
    }
}
