import Statistics
import Testing

@Suite struct FalseDiscoveryTests {
    /// By hand: p times n over rank, and no larger than those after it. R 4.3: p.adjust(c(...), "BH").
    @Test(arguments: [
        ([0.01, 0.04, 0.03, 0.005], [0.02, 0.04, 0.04, 0.02]), ([0.5, 0.9], [0.9, 0.9]), ([0.9, 0.5], [0.9, 0.9]),
        ([0.02, 0.02, 0.02], [0.02, 0.02, 0.02]), ([0.001, 0.6, 0.7, 0.8], [0.004, 0.8, 0.8, 0.8]), ([0.3], [0.3]),
        ([], []),
        ([1, 1], [1, 1]), ([0.01, 0.5, 0.01], [0.015, 0.5, 0.015]),
    ])
    func adjusted(p: [Double], expected: [Double]) {
        let found = FalseDiscovery.adjusted(p)
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    }
}
