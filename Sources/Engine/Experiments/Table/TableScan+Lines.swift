import Foundation
import Runtime

/// Reading what comes line by line.
extension TableScan {
    /// Looks at the first piece of a file of text.
    /// - Returns: the piece without a byte order mark.
    func begin(_ bytes: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer {
        var bytes = bytes
        if bytes.starts(with: Self.byteOrderMark) {
            bytes = UnsafeRawBufferPointer(rebasing: bytes[Self.byteOrderMark.count...])
        }
        if ObjectLines.begin(bytes) {
            objects = ObjectLines()
            objects?.look(at: bytes)
            // Who sends a line at a time may leave out what is missing.
            if isLive { objects?.expect(requests.map(\.name)) }
        }
        guard !ObjectLines.beginsArray(bytes) else {
            throw EspalierError(
                .data, "this is one JSON array, not a line for each object", file: path, line: 1,
                remedy: "write one object a line, as jq -c '.[]' does")
        }
        return bytes
    }

    func refuseNUL(in bytes: UnsafeRawBufferPointer) throws {
        guard let start = bytes.baseAddress, let found = memchr(start, 0, bytes.count) else { return }
        let before = bytes[..<(UnsafeRawPointer(found) - start)]
        guard engine == nil else {
            throw EspalierError(
                .data, "a text holds a NUL byte", file: path, remedy: "leave the column out, or clean it")
        }
        throw EspalierError(
            .data, "there is a NUL byte, so this is not a text file in UTF-8", file: path,
            line: line + before.count { $0 == UInt8(ascii: "\n") },
            remedy: "save it as CSV in UTF-8 (it may be UTF-16 or a spreadsheet)")
    }

    /// Cuts a piece into physical lines: at each line feed, and at each carriage return without one.
    func feed(_ bytes: UnsafeRawBufferPointer) throws {
        guard let start = bytes.baseAddress else { return }
        if awaitsLineFeed, start.load(as: UInt8.self) != UInt8(ascii: "\n") { line += 1 }
        awaitsLineFeed = false
        var position = 0
        var lineFeed = -1
        while position < bytes.count {
            if lineFeed < position {
                let found = memchr(start + position, Int32(UInt8(ascii: "\n")), bytes.count - position)
                lineFeed = found.map { UnsafeRawPointer($0) - start } ?? bytes.count
            }
            var end = min(lineFeed + 1, bytes.count)
            var closesLine = lineFeed < bytes.count
            if let found = memchr(start + position, Int32(UInt8(ascii: "\r")), end - position) {
                let after = UnsafeRawPointer(found) - start + 1
                if after != lineFeed {
                    end = after
                    closesLine = after < bytes.count
                    awaitsLineFeed = after == bytes.count
                }
            }
            try feedLine(start + position, count: end - position)
            if closesLine { line += 1 }
            position = end
        }
    }

    /// Cuts a piece into lines of an object each.
    func feedObjects(_ bytes: UnsafeRawBufferPointer) throws {
        try objects?.feed(bytes) { whole in
            try takeObject(whole)
            line += 1
        }
    }

    func takeObject(_ whole: [UInt8]) throws {
        recordLine = line
        guard whole.contains(where: { $0 > 0x20 }) else { return }
        guard whole.count <= ScanState.fieldLimit else { throw fieldTooLong(line: line) }
        guard objects?.read(whole) == true else {
            throw EspalierError(
                .data, "this line is no flat object of texts and numbers", file: path, line: line,
                remedy: "write one object a line, such as {\"user\": \"u1\", \"age\": 30}")
        }
        if state == nil {
            for name in objects?.allNames ?? [] {
                name.withUnsafeBufferPointer { bytes in
                    if let start = bytes.baseAddress { header.pointee.takeField(start, count: bytes.count) }
                }
            }
            header.pointee.endRecord()
            try bind()
            objects?.bind(requests.map(\.name))
        }
        guard let state else { return }
        state.pointee.line = line
        state.pointee.recordLine = recordLine
        objects?.withFields { field in
            state.pointee.takeRecord(slotCount: requests.count, field: field)
        }
        if let failure = state.pointee.failure { throw error(failure) }
    }

    func feedLine(_ start: UnsafeRawPointer, count: Int) throws {
        if parser.isBetweenRecords {
            // A row of an engine counts as a line, whatever line breaks its texts hold.
            recordLine = engine == nil ? line : (state?.pointee.recordCount ?? 0) + 1
        }
        if let state {
            state.pointee.line = engine == nil ? line : recordLine
            state.pointee.recordLine = recordLine
            try parser.parse(
                start, count: count, line: line, field: CSVCallbacks.dataField, record: CSVCallbacks.dataRecord,
                state: state)
            if let failure = state.pointee.failure { throw error(failure) }
        } else {
            try parser.parse(
                start, count: count, line: line, field: CSVCallbacks.headerField, record: CSVCallbacks.headerRecord,
                state: header)
            if header.pointee.isComplete { try bind() }
        }
        if parser.isFieldTooLong { throw fieldTooLong(line: recordLine) }
    }

    /// The end of the file: a last line without a line break, and what must not be missing.
    func finish(headerOnly: Bool) throws {
        if objects != nil {
            if objects?.isLineOpen == true { try objects?.finish(line: takeObject) }
        } else if state == nil {
            try parser.finish(
                recordLine: recordLine, field: CSVCallbacks.headerField, record: CSVCallbacks.headerRecord,
                state: header)
            guard header.pointee.isComplete else {
                throw EspalierError(.data, "the file is empty", file: path, remedy: "a header line and rows are needed")
            }
            try bind()
        } else if let state {
            try parser.finish(
                recordLine: recordLine, field: CSVCallbacks.dataField, record: CSVCallbacks.dataRecord, state: state)
            if let failure = state.pointee.failure { throw error(failure) }
        }
        guard let recordCount = state?.pointee.recordCount, headerOnly || recordCount > 0 else {
            throw EspalierError(
                .data, engine == nil ? "there is a header but not one row" : "there is not one row", file: path,
                remedy: "add the units' rows")
        }
        guard recordCount < Int(UInt32.max) else {
            throw EspalierError(.data, "there are more rows than the limit of \(UInt32.max)", file: path)
        }
    }
}
