import CTerminalGuard
import Foundation

/// Gathers what ncurses writes for a frame, so that the frame leaves in one piece.
///
/// ncurses writes every run of changed cells by itself: some twenty writes for a step of a slider, and over ssh as many
/// packets as happen to be read apart. While a frame is drawn its descriptor is therefore a file in memory.
struct FrameGather {
    /// The terminal itself, whatever ncurses' descriptor is at the moment.
    let terminal: Int32
    /// The descriptor that ncurses writes to.
    private let descriptor: Int32
    private let memory: Int32

    /// - Parameter descriptor: ncurses' own, of an open terminal.
    /// - Returns: nil where the system has no descriptor to spare.
    init?(descriptor: Int32) {
        let terminal = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard terminal >= 0 else { return nil }
        let memory = guard_open_memory()
        guard memory >= 0 else {
            Foundation.close(terminal)
            return nil
        }
        self.terminal = terminal
        self.descriptor = descriptor
        self.memory = memory
    }

    /// What `draw` writes.
    func bytes(_ draw: () -> Void) -> [UInt8] {
        guard ftruncate(memory, 0) == 0, lseek(memory, 0, SEEK_SET) == 0, guard_point(descriptor, memory) == 0 else {
            draw()
            return []
        }
        draw()
        _ = guard_point(descriptor, terminal)
        let length = Int(lseek(memory, 0, SEEK_CUR))
        guard length > 0 else { return [] }
        return Array(unsafeUninitializedCapacity: length) { buffer, count in
            count = max(0, pread(memory, buffer.baseAddress, length, 0))
        }
    }

    func close() {
        Foundation.close(terminal)
        Foundation.close(memory)
    }
}
