extension ColumnSlot {
    /// Adds the fields of a piece that was read apart, as if they had been taken in one by one.
    /// - Parameter piece: of the same column, starting from nothing.
    /// - Complexity: O(fields), a copy where they are numbers or keys.
    mutating func add(_ piece: ColumnSlot) {
        let record = handedOver + numbers.count + codes.count
        words.add(piece.words, from: record)
        forms.add(piece.forms)
        numbers.append(piece.numbers)
        if piece.ruinedIds > 0 {
            if ruinedIds == 0 { firstRuinedId = keys.count + piece.firstRuinedId }
            ruinedIds += piece.ruinedIds
        }
        keys.append(piece.keys)
        addCodes(piece)
        let written = bytes.count
        bytes.append(piece.bytes)
        for index in 0..<piece.ends.count { ends.append(written + piece.ends[index]) }
    }

    private mutating func addCodes(_ piece: ColumnSlot) {
        guard piece.codes.count > 0 else { return }
        // Levels are numbered in order of appearance, within the piece and here.
        let own = (0..<piece.levels.count).map { level in
            piece.levels.withBytes(of: level) { levels.number($0, length: $1) ?? -1 }
        }
        for index in 0..<piece.codes.count {
            let code = piece.codes[index]
            codes.append(code < 0 ? code : own[Int(code)])
        }
    }
}
