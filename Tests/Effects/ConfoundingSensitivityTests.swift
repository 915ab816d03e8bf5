import Effects
import Testing

@Suite struct SensitivityTests {
    /// VanderWeele & Ding 2017: a risk ratio of 3.9 (95% 1.8 to 8.7) has the E-values 7.26 and 3.0; one below 1 is inverted.
    @Test func eValuesAsPublished() {
        #expect(abs(ConfoundingSensitivity.eValue(riskRatio: 3.9) - 7.26) < 0.005)
        #expect(abs(ConfoundingSensitivity.eValue(riskRatio: 1.8) - 3.0) < 0.005)
        #expect(abs(ConfoundingSensitivity.eValue(riskRatio: 1 / 3.9) - 7.26) < 0.005)
        #expect(ConfoundingSensitivity.eValue(riskRatio: 1) == 1)
    }

    /// Cinelli & Hazlett 2020, table 1 (Darfur): t = 4.18 with 783 degrees of freedom gives 13.9%, and 7.6% at the 5% level.
    @Test func robustnessAsPublished() {
        #expect(abs(ConfoundingSensitivity.robustness(t: 4.18445, degreesOfFreedom: 783) - 0.139) < 0.0005)
        #expect(abs(ConfoundingSensitivity.robustness(t: 4.18445, degreesOfFreedom: 783, level: 0.05) - 0.076) < 0.0005)
        #expect(ConfoundingSensitivity.robustness(t: 1.5, degreesOfFreedom: 783, level: 0.05) == 0)
        #expect(ConfoundingSensitivity.robustness(t: 0, degreesOfFreedom: 783) == 0)
    }
}
