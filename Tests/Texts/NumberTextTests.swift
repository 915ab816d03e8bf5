import Frames
import Testing
import Texts

@Suite struct NumberTextTests {
    /// A share that is not nothing is never printed as nothing.
    @Test(arguments: [
        (0.00001, "0.001%"), (0.000001, "0.0001%"), (0.0004, "0.04%"), (0.0005, "0.1%"), (0.001, "0.1%"),
        (0.0556, "5.6%"), (0.25, "25%"), (0, "0.0%"), (1, "100%"),
    ])
    func sharesAreNeverNothing(share: Double, expected: String) {
        #expect(NumberText.share(share) == expected)
    }

    @Test(arguments: [
        (1.005, NumberFormat.fixed(1), "1.0"), (-0.04, .fixed(1), "0.0"), (-0.06, .fixed(1), "-0.1"),
        (2.5, .signed(1), "+2.5"), (0.001, .signed(1), "0.0"), (-3, .signed(0), "-3"), (0, .signed(2), "0.00"),
        (0.055, .percent(1), "5.5%"), (0.0551, .signedPercent(1), "+5.5%"), (-0.02, .signedPercent(0), "-2%"),
        (0.0214, .significant(3), "0.0214"), (1234.5, .significant(3), "1234"), (12.345, .significant(3), "12.3"),
        (1.5e-7, .significant(2), "1.5e-7"), (9.999, .significant(3), "10.0"), (3e9, .significant(2), "3.0e9"),
        (950, .compact, "950"), (12345, .compact, "12.3k"), (999_999, .compact, "1M"), (4.5e6, .compact, "4.5M"),
        (-1200, .compact, "-1.2k"), (0.5, .compact, "0.5"), (250_000, .compact, "250k"), (0, .compact, "0"),
        (.nan, .fixed(2), "n/a"), (.infinity, .signedPercent(1), "n/a"), (-.infinity, .compact, "n/a"),
    ])
    func numbersReadTheSameEverywhere(value: Double, format: NumberFormat, expected: String) {
        #expect(NumberText.string(value, format) == expected)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (40_000, "40,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func thousandsAreGrouped(value: Int, expected: String) {
        #expect(NumberText.grouped(value) == expected)
    }
}
