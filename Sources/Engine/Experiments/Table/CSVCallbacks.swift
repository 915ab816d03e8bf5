/// The functions libcsv calls back: for the header line with a `HeaderState`, for the records with a `ScanState`.
///
/// libcsv gives no buffer only for an empty field, of which nothing is read; any valid pointer will do then.
enum CSVCallbacks {
    typealias Field = @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void
    typealias Record = @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void

    static let headerField: Field = { bytes, count, data in
        let data = data.unsafelyUnwrapped
        data.assumingMemoryBound(to: HeaderState.self).pointee.takeField(
            (bytes ?? data).assumingMemoryBound(to: UInt8.self), count: count)
    }

    static let headerRecord: Record = { _, data in
        data.unsafelyUnwrapped.assumingMemoryBound(to: HeaderState.self).pointee.endRecord()
    }

    static let dataField: Field = { bytes, count, data in
        let data = data.unsafelyUnwrapped
        data.assumingMemoryBound(to: ScanState.self).pointee.takeField(
            (bytes ?? data).assumingMemoryBound(to: UInt8.self), count: count)
    }

    static let dataRecord: Record = { _, data in
        data.unsafelyUnwrapped.assumingMemoryBound(to: ScanState.self).pointee.endRecord()
    }
}
