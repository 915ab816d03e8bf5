import Foundation

/// What state a study file is in, as it stands in the file itself: the study's random identity, and a random generation that
/// every transaction replaces.
///
/// It is the only row of the file's first table, so it is on page 2 of the file, by itself, and every transaction leaves an
/// image of that page in the write-ahead log. It can therefore be read from the bytes of either file before SQLite opens
/// them: the log continues a file exactly where the file's generation occurs in the log's chain.
struct FileGeneration: Equatable, Sendable {
    /// Drawn when the study was made; copies keep it.
    let study: [UInt8]
    /// Drawn by the transaction that wrote this state.
    let generation: [UInt8]
    /// The generation which that transaction found.
    let previous: [UInt8]

    static let table = """
        CREATE TABLE generation (
            id INTEGER PRIMARY KEY CHECK (id = 1), study BLOB NOT NULL, generation BLOB NOT NULL, previous BLOB NOT NULL
        );
        INSERT INTO generation VALUES (1, randomblob(16), randomblob(16), randomblob(16));
        """
    static let advance = "UPDATE generation SET previous = generation, generation = ?"
    static let pageNumber = 2

    /// The row on a page of SQLite's format: a table leaf with one cell of known shape (https://sqlite.org/fileformat2.html).
    /// - Returns: nil where the page is anything else.
    init?(page: [UInt8]) {
        guard page.count >= 512, page[0] == 0x0D, page[3] == 0, page[4] == 1 else { return nil }
        let cell = Int(page[8]) << 8 | Int(page[9])
        // Payload length, rowid, header length, the types NULL and three blobs of 16 bytes.
        let shape: [UInt8] = [53, 1, 5, 0, 44, 44, 44]
        let row = cell + shape.count
        guard cell >= 10, row + 48 <= page.count, page[cell..<row].elementsEqual(shape) else { return nil }
        study = Array(page[row..<row + 16])
        generation = Array(page[row + 16..<row + 32])
        previous = Array(page[row + 32..<row + 48])
    }

    /// What an open study file holds.
    /// - Returns: nil where it is no study of a format that has generations.
    init?(descriptor: Int32) {
        guard let header = Self.bytes(of: descriptor, at: 0, count: 100), let size = Self.pageSize(header),
            let page = Self.bytes(of: descriptor, at: size * (Self.pageNumber - 1), count: size)
        else { return nil }
        self.init(page: page)
    }

    /// Page size of a database header; nil where it is none.
    static func pageSize(_ header: [UInt8]) -> Int? {
        guard header.count >= 100, header.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
        let size = Int(header[16]) << 8 | Int(header[17])
        return size == 1 ? 65_536 : size >= 512 ? size : nil
    }

    /// That many bytes of an open file; nil where it is shorter.
    static func bytes(of descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let read = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + filled, count - filled, off_t(offset + filled))
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { return nil }
            filled += read
        }
        return bytes
    }
}

/// The chain of generations in a write-ahead log.
struct LogGenerations {
    /// The generation of the file that the log was begun on, and those of its transactions, in order; empty where the log
    /// holds no transaction of ours.
    private(set) var chain: [[UInt8]] = []
    /// Whether no transaction ends in the log: then it changes nothing, whoever left it.
    private(set) var isEmpty = true

    /// - Parameter path: the log's; a file that is not there is an empty log.
    init(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard let header = FileGeneration.bytes(of: descriptor, at: 0, count: 32) else { return }
        let size = Self.number(header, 8)
        // Magic numbers of logs with checksums of either byte order.
        guard [0x377F_0682, 0x377F_0683].contains(Self.number(header, 0)), size >= 512 else { return }
        var offset = 32
        // A frame of an earlier use of the file has other salts: there the log ends.
        while let frame = FileGeneration.bytes(of: descriptor, at: offset, count: 24),
            frame[8..<16] == header[16..<24]
        {
            if Self.number(frame, 0) == FileGeneration.pageNumber,
                let page = FileGeneration.bytes(of: descriptor, at: offset + 24, count: size),
                let found = FileGeneration(page: page)
            {
                if chain.isEmpty { chain.append(found.previous) }
                chain.append(found.generation)
            }
            // The last frame of a transaction holds the size of the file after it.
            if Self.number(frame, 4) != 0 { isEmpty = false }
            offset += 24 + size
        }
    }

    /// Whether the log continues a file: the file is as it was when the log began, or holds part of the log already.
    func continues(_ file: FileGeneration) -> Bool { chain.contains(file.generation) }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}
