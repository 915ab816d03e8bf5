/// The names in the header line, while libcsv hands them over.
struct HeaderState {
    private(set) var names: [String] = []
    private(set) var isComplete = false
    private(set) var isUTF8 = true

    mutating func takeField(_ start: UnsafePointer<UInt8>, count: Int) {
        if !UTF8Text.isValid(start, count: count) { isUTF8 = false }
        names.append(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    }

    mutating func endRecord() { isComplete = true }

    /// The names of columns that no header line gives.
    mutating func take(names: [String]) {
        self.names = names
        isComplete = true
    }
}
