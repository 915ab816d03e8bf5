import Frames

/// The columns that curves share: names on the left, the track, the present change on the right.
struct CurveLayout {
    let name: Int
    let end = 9
    let width: Int
    /// 0 to 1 along the track.
    let knobPlace: Double

    init(_ rect: Rect, knobPlace: Double) {
        name = rect.width >= 60 ? 18 : 12
        width = max(8, rect.width - name - end)
        self.knobPlace = knobPlace
    }

    /// The knob's column within the track.
    var column: Int { Int((knobPlace * Double(width - 1)).rounded()) }
}
