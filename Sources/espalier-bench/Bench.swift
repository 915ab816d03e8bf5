import Foundation
import Runtime

/// `swift run -c release espalier-bench`: prints what DESIGN section 6 names, measured in one run on this machine;
/// arguments name the groups of cases to run.
@main struct Bench {
    static func main() throws {
        // What takes minutes, or needs ssh and the built workbench, is measured when asked for.
        switch CommandLine.arguments.dropFirst().first {
        case "search": return try SearchCases.run(parts: Set(CommandLine.arguments.dropFirst(2)))
        case "coverage":
            return try CoverageCases.run(
                experiments: CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 2_000)
        case "hard":
            let arguments = CommandLine.arguments.dropFirst(2)
            return try HardDesignCases.run(
                experiments: arguments.first.flatMap { Int($0) } ?? 1_000, of: arguments.dropFirst().first)
        case "alarms":
            let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
            return try FalseAlarmCases.run(
                experiments: numbers.first ?? 1_000, from: UInt64(numbers.dropFirst().first ?? 1))
        case "subgroups":
            return try SubgroupAlarmCases.run(
                experiments: CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 2_000)
        case "ranking": return try RankingCases.run(parts: Set(CommandLine.arguments.dropFirst(2)))
        case "pool": return try PoolCases.run(Array(CommandLine.arguments.dropFirst(2)))
        case "online": return try OnlineCases.run(Array(CommandLine.arguments.dropFirst(2)))
        case "wire": return try WireCases.run()
        case "peers": return try PeerCases.run(parts: Set(CommandLine.arguments.dropFirst(2)))
        case "commands": return try CommandCases.run()
        case "large":
            return try LargeStudyCases.run(
                units: CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 10_000_000)
        case "optimum":
            return try AllocationCases.optimum(
                experiments: CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 400)
        case "lab":
            return try LaboratoryCases.run(
                replicates: CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 40)
        default: break
        }
        var report = Report()
        print("espalier-bench on \(Workers().count) threads; medians")
        let groups: [(name: String, run: (inout Report) throws -> Void)] = [
            ("policy", PolicyCases.run), ("cells", CellCases.run), ("screens", ScreenCases.run),
            ("tree", TreeCases.run),
            ("forest", ForestCases.run), ("learners", LearnerCases.run),
            ("reading", ReadingCases.run), ("study", StudyCases.run),
            ("allocation", AllocationCases.run),
        ]
        let wanted = CommandLine.arguments.dropFirst()
        for group in groups where wanted.isEmpty || wanted.contains(group.name) { try group.run(&report) }
        report.note()
    }
}

/// The table, printed as it grows.
struct Report {
    /// - Parameters:
    ///   - bytes: what the case reads, where memory is the limit.
    ///   - read: milliseconds of a plain read of the same bytes, measured in this run.
    mutating func add(_ name: String, _ size: String, milliseconds: Double, bytes: Int? = nil, read: Double? = nil) {
        var line = name.padding(toLength: 44, withPad: " ", startingAt: 0)
        line += size.padding(toLength: 22, withPad: " ", startingAt: 0)
        line += String(format: "%10.2f ms", milliseconds)
        if let bytes {
            line += String(format: "  %6.1f GB/s", Double(bytes) / milliseconds / 1e6)
        }
        if let read { line += String(format: "  %4.1fx a plain read (%.2f ms)", milliseconds / read, read) }
        print(line)
    }

    /// - Parameter seconds: of CPU, all threads together.
    mutating func add(_ name: String, _ size: String, seconds: Double, note: String) {
        var line = name.padding(toLength: 44, withPad: " ", startingAt: 0)
        line += size.padding(toLength: 22, withPad: " ", startingAt: 0)
        print(line + String(format: "%10.2f CPU s  ", seconds) + note)
    }

    func note() { print("threads do not change results; ratios are against reads of the same memory in this run") }
}

/// Times work.
enum Stopwatch {
    /// The median of some runs, in milliseconds.
    static func median(_ runs: Int = 7, _ body: () throws -> Void) rethrows -> Double {
        let all = try times(runs, body).sorted()
        return all[all.count / 2]
    }

    /// CPU seconds that the process's threads spend in user mode.
    static func userSeconds(_ body: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
        }
        let start = now()
        try body()
        return now() - start
    }

    static func times(_ runs: Int, _ body: () throws -> Void) rethrows -> [Double] {
        let clock = ContinuousClock()
        return try (0..<runs).map { _ in
            let duration = try clock.measure { try body() }
            return Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3
        }
    }

    /// Milliseconds to read so many bytes once, on one thread.
    static func plainRead(bytes: Int) -> Double {
        let words = [Float](repeating: 1, count: bytes / 4)
        var sink: Float = 0
        let time = median {
            words.withUnsafeBytes { buffer in
                var lanes = (SIMD16<Float>.zero, SIMD16<Float>.zero, SIMD16<Float>.zero, SIMD16<Float>.zero)
                var offset = 0
                while offset + 256 <= buffer.count {
                    lanes.0 += buffer.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
                    lanes.1 += buffer.loadUnaligned(fromByteOffset: offset + 64, as: SIMD16<Float>.self)
                    lanes.2 += buffer.loadUnaligned(fromByteOffset: offset + 128, as: SIMD16<Float>.self)
                    lanes.3 += buffer.loadUnaligned(fromByteOffset: offset + 192, as: SIMD16<Float>.self)
                    offset += 256
                }
                sink += (lanes.0 + lanes.1 + lanes.2 + lanes.3).sum()
            }
        }
        if sink == 0.5 { print("") }  // Keeps the sum from being optimised away.
        return time
    }
}
