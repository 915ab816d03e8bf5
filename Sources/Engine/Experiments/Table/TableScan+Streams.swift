import Runtime

/// Reading a file without keeping it.
extension TableScan {
    /// Records that are handed over at a time, roughly.
    static let recordsAtATime = 4096

    /// Reads the file and hands its records over as they come.
    /// - Parameter refusesAtOnce: whether texts in the way of a column of numbers end the reading where they stand.
    func stream(
        context: RunContext, refusesAtOnce: Bool = true, each: (Table) throws -> Void
    ) throws -> [String: ColumnTexts] {
        var handedOver = 0
        func handOver() throws {
            guard let state else { return }
            if refusesAtOnce, let slot = requests.indices.first(where: { slots[$0].isObstructed }) {
                throw StrayTexts.error(requests[slot], texts(slot), file: path)
            }
            let count = state.pointee.recordCount - handedOver
            var columns: [String: Table.Column] = [:]
            for (slot, request) in requests.enumerated() { columns[request.name] = slots[slot].handOver(count: count) }
            try each(
                Table(
                    header: header.pointee.names, recordCount: count, lines: state.pointee.lines, columns: columns,
                    firstRecord: handedOver))
            handedOver += count
        }
        try run(context: context, recordLimit: .max, headerOnly: false, isStream: true) {
            guard let state = self.state else { return }
            if state.pointee.recordCount - handedOver >= (isLive ? 1 : Self.recordsAtATime) { try handOver() }
        }
        if let state, state.pointee.recordCount > handedOver || handedOver == 0 { try handOver() }
        return Dictionary(requests.indices.map { (requests[$0].name, texts($0)) }) { first, _ in first }
    }

    /// Reads the file in pieces as `stream` does, and judges undecided columns on all of their texts.
    /// - Returns: the undecided columns that hold texts, and nothing else then: the scan is to be repeated.
    /// - Throws: also for texts in the way of a column of numbers, those that stand first.
    func judgedStream(
        context: RunContext, each: (Table) throws -> Void
    ) throws -> (turned: Set<String>, whole: Table?) {
        struct PlainlyText: Error {}
        let texts: [String: ColumnTexts]
        do {
            texts = try stream(context: context, refusesAtOnce: false) { piece in
                if !plainlyText.isEmpty { throw PlainlyText() }
                try each(piece)
            }
        } catch is PlainlyText {
            return (plainlyText, nil)
        }
        let turned = names { slots[$0].turnsOutText() }
        guard turned.isEmpty else { return (turned, nil) }
        let strays = requests.compactMap { request in
            texts[request.name].flatMap { seen in
                StrayTexts.areInTheWay(request, seen) ? StrayTexts.error(request, seen, file: path) : nil
            }
        }
        if let first = strays.min(by: { ($0.line ?? 0) < ($1.line ?? 0) }) { throw first }
        return (
            [],
            Table(
                header: header.pointee.names, recordCount: state?.pointee.recordCount ?? 0, lines: lines, columns: [:],
                texts: texts)
        )
    }
}
