import Foundation
import Runtime
import Texts

/// One pass over a data file.
final class TableScan {
    let path: String
    let requests: [ColumnRequest]
    var source: (any TextPieces)?
    /// Where the rows come from that an engine reads; nil for a file of text.
    let engine: EngineTable?
    let parser: CSVParser
    let delimiter: UInt8
    let header: UnsafeMutablePointer<HeaderState>
    let slots: UnsafeMutablePointer<ColumnSlot>
    var slotOfField: UnsafeMutablePointer<Int32>?
    var state: UnsafeMutablePointer<ScanState>?
    var line = 1
    var recordLine = 1
    /// The lines of a file of JSON lines; nil for a file of separated values.
    var objects: ObjectLines?
    /// The last piece ended in a carriage return whose line feed may be still to come.
    var awaitsLineFeed = false

    /// Whether somebody may wait for the answer to each line.
    var isLive: Bool { (source as? ByteSource)?.isLive ?? false }

    static let chunkSize = 1 << 18
    static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// - Parameter isReadOnce: whether standard input, which cannot be read a second time, need not be kept.
    /// - Parameter sample: of an engine's rows; nil reads all.
    init(path: String, requests: [ColumnRequest], isReadOnce: Bool = false, sample: SampledRows? = nil) throws {
        self.path = path
        let whole = try EngineTable(path)
        if sample != nil, whole == nil {
            throw EspalierError(
                .data, "these are texts, which no engine keeps, so that none can draw a sample of them", file: path,
                remedy: "remove engine: from data in the spec, or write them as a Parquet file")
        }
        engine = try sample.flatMap { try whole?.sampled($0) } ?? whole
        source = engine == nil ? try ByteSource(path: path, isReadOnce: isReadOnce) : nil
        let requests = engine.map { engine in requests.map(engine.settled) } ?? requests
        self.requests = requests
        delimiter = Self.delimiter(of: path)
        parser = CSVParser(path: path, delimiter: delimiter)
        header = .allocate(capacity: 1)
        header.initialize(to: HeaderState())
        slots = .allocate(capacity: max(1, requests.count))
        for (index, slot) in emptySlots().enumerated() { (slots + index).initialize(to: slot) }
    }

    /// One for each request, to be filled.
    func emptySlots() -> [ColumnSlot] {
        requests.map { request in
            let isTyped = engine?[request.name]?.isNumeric ?? false
            return ColumnSlot(request.reading, text: request.text, isTyped: isTyped)
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

    var plainlyText: Set<String> { names { slots[$0].isPlainlyText } }

    func names(where condition: (Int) -> Bool) -> Set<String> {
        Set(requests.indices.filter(condition).map { requests[$0].name })
    }

    func run(
        context: RunContext, recordLimit: Int, headerOnly: Bool, isStream: Bool = false,
        afterPiece: () throws -> Void = {}
    ) throws {
        if let engine {
            try bind(engine)
            if headerOnly { return }
            source = try engine.open(requests, threads: context.workers.count)
        }
        guard let source else { return }
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 64)
        defer { chunk.deallocate() }
        var pieces = 0
        while case let count = try source.fill(chunk, cancellation: context.cancellation), count > 0 {
            try context.cancellation.check()
            var bytes = UnsafeRawBufferPointer(rebasing: chunk[..<count])
            if pieces == 0, engine == nil { bytes = try begin(bytes) }
            try refuseNUL(in: bytes)
            if objects != nil {
                try feedObjects(bytes)
            } else if pieces == 0, engine == nil, !headerOnly, recordLimit == .max {
                try readPieces(
                    after: bytes, of: source, context: context, isStream: isStream, afterPiece: afterPiece)
            } else {
                try feed(bytes)
            }
            if headerOnly, header.pointee.isComplete { return }
            pieces += 1
            try afterPiece()
            if pieces == 1, !isStream, !plainlyText.isEmpty { return }
            if let state, state.pointee.recordCount >= recordLimit { return }
            if pieces % 16 == 0 { report(source, context) }
        }
        try finish(headerOnly: headerOnly)
        context.report(Progress(phase: "reading", done: source.size, total: source.size, unit: .bytes))
    }

    func report(_ source: any TextPieces, _ context: RunContext) {
        context.report(Progress(phase: "reading", done: source.bytesRead, total: source.size, unit: .bytes))
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

    var lines: RecordLines { state?.pointee.lines ?? RecordLines() }

    func texts(_ slot: Int) -> ColumnTexts {
        var texts = slots[slot].texts(lines: lines)
        texts.file = path
        texts.isOfLevels = requests[slot].reading == .text
        texts.isJudged = requests[slot].isJudged || requests[slot].reading == .undecided
        if slots[slot].ruinedIds > 0 {
            texts.ruinedIds = (slots[slot].ruinedIds, lines.line(of: slots[slot].firstRuinedId))
        }
        return texts
    }
}
