import Experiments
import Testing

@Suite struct BenjaminiHochbergTests {
    /// scipy.stats.false_discovery_control of the same values.
    @Test func agreesWithSciPy() {
        let adjusted = BenjaminiHochberg.adjusted([0.01, 0.04, 0.03, 0.005, 0.2, 0.04])
        #expect(zip(adjusted, [0.03, 0.048, 0.048, 0.03, 0.2, 0.048]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(BenjaminiHochberg.adjusted([]).isEmpty && BenjaminiHochberg.adjusted([0.3]) == [0.3])
    }
}
