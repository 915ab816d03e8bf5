import CVTerm

/// libvterm: bytes in, cells out, and the answers a terminal gives.
package final class Emulator {
    private let terminal: OpaquePointer
    private let screen: OpaquePointer
    private var repeats = RepeatExpander()
    private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
    private(set) var width: Int
    private(set) var height: Int
    fileprivate(set) var isAltScreen = false
    fileprivate(set) var isCursorVisible = true

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
        guard let terminal = vterm_new(Int32(height), Int32(width)), let screen = vterm_obtain_screen(terminal) else {
            fatalError("libvterm has no memory for \(width)x\(height) cells")
        }
        self.terminal = terminal
        self.screen = screen
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: VTermScreenCallbacks())
        callbacks.pointee.settermprop = { property, value, user in
            guard let value, let user else { return 0 }
            let emulator = Unmanaged<Emulator>.fromOpaque(user).takeUnretainedValue()
            if property == VTERM_PROP_ALTSCREEN { emulator.isAltScreen = value.pointee.boolean != 0 }
            if property == VTERM_PROP_CURSORVISIBLE { emulator.isCursorVisible = value.pointee.boolean != 0 }
            return 1
        }
        vterm_set_utf8(terminal, 1)
        vterm_screen_enable_altscreen(screen, 1)
        vterm_screen_set_callbacks(screen, callbacks, Unmanaged.passUnretained(self).toOpaque())
        vterm_screen_reset(screen, 1)
    }

    deinit {
        vterm_free(terminal)
        callbacks.deallocate()
    }

    /// Takes what a program wrote; returns what the terminal answers.
    package func feed(_ bytes: [UInt8]) -> [UInt8] {
        repeats.expand(bytes).withUnsafeBytes { buffer in
            _ = vterm_input_write(terminal, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        var answer = [CChar](repeating: 0, count: 4096)
        let count = vterm_output_read(terminal, &answer, answer.count)
        return answer[..<count].map { UInt8(bitPattern: $0) }
    }

    func resize(width: Int, height: Int) {
        self.width = width
        self.height = height
        vterm_set_size(terminal, Int32(height), Int32(width))
    }

    package func snapshot() -> Screen {
        var cells: [Screen.Cell] = []
        for y in 0..<height {
            for x in 0..<width { cells.append(cell(x: x, y: y)) }
        }
        var position = VTermPos()
        vterm_state_get_cursorpos(vterm_obtain_state(terminal), &position)
        return Screen(width: width, height: height, cells: cells, cursor: (Int(position.col), Int(position.row)))
    }

    private func cell(x: Int, y: Int) -> Screen.Cell {
        var cell = VTermScreenCell()
        vterm_screen_get_cell(screen, VTermPos(row: Int32(y), col: Int32(x)), &cell)
        // libvterm marks the right half of a wide character with all bits set.
        let isContinuation = cell.chars.0 == UInt32.max
        let scalars = [cell.chars.0, cell.chars.1, cell.chars.2, cell.chars.3, cell.chars.4, cell.chars.5]
        let text = String(String.UnicodeScalarView(scalars.prefix { $0 != 0 }.compactMap(Unicode.Scalar.init)))
        return Screen.Cell(
            text: isContinuation ? "" : text.isEmpty ? " " : text,
            width: isContinuation ? 0 : Int(cell.width),
            isBold: cell.attrs.bold != 0, isReverse: cell.attrs.reverse != 0, isUnderlined: cell.attrs.underline != 0,
            foreground: Self.colour(cell.fg), background: Self.colour(cell.bg))
    }

    private static func colour(_ colour: VTermColor) -> Screen.Cell.Colour {
        if UInt32(colour.type) & VTERM_COLOR_DEFAULT_MASK.rawValue != 0 { return .terminalDefault }
        if UInt32(colour.type) & VTERM_COLOR_TYPE_MASK.rawValue == VTERM_COLOR_INDEXED.rawValue {
            return .indexed(colour.indexed.idx)
        }
        return .rgb(colour.rgb.red, colour.rgb.green, colour.rgb.blue)
    }
}
