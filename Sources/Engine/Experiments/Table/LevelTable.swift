import Runtime

/// The distinct texts of a column, numbered in order of appearance: an open-addressing hash table over bytes, without
/// reference counts, for the reader's innermost loop. Its owner frees it.
struct LevelTable {
    /// The bytes of all levels end to end, and where each ends.
    private var bytes = GrowingBuffer<UInt8>()
    private var ends = GrowingBuffer<Int>()
    private var hashes = GrowingBuffer<UInt64>()
    /// Level numbers by hash, -1 where free; a power of two of them.
    private var places = UnsafeMutableBufferPointer<Int32>(start: nil, count: 0)

    private(set) var count = 0

    /// The number of the level with these bytes; nil if they are new and not valid UTF-8.
    /// - Complexity: O(length), amortised.
    mutating func number(_ start: UnsafePointer<UInt8>, length: Int) -> Int32? {
        if 2 * (count + 1) > places.count { grow() }
        let hash = StableHash.key(UnsafeBufferPointer(start: start, count: length))
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: StableHash.mix(hash)) & mask
        while true {
            let level = places[place]
            if level < 0 { break }
            if hashes.start.unsafelyUnwrapped[Int(level)] == hash, equals(Int(level), start, length) { return level }
            place = (place + 1) & mask
        }
        guard count < Int32.max, UTF8Text.isValid(start, count: length) else { return nil }
        bytes.append(start, count: length)
        ends.append(bytes.count)
        hashes.append(hash)
        places[place] = Int32(count)
        count += 1
        return Int32(count - 1)
    }

    /// Whether there is a level with these bytes.
    /// - Complexity: O(length).
    func contains(_ start: UnsafePointer<UInt8>, length: Int) -> Bool {
        guard places.count > 0 else { return false }
        let hash = StableHash.key(UnsafeBufferPointer(start: start, count: length))
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: StableHash.mix(hash)) & mask
        while case let level = places[place], level >= 0 {
            if hashes.start.unsafelyUnwrapped[Int(level)] == hash, equals(Int(level), start, length) { return true }
            place = (place + 1) & mask
        }
        return false
    }

    /// Hands over the bytes of a level, which is not empty, and how many they are.
    func withBytes<Value>(of level: Int, _ body: (UnsafePointer<UInt8>, Int) -> Value) -> Value {
        let range = range(level)
        return body(bytes.start.unsafelyUnwrapped + range.lowerBound, range.count)
    }

    private func range(_ level: Int) -> Range<Int> {
        let ends = ends.start.unsafelyUnwrapped
        return (level == 0 ? 0 : ends[level - 1])..<ends[level]
    }

    private func equals(_ level: Int, _ other: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        let range = range(level)
        guard range.count == length else { return false }
        guard length > 0 else { return true }
        let own = bytes.start.unsafelyUnwrapped
        for index in 0..<length where own[range.lowerBound + index] != other[index] { return false }
        return true
    }

    private mutating func grow() {
        places.deallocate()
        places = .allocate(capacity: max(64, places.count * 2))
        places.initialize(repeating: -1)
        let mask = places.count - 1
        for level in 0..<count {
            var place = Int(truncatingIfNeeded: StableHash.mix(hashes.start.unsafelyUnwrapped[level])) & mask
            while places[place] >= 0 { place = (place + 1) & mask }
            places[place] = Int32(level)
        }
    }

    /// The texts in order of their numbers.
    var names: [String] {
        (0..<count).map { level in
            String(decoding: UnsafeBufferPointer(rebasing: buffer[range(level)]), as: UTF8.self)
        }
    }

    /// The same; frees the table.
    mutating func take() -> [String] {
        let names = names
        free()
        return names
    }

    private var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes.start, count: bytes.count) }

    mutating func free() {
        bytes.free()
        ends.free()
        hashes.free()
        places.deallocate()
        places = UnsafeMutableBufferPointer(start: nil, count: 0)
        count = 0
    }
}
