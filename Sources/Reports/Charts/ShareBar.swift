/// A share of a whole as a bar.
enum ShareBar {
    private static let width = 180.0

    /// - Parameter subject: what has the share: an arm.
    static func element(_ share: Double, of subject: String) -> Element {
        Element(
            "svg",
            [
                "viewBox": "0 0 \(Coordinate.text(width)) 14", "width": Coordinate.text(width), "height": "14",
                "role": "img", "aria-label": "\(subject): \(ReportText.percent(share)) of the units",
            ],
            [
                Element(
                    "rect",
                    [
                        "x": "0", "y": "2", "height": "10", "class": "bar",
                        "width": Coordinate.text(max(share > 0 ? 1 : 0, share * width)),
                    ])
            ])
    }
}
