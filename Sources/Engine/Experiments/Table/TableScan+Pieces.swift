import Foundation
import Runtime

/// Reading a file of separated values in pieces of whole records side by side.
extension TableScan {
    /// Pieces that a thread reads before their records are added up.
    private static let piecesAtATime = 4
    /// Bytes without the end of a record after which the rest is read line by line.
    private static let longestRecord = 2 * ScanState.fieldLimit

    /// Reads what comes after the first bytes of a file, as long as records end in line feeds that are not too far apart.
    ///
    /// The header, and what the first records tell of the columns, come line by line, and so does every piece in which
    /// something is unusual or wrong.
    func readPieces(
        after first: UnsafeRawBufferPointer, of source: any TextPieces, context: RunContext, isStream: Bool,
        afterPiece: () throws -> Void
    ) throws {
        var ends = RecordEnds()
        let end = ends.last(in: first) ?? first.count
        try feed(UnsafeRawBufferPointer(rebasing: first[..<end]))
        let rest = UnsafeRawBufferPointer(rebasing: first[end...])
        guard let state, parser.isBetweenRecords, isStream || plainlyText.isEmpty else { return try feed(rest) }
        try afterPiece()
        let empty = emptySlots()
        let layout = RecordLayout(
            delimiter: delimiter, fieldCount: state.pointee.fieldCount, slotOfField: state.pointee.slotOfField,
            slots: empty)
        defer { layout.free() }
        // What comes through a pipe is not waited for longer than it takes to fill a piece.
        let width = (source.size == 0 ? 1 : context.workers.count * Self.piecesAtATime) * Self.chunkSize
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.longestRecord + width, alignment: 64)
        defer { room.deallocate() }
        room.copyMemory(from: rest)
        var kept = rest.count
        while parser.isBetweenRecords, kept <= Self.longestRecord {
            try context.cancellation.check()
            let wanted = UnsafeMutableRawBufferPointer(rebasing: room[kept..<kept + width])
            let count = try source.fill(wanted, cancellation: context.cancellation)
            guard count > 0 else { break }
            var cuts = [0]
            for start in stride(from: kept, to: kept + count, by: Self.chunkSize) {
                let chunk = room[start..<min(start + Self.chunkSize, kept + count)]
                if let end = ends.last(in: UnsafeRawBufferPointer(rebasing: chunk)) { cuts.append(start + end) }
            }
            let batch = PieceBatch(bytes: UnsafeRawBufferPointer(room), cuts: cuts, layout: layout, slots: empty)
            for (index, piece) in try batch.read(context.workers).enumerated() {
                if let piece {
                    state.pointee.add(piece, slotCount: requests.count, line: line)
                    line += piece.lineCount
                } else {
                    let bytes = batch.bytes(of: index)
                    try refuseNUL(in: bytes)
                    try feed(bytes)
                }
                try afterPiece()
            }
            let done = cuts[cuts.count - 1]
            kept += count - done
            if let start = room.baseAddress { memmove(start, start + done, kept) }
            report(source, context)
        }
        let left = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<kept])
        try refuseNUL(in: left)
        try feed(left)
    }
}

/// Some pieces of a file that lie in memory one after the other.
///
/// Sendable because nothing writes to its memory while the pieces are read.
private struct PieceBatch: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    /// Where the first piece begins, and where each ends.
    let cuts: [Int]
    let layout: RecordLayout
    let slots: [ColumnSlot]

    func bytes(of piece: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[cuts[piece]..<cuts[piece + 1]])
    }

    /// The pieces in order; nil for one that is to be read line by line.
    func read(_ workers: Workers) throws -> [RecordPiece?] {
        try workers.map(cuts.count - 1) { index in
            let piece = RecordPiece(slots: slots)
            return piece.read(bytes(of: index), layout: layout) ? piece : nil
        }
    }
}
