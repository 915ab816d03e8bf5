extension RGB {
    /// The colour xterm gives an index: 16 of its own, a cube of 6 x 6 x 6, 24 greys.
    package init(indexed index: UInt8) {
        switch index {
        case 0..<16:
            let table: [UInt32] = [
                0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
                0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
            ]
            let value = table[Int(index)]
            self.init(red: UInt8(value >> 16), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
        case 16..<232:
            let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
            let place = Int(index) - 16
            self.init(red: levels[place / 36], green: levels[place / 6 % 6], blue: levels[place % 6])
        default:
            let level = 8 + 10 * (index - 232)
            self.init(red: level, green: level, blue: level)
        }
    }
}
