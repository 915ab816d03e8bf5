import CCsv
import Runtime

/// libcsv, strict about quotes, fed one physical line at a time so that its callbacks know the line they are on.
///
/// RFC 4180, with blanks around unquoted fields trimmed and blank lines skipped, as libcsv does.
final class CSVParser {
    private let parser: UnsafeMutablePointer<csv_parser>
    private let path: String

    init(path: String, delimiter: UInt8) {
        self.path = path
        parser = .allocate(capacity: 1)
        parser.initialize(to: csv_parser())
        csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI))
        csv_set_delim(parser, delimiter)
        csv_set_blk_size(parser, 4096)
    }

    deinit {
        csv_free(parser)
        parser.deallocate()
    }

    /// Whether no record is open (libcsv's first state).
    var isBetweenRecords: Bool { parser.pointee.pstate == 0 }

    /// Whether the field being read is longer than is allowed.
    var isFieldTooLong: Bool { parser.pointee.entry_pos > ScanState.fieldLimit }

    /// - Throws: `EspalierError(.data)` for a misplaced quote.
    @inline(__always)
    func parse(
        _ bytes: UnsafeRawPointer, count: Int, line: Int, field: CSVCallbacks.Field, record: CSVCallbacks.Record,
        state: UnsafeMutableRawPointer
    ) throws {
        if csv_parse(parser, bytes, count, field, record, state) != count { throw misplacedQuote(line: line) }
    }

    /// Submits a last record that has no line break.
    /// - Throws: `EspalierError(.data)` for a quote that is never closed.
    func finish(
        recordLine: Int, field: CSVCallbacks.Field, record: CSVCallbacks.Record, state: UnsafeMutableRawPointer
    ) throws {
        if csv_fini(parser, field, record, state) != 0 {
            throw EspalierError(
                .data, "a quote opened in the record that begins here is never closed", file: path, line: recordLine,
                remedy: "close it, or double a quote that belongs to the text")
        }
    }

    private func misplacedQuote(line: Int) -> EspalierError {
        guard csv_error(parser) == CSV_EPARSE else {
            return EspalierError(.internal, "the CSV parser ran out of memory", file: path, line: line)
        }
        return EspalierError(
            .data, "a quote stands inside an unquoted field or text follows a closing quote", file: path, line: line,
            remedy: "quote the whole field and double the quotes in it")
    }
}
