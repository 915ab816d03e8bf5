import Frames

/// Help and palette, made from the key table.
enum Overlays {
    static func draw(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        switch state.overlay {
        case .none, .prompt: break
        case .help: help(state, in: rect, of: &frame)
        case .palette(let text, let row): palette(state, text, row, in: rect, of: &frame)
        }
    }

    private static func help(_ state: WorkbenchState, in rect: Rect, of frame: inout Frame) {
        let bindings = KeyTable.bindings(state.screen)
        let columns = 2
        let height = min(rect.height, (bindings.count + columns - 1) / columns + 2)
        let inside = frame.box(
            rect.centred(width: min(rect.width, 78), height: height), title: " keys of \(state.screen.title) ",
            style: .border, titleStyle: .title)
        let perColumn = max(1, inside.height)
        for (index, binding) in bindings.enumerated() where index / perColumn < columns {
            let keys = binding.keys.map(\.displayName).joined(separator: " ")
            let line = StyledText(keys, .key).padded(to: 9, align: .right) + StyledText("  \(binding.name)")
            let column = Rect(
                x: inside.x + (index / perColumn) * (inside.width / columns), y: inside.y,
                width: inside.width / columns,
                height: inside.height)
            frame.write(line, in: column, row: index % perColumn)
        }
    }

    private static func palette(
        _ state: WorkbenchState, _ text: String, _ row: Int, in rect: Rect, of frame: inout Frame
    ) {
        let found = Input.paletteRows(state, text)
        let inside = frame.box(
            rect.centred(width: min(rect.width, 60), height: min(rect.height, 14)), title: " actions ", style: .border,
            titleStyle: .title)
        frame.write(StyledText(" : ", .accent) + StyledText(text) + StyledText("_", .focus), in: inside, row: 0)
        let room = max(1, inside.height - 1)
        let offset = max(0, min(row - room / 2, found.count - room))
        for (line, binding) in found.dropFirst(offset).prefix(room).enumerated() {
            let isFocused = line + offset == row
            let text =
                StyledText(isFocused ? " \(frame.glyphs.focus) " : "   ", .focus)
                + StyledText(binding.name, isFocused ? .focus.bold : .text).padded(to: inside.width - 14)
                + StyledText(binding.keys.first?.displayName ?? "", .key)
            frame.write(text, in: inside, row: line + 1)
        }
        if found.isEmpty { frame.write("   no action has these words", in: inside, row: 1, style: .secondary) }
    }
}
