import Foundation

/// A Python with the libraries that the product is held against, if there is one: the interpreter that ESPALIER_PEERS names, or
/// that of the virtual environment in which `espalier engines` looks.
struct Peer {
    private let interpreter: String

    init?() {
        let environment = ProcessInfo.processInfo.environment
        let data = environment["XDG_DATA_HOME"] ?? NSHomeDirectory() + "/.local/share"
        let path = environment["ESPALIER_PEERS"] ?? data + "/espalier/engines/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        interpreter = path
    }

    /// What a piece of work took, all threads together and by the clock.
    struct Seconds {
        let processor: Double
        let clock: Double
    }

    /// Times a script.
    /// - Parameters:
    ///   - setUp: what is not timed; nothing is measured where it fails, as for want of a library.
    ///   - work: what is.
    func time(setUp: String, work: String) throws -> Seconds? {
        let script = """
            import resource, time
            \(setUp)
            def spent():
                usage = resource.getrusage(resource.RUSAGE_SELF)
                return usage.ru_utime + usage.ru_stime
            cpu, clock = spent(), time.time()
            \(work)
            print("spent", spent() - cpu, time.time() - clock)
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: interpreter)
        process.arguments = ["-c", script]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let words = text.split(separator: "\n").last?.split(separator: " ") ?? []
        guard words.count == 3, words[0] == "spent", let cpu = Double(words[1]), let clock = Double(words[2]) else {
            return nil
        }
        return Seconds(processor: cpu, clock: clock)
    }
}
