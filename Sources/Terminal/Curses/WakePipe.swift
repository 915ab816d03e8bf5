import CTerminalGuard
import Glibc

/// The pipe that signal handlers and other threads write a byte to; closed when nobody holds it any more.
final class WakePipe: Sendable {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        let problem = guard_open_pipe(&ends)
        guard problem == 0 else {
            throw TerminalError(
                message: "no pipe can be opened (\(String(cString: strerror(problem)))); close some files.")
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        Glibc.close(readEnd)
        Glibc.close(writeEnd)
    }

    /// All bytes that are waiting.
    func drain() -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(readEnd, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: block[..<count])
        }
    }
}
