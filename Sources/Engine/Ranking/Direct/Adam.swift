/// Adam's ascent (Kingma & Ba 2015) with its usual decay rates.
package struct Adam: Sendable {
    package let rate: Double
    private var first: [Double]
    private var second: [Double]
    private var decays = (first: 1.0, second: 1.0)

    package init(rate: Double, parameterCount: Int) {
        self.rate = rate
        first = [Double](repeating: 0, count: parameterCount)
        second = first
    }

    /// One step up the gradient.
    package mutating func ascend(_ parameters: inout [Double], gradient: [Double]) {
        decays.first *= 0.9
        decays.second *= 0.999
        for index in parameters.indices {
            first[index] = 0.9 * first[index] + 0.1 * gradient[index]
            second[index] = 0.999 * second[index] + 0.001 * gradient[index] * gradient[index]
            let mean = first[index] / (1 - decays.first)
            let spread = (second[index] / (1 - decays.second)).squareRoot()
            parameters[index] += rate * mean / (spread + 1e-8)
        }
    }
}
