import Foundation
import Runtime
import Texts

/// One pass over a data file.
final class TableScan {
    private let path: String
    private let requests: [ColumnRequest]
    private var source: (any TextPieces)?
    /// Where the rows come from that an engine reads; nil for a file of text.
    private let engine: EngineTable?
    private let parser: CSVParser
    private let delimiter: UInt8
    private let header: UnsafeMutablePointer<HeaderState>
    private let slots: UnsafeMutablePointer<ColumnSlot>
    private var slotOfField: UnsafeMutablePointer<Int32>?
    private var state: UnsafeMutablePointer<ScanState>?
    private var line = 1
    private var recordLine = 1
    /// The lines of a file of JSON lines; nil for a file of separated values.
    private var objects: ObjectLines?
    /// The last piece ended in a carriage return whose line feed may be still to come.
    private var awaitsLineFeed = false

    /// Whether somebody may wait for the answer to each line.
    private var isLive: Bool { (source as? ByteSource)?.isLive ?? false }

    private static let chunkSize = 1 << 18
    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// - Parameter isReadOnce: whether standard input, which cannot be read a second time, need not be kept.
    init(path: String, requests: [ColumnRequest], isReadOnce: Bool = false) throws {
        self.path = path
        engine = try EngineTable(path)
        source = engine == nil ? try ByteSource(path: path, isReadOnce: isReadOnce) : nil
        let requests = engine.map { engine in requests.map(engine.settled) } ?? requests
        self.requests = requests
        delimiter = Self.delimiter(of: path)
        parser = CSVParser(path: path, delimiter: delimiter)
        header = .allocate(capacity: 1)
        header.initialize(to: HeaderState())
        slots = .allocate(capacity: max(1, requests.count))
        for (index, request) in requests.enumerated() {
            let isTyped = engine?[request.name]?.isNumeric ?? false
            (slots + index).initialize(to: ColumnSlot(request.reading, text: request.text, isTyped: isTyped))
        }
    }

    /// Tabs where the name says so.
    static func delimiter(of path: String) -> UInt8 {
        let plain = path.lowercased().hasSuffix(".gz") ? String(path.dropLast(3)) : path
        return plain.lowercased().hasSuffix(".tsv") ? UInt8(ascii: "\t") : UInt8(ascii: ",")
    }

    deinit {
        for index in requests.indices { slots[index].free() }
        slots.deinitialize(count: requests.count)
        slots.deallocate()
        header.deinitialize(count: 1)
        header.deallocate()
        slotOfField?.deallocate()
        state?.deinitialize(count: 1)
        state?.deallocate()
    }

    /// Reads the header line only.
    func readHeader() throws -> [String] {
        try run(context: RunContext(), recordLimit: .max, headerOnly: true)
        return header.pointee.names
    }

    /// Reads the file, or its first piece if that already shows texts in undecided columns.
    /// - Returns: the undecided columns that hold texts; if there are any, the scan is to be repeated.
    func run(context: RunContext, recordLimit: Int?) throws -> Set<String> {
        try run(context: context, recordLimit: recordLimit ?? .max, headerOnly: false)
        let known = plainlyText
        return known.isEmpty ? names { slots[$0].turnsOutText() } : known
    }

    private var plainlyText: Set<String> { names { slots[$0].isPlainlyText } }

    private func names(where condition: (Int) -> Bool) -> Set<String> {
        Set(requests.indices.filter(condition).map { requests[$0].name })
    }

    /// Records that are handed over at a time, roughly.
    private static let recordsAtATime = 4096

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

    private func run(
        context: RunContext, recordLimit: Int, headerOnly: Bool, isStream: Bool = false,
        afterPiece: () throws -> Void = {}
    ) throws {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 64)
        defer { chunk.deallocate() }
        if let engine {
            try bind(engine)
            if headerOnly { return }
            source = try engine.open(requests, threads: context.workers.count)
        }
        guard let source else { return }
        var pieces = 0
        while case let count = try source.fill(chunk, cancellation: context.cancellation), count > 0 {
            try context.cancellation.check()
            var bytes = UnsafeRawBufferPointer(rebasing: chunk[..<count])
            if pieces == 0, engine == nil { bytes = try begin(bytes) }
            try refuseNUL(in: bytes)
            if objects == nil { try feed(bytes) } else { try feedObjects(bytes) }
            if headerOnly, header.pointee.isComplete { return }
            pieces += 1
            try afterPiece()
            if pieces == 1, !isStream, !plainlyText.isEmpty { return }
            if let state, state.pointee.recordCount >= recordLimit { return }
            if pieces % 16 == 0 {
                context.report(Progress(phase: "reading", done: source.bytesRead, total: source.size, unit: .bytes))
            }
        }
        try finish(headerOnly: headerOnly)
        context.report(Progress(phase: "reading", done: source.size, total: source.size, unit: .bytes))
    }

    /// Looks at the first piece of a file of text.
    /// - Returns: the piece without a byte order mark.
    private func begin(_ bytes: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer {
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

    private func refuseNUL(in bytes: UnsafeRawBufferPointer) throws {
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
    private func feed(_ bytes: UnsafeRawBufferPointer) throws {
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
    private func feedObjects(_ bytes: UnsafeRawBufferPointer) throws {
        try objects?.feed(bytes) { whole in
            try takeObject(whole)
            line += 1
        }
    }

    private func takeObject(_ whole: [UInt8]) throws {
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

    private func feedLine(_ start: UnsafeRawPointer, count: Int) throws {
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

    /// Finds the wanted columns in the header.
    private func bind() throws {
        let columns = try HeaderBinding(
            names: header.pointee.names, isUTF8: header.pointee.isUTF8, line: recordLine, delimiter: delimiter,
            path: path)
        try prepare(fieldCount: columns.names.count) { try columns.index(of: $0) }
    }

    /// Finds the wanted columns of an engine's rows, which come in the order of the requests.
    private func bind(_ engine: EngineTable) throws {
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
    private func prepare(fieldCount: Int, fieldOf: (ColumnRequest) throws -> Int) throws {
        let table = UnsafeMutablePointer<Int32>.allocate(capacity: fieldCount)
        table.initialize(repeating: -1, count: fieldCount)
        slotOfField = table
        for (slot, request) in requests.enumerated() { table[try fieldOf(request)] = Int32(slot) }
        state = .allocate(capacity: 1)
        state?.initialize(to: ScanState(slots: slots, slotOfField: table, fieldCount: fieldCount, line: line))
    }

    /// The end of the file: a last line without a line break, and what must not be missing.
    private func finish(headerOnly: Bool) throws {
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

    /// Hands over what was read.
    /// - Parameter isLenient: whether texts in the way of a column of numbers are missing values, rather than errors.
    /// - Throws: `EspalierError(.data)` for texts in the way of a column of numbers, those that stand first.
    func table(isLenient: Bool = false) throws -> Table {
        let recordCount = state?.pointee.recordCount ?? 0
        var columns: [String: Table.Column] = [:]
        var texts: [String: ColumnTexts] = [:]
        var strays: [EspalierError] = []
        for (slot, request) in requests.enumerated() {
            var seen = self.texts(slot)
            let column = slots[slot].finish(count: recordCount)
            if request.isJudged, case .levels(let codes, let names) = column { seen.judge(codes: codes, names: names) }
            if !isLenient, StrayTexts.areInTheWay(request, seen) {
                strays.append(StrayTexts.error(request, seen, file: path))
            }
            columns[request.name] = column
            texts[request.name] = seen
        }
        if let first = strays.min(by: { ($0.line ?? 0) < ($1.line ?? 0) }) { throw first }
        return Table(
            header: header.pointee.names, recordCount: recordCount, lines: lines, columns: columns, texts: texts)
    }

    private var lines: RecordLines { state?.pointee.lines ?? RecordLines() }

    private func texts(_ slot: Int) -> ColumnTexts {
        var texts = slots[slot].texts(lines: lines)
        texts.file = path
        texts.isOfLevels = requests[slot].reading == .text
        texts.isJudged = requests[slot].isJudged || requests[slot].reading == .undecided
        if slots[slot].ruinedIds > 0 {
            texts.ruinedIds = (slots[slot].ruinedIds, lines.line(of: slots[slot].firstRuinedId))
        }
        return texts
    }

    /// What to do about records of other lengths than the header's: more often than not the header is to blame.
    private var raggedRemedy: String {
        let names = header.pointee.names
        if let hint = HeaderBinding.separatorHint(names, delimiter: delimiter) {
            return "the columns seem to be separated by \(DisplayText.quoted(hint.separator)); \(hint.remedy)"
        }
        return names.count == 1
            ? "the first line must hold the columns' names; remove what stands before them"
            : "add or remove fields, and quote those that hold a separator"
    }

    private func fieldTooLong(line: Int) -> EspalierError {
        EspalierError(
            .data, "a field in the record that begins here is longer than 1 MiB", file: path, line: line,
            remedy: "shorten it, or look for a quote that is never closed")
    }

    private func error(_ failure: ScanState.Failure) -> EspalierError {
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
