import Statistics

/// The means of terms over a scenario's units in closed form: every node is a polynomial in independent standard normals, whose
/// moments are known (E e^k = (k - 1)!! for even k, else 0). Noise that grows with W is left out.
struct ScenarioMeans {
    /// A polynomial: coefficients by the exponents of each node's normal.
    private typealias Polynomial = [[UInt8]: Double]

    private let nodes: [Polynomial]?
    /// Where the polynomials get out of hand: nodes of simulated units, by unit.
    private let simulated: [[Double]]

    /// Monomials beyond which means are simulated.
    private static let most = 20_000
    private static let simulatedUnits = 400_000

    init(_ nodes: [LaboratoryScenario.Node]) {
        var known: [Polynomial] = []
        for (index, node) in nodes.enumerated() {
            guard var polynomial = Self.sum(node.terms, known, count: nodes.count) else {
                self.nodes = nil
                simulated = Self.simulate(nodes)
                return
            }
            var exponents = [UInt8](repeating: 0, count: nodes.count)
            exponents[index] = 1
            polynomial[exponents, default: 0] += node.noise.fixed
            known.append(polynomial)
        }
        self.nodes = known
        simulated = []
    }

    func mean(_ terms: [ScenarioTerm]) -> Double {
        guard let nodes, let polynomial = Self.sum(terms, nodes, count: nodes.count) else {
            let units = simulated
            let sum = units.reduce(0.0) { sum, values in sum + terms.reduce(0) { $0 + $1.value(values) } }
            return units.isEmpty ? .nan : sum / Double(units.count)
        }
        // Sorted, for a dictionary's order differs from run to run, and rounding with it.
        return polynomial.sorted { $0.key.lexicographicallyPrecedes($1.key) }.reduce(0) { sum, monomial in
            sum + monomial.value * monomial.key.reduce(1) { $0 * Self.moment($1) }
        }
    }

    private static func moment(_ exponent: UInt8) -> Double {
        exponent.isMultiple(of: 2) ? stride(from: 1.0, to: Double(exponent), by: 2).reduce(1, *) : 0
    }

    /// nil where there are too many monomials, or exponents too large.
    private static func sum(_ terms: [ScenarioTerm], _ nodes: [Polynomial], count: Int) -> Polynomial? {
        var sum: Polynomial = [:]
        for term in terms {
            var product: Polynomial = [[UInt8](repeating: 0, count: count): term.coefficient]
            for factor in term.factors {
                guard let next = multiply(product, nodes[factor]) else { return nil }
                product = next
            }
            sum.merge(product) { $0 + $1 }
        }
        return sum
    }

    private static func multiply(_ a: Polynomial, _ b: Polynomial) -> Polynomial? {
        guard a.count * b.count <= 50 * most else { return nil }
        var product: Polynomial = [:]
        for (first, x) in a.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            for (second, y) in b {
                var exponents = first
                for index in exponents.indices {
                    guard exponents[index] <= 100, second[index] <= 100 else { return nil }
                    exponents[index] += second[index]
                }
                product[exponents, default: 0] += x * y
            }
        }
        return product.count <= most ? product : nil
    }

    private static func simulate(_ nodes: [LaboratoryScenario.Node]) -> [[Double]] {
        var stream = RandomStream(seed: 1, purpose: "scenario means")
        return (0..<simulatedUnits).map { _ in
            var values = [Double](repeating: 0, count: nodes.count)
            for (index, node) in nodes.enumerated() {
                values[index] = node.terms.reduce(0) { $0 + $1.value(values) } + node.noise.fixed * stream.normal()
            }
            return values
        }
    }
}
