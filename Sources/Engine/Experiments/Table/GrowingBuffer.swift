import Foundation

/// A growing run of plain values without reference counts or exclusivity checks, for the reader's innermost loop. Its owner
/// frees it.
struct GrowingBuffer<Element: BitwiseCopyable> {
    private(set) var start: UnsafeMutablePointer<Element>?
    private(set) var count = 0
    private var capacity = 0

    @inline(__always)
    mutating func append(_ value: Element) {
        if count == capacity { reserve(count + 1) }
        start.unsafelyUnwrapped[count] = value
        count += 1
    }

    mutating func append(_ values: UnsafePointer<Element>, count more: Int) {
        guard more > 0 else { return }
        if count + more > capacity { reserve(count + more) }
        start.unsafelyUnwrapped.advanced(by: count).update(from: values, count: more)
        count += more
    }

    mutating func append(_ other: GrowingBuffer) {
        if let values = other.start { append(values, count: other.count) }
    }

    /// - Parameter index: below `count`.
    subscript(index: Int) -> Element { start.unsafelyUnwrapped[index] }

    private mutating func reserve(_ wanted: Int) {
        capacity = max(wanted, capacity * 2, 1024)
        guard let grown = realloc(start, capacity * MemoryLayout<Element>.stride) else {
            fatalError("out of memory while reading a column of \(count) values")
        }
        start = grown.assumingMemoryBound(to: Element.self)
    }

    /// Hands the first values over as an array (all of them by default) and frees the buffer.
    mutating func take(_ wanted: Int = .max) -> [Element] {
        let values = Array(UnsafeBufferPointer(start: start, count: min(count, wanted)))
        free()
        return values
    }

    /// Hands the first values over and moves the others to the start, without giving the memory back.
    mutating func takeFirst(_ wanted: Int) -> [Element] {
        guard let start else { return [] }
        let taken = min(count, wanted)
        let values = Array(UnsafeBufferPointer(start: start, count: taken))
        memmove(start, start + taken, (count - taken) * MemoryLayout<Element>.stride)
        count -= taken
        return values
    }

    mutating func free() {
        Foundation.free(start)
        start = nil
        count = 0
        capacity = 0
    }
}
