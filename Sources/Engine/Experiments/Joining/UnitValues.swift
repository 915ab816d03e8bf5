/// One value a unit of a column that is read in pieces.
struct UnitValues: Sendable {
    private var numbers: [Double] = []
    private var codes: [Int32] = []
    private var levels = PieceLevels()
    private var isOfLevels = false
    private var piece: Table.Column?

    /// Begins another piece.
    mutating func begin(_ column: Table.Column?) {
        piece = column
        if case .levels(_, let names)? = column {
            isOfLevels = true
            levels.begin(names)
        }
    }

    /// Gives a unit the value of a record of the piece in hand.
    mutating func set(_ unit: Int, to record: Int) {
        switch piece {
        case .numbers(let values)?:
            if unit >= numbers.count { numbers += Array(repeating: .nan, count: unit + 1 - numbers.count) }
            numbers[unit] = values[record]
        case .levels(let own, _)?:
            if unit >= codes.count { codes += Array(repeating: -1, count: unit + 1 - codes.count) }
            codes[unit] = levels.code(own[record])
        default: break
        }
    }

    /// Whether a record of the piece in hand holds a value.
    func holds(_ record: Int) -> Bool {
        switch piece {
        case .numbers(let values)?: !values[record].isNaN
        case .levels(let own, _)?: own[record] >= 0
        default: false
        }
    }

    /// The values of some of the units; missing where none was given.
    func column(of units: some Sequence<Int>) -> Table.Column {
        isOfLevels
            ? levels.column(units.map { $0 < codes.count ? codes[$0] : -1 })
            : .numbers(units.map { $0 < numbers.count ? numbers[$0] : .nan })
    }
}
