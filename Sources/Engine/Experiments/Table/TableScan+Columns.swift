import Runtime
import Texts

/// Which fields are wanted, and what is wrong with them.
extension TableScan {
    /// Finds the wanted columns in the header.
    func bind() throws {
        let columns = try HeaderBinding(
            names: header.pointee.names, isUTF8: header.pointee.isUTF8, line: recordLine, delimiter: delimiter,
            path: path)
        try prepare(fieldCount: columns.names.count) { try columns.index(of: $0) }
    }

    /// Finds the wanted columns of an engine's rows, which come in the order of the requests.
    func bind(_ engine: EngineTable) throws {
        let names = engine.readableNames
        header.pointee.take(names: names)
        let columns = try HeaderBinding(names: names, isUTF8: true, line: nil, delimiter: delimiter, path: path)
        var field = -1
        try prepare(fieldCount: max(2, requests.count)) { request in
            // Types that cannot be read are refused by type when the rows are asked for.
            if engine[request.name] == nil { _ = try columns.index(of: request) }
            field += 1
            return field
        }
    }

    /// - Parameter fieldOf: the field of a record that a request is answered by.
    func prepare(fieldCount: Int, fieldOf: (ColumnRequest) throws -> Int) throws {
        let table = UnsafeMutablePointer<Int32>.allocate(capacity: fieldCount)
        table.initialize(repeating: -1, count: fieldCount)
        slotOfField = table
        for (slot, request) in requests.enumerated() { table[try fieldOf(request)] = Int32(slot) }
        state = .allocate(capacity: 1)
        state?.initialize(to: ScanState(slots: slots, slotOfField: table, fieldCount: fieldCount, line: line))
    }

    /// What to do about records of other lengths than the header's: more often than not the header is to blame.
    var raggedRemedy: String {
        let names = header.pointee.names
        if let hint = HeaderBinding.separatorHint(names, delimiter: delimiter) {
            return "the columns seem to be separated by \(DisplayText.quoted(hint.separator)); \(hint.remedy)"
        }
        return names.count == 1
            ? "the first line must hold the columns' names; remove what stands before them"
            : "add or remove fields, and quote those that hold a separator"
    }

    func fieldTooLong(line: Int) -> EspalierError {
        EspalierError(
            .data, "a field in the record that begins here is longer than 1 MiB", file: path, line: line,
            remedy: "shorten it, or look for a quote that is never closed")
    }

    func error(_ failure: ScanState.Failure) -> EspalierError {
        switch failure.cause {
        case .fieldTooLong:
            return fieldTooLong(line: failure.line)
        case .ragged(let fields):
            let expected = state?.pointee.fieldCount ?? 0
            return EspalierError(
                .data, "this record has \(fields) field\(fields == 1 ? "" : "s") where the header has \(expected)",
                file: path, line: failure.line, remedy: raggedRemedy)
        case .refused(let refusal, let slot, let text):
            let request = requests[slot]
            let column = "the \(request.purpose) column \(DisplayText.quoted(request.name))"
            func error(_ message: String, _ remedy: String) -> EspalierError {
                EspalierError(.data, message, file: path, line: failure.line, remedy: remedy)
            }
            switch refusal {
            case .empty:
                return error("\(column) is empty", "give every row its \(request.purpose)")
            case .notUTF8:
                return error("\(column) holds \(text), which is not valid UTF-8", "save the file in UTF-8")
            case .noDate:
                return error(
                    "\(text) in the column \(DisplayText.quoted(request.name)) is no date",
                    "write dates as 2024-05-01 or 2024-05-01 12:30:00")
            }
        }
    }
}
