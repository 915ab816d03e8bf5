import Warehouses

/// Numbers in single precision as they are written, and what is compared with them.
extension SQLDialect {
    /// A double that may stand behind a sign.
    func operand(_ number: Double) -> String { number < 0 ? "(\(literal(number)))" : literal(number) }

    /// A value in single precision.
    func single(_ number: Float) -> String { real(number < 0 ? "(\(near(number)))" : near(number)) }

    /// A double that is the number once it is rounded to single precision: of few digits where it will be rounded, exact elsewhere.
    func near(_ number: Float) -> String {
        let short = Double("\(number)") ?? Double(number)
        return literal(hasReal && Float(short) == number ? short : Double(number))
    }

    /// The values of a column that are below a number, or up to it, once they are rounded to single precision. Where there is single
    /// precision the columns are rounded already; where there is none, the number stands for the middle between it and its neighbour.
    struct Bound {
        private let symbols: (holds: String, fails: String)
        private let limit: String

        /// - Parameter includes: whether the number itself is among the values.
        init(_ number: Float, includes: Bool, _ dialect: SQLDialect) {
            let neighbour = includes ? number.nextUp : number.nextDown
            guard dialect.hasReal else {
                let middle = (Double(number) + Double(neighbour)) / 2
                let isWithin = includes ? Float(middle) <= number : Float(middle) < number
                symbols = isWithin ? ("<=", ">") : ("<", ">=")
                limit = dialect.literal(middle)
                return
            }
            symbols = includes ? ("<=", ">") : ("<", ">=")
            let short = Double("\(number)") ?? Double(number)
            let separates =
                includes
                ? short >= Double(number) && short < Double(neighbour)
                : short <= Double(number) && short > Double(neighbour)
            limit = dialect.literal(separates ? short : Double(number))
        }

        func holds(_ column: String) -> String { "\(column) \(symbols.holds) \(limit)" }
        func fails(_ column: String) -> String { "\(column) \(symbols.fails) \(limit)" }
    }
}
