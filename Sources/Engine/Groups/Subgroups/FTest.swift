/// An F test and its degrees of freedom.
package struct FTest: Sendable, Equatable, Codable {
    package let f: Double
    package let numerator: Int
    package let denominator: Double
    package let p: Double

    package init(f: Double, numerator: Int, denominator: Double, p: Double) {
        self.f = f
        self.numerator = numerator
        self.denominator = denominator
        self.p = p
    }
}
