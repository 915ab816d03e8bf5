import CNcurses

/// What the terminfo entry in use says, as far as ncurses does not see to it itself.
struct TerminalCapabilities {
    let canPlaceCursor: Bool
    /// Whether the terminal belongs to the xterm family, which takes or ignores private modes and OSC sequences; to
    /// others they might be text.
    let isXtermLike: Bool
    /// What makes the terminal usable again when ncurses can no longer be asked.
    let restoreBytes: [UInt8]

    /// The capabilities of the terminal last opened by `newterm`.
    init() {
        canPlaceCursor = nc_capability("cup") != nil
        let leave = Self.bytes("rmcup")
        isXtermLike = String(decoding: leave, as: UTF8.self).contains("?1049")
        var bytes: [UInt8] = isXtermLike ? Array((Self.synchronisedEnd + Self.pasteOff + Self.mouseOff).utf8) : []
        for name in ["sgr0", "op", "cnorm", "rmkx"] { bytes += Self.bytes(name) }
        let cursor = Self.bytes("cup")
        if leave.isEmpty, cursor.starts(with: [0x1B, 0x5B]) { bytes += Array("\u{1B}[999;1H\r\n".utf8) }
        restoreBytes = bytes + leave
    }

    static let synchronisedBegin = "\u{1B}[?2026h"
    static let synchronisedEnd = "\u{1B}[?2026l"
    static let pasteOn = "\u{1B}[?2004h"
    static let pasteOff = "\u{1B}[?2004l"
    /// Presses and the wheel, in SGR form, which has no limit on columns.
    static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
    static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

    /// A capability's bytes without its padding, which terminfo writes as `$<2>`.
    private static func bytes(_ name: String) -> [UInt8] {
        guard let capability = nc_capability(name) else { return [] }
        return String(cString: capability).replacing(#/\$<[^>]*>/#, with: "").utf8.map { $0 }
    }
}
