import Statistics
import Testing

@Suite struct FisherTests {
    /// scipy.stats.f.sf and statsmodels' multipletests(method="fdr_bh").
    @Test func tailsAndFalseDiscovery() {
        #expect(abs(FisherF.survival(3.2, numerator: 4, denominator: 37) - 0.023606733513331323) < 1e-12)
    }
}
