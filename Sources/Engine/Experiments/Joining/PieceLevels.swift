/// The levels of a column that is read in pieces, each of which may number them in its own way.
struct PieceLevels: Sendable {
    private(set) var names: [String] = []
    private var codeOfName: [String: Int32] = [:]
    private var pieceNames: [String] = []
    /// Code of each name of the piece in hand, -1 where nobody asked yet.
    private var codeInPiece: [Int32] = []

    /// Begins another piece.
    mutating func begin(_ names: [String]) {
        pieceNames = names
        codeInPiece = Array(repeating: -1, count: names.count)
    }

    /// The code among `names` of a code of the piece in hand; -1 stays missing.
    mutating func code(_ own: Int32) -> Int32 {
        guard own >= 0 else { return -1 }
        let known = codeInPiece[Int(own)]
        if known >= 0 { return known }
        let name = pieceNames[Int(own)]
        let code = codeOfName[name] ?? Int32(names.count)
        if code == names.count {
            names.append(name)
            codeOfName[name] = code
        }
        codeInPiece[Int(own)] = code
        return code
    }

    /// The column of some codes, with those levels only that they name.
    func column(_ codes: [Int32]) -> Table.Column {
        var isUsed = [Bool](repeating: false, count: names.count)
        for code in codes where code >= 0 { isUsed[Int(code)] = true }
        var place = [Int32](repeating: -1, count: names.count)
        let kept = names.indices.filter { isUsed[$0] }
        for (index, code) in kept.enumerated() { place[code] = Int32(index) }
        return .levels(codes: codes.map { $0 < 0 ? -1 : place[Int($0)] }, names: kept.map { names[$0] })
    }
}
