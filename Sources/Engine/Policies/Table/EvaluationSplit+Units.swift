extension EvaluationSplit {
    /// Its units, where tune ones come first.
    package func units(tuneCount: Int, unitCount: Int) -> Range<Int> {
        switch self {
        case .tune: 0..<tuneCount
        case .confirm: tuneCount..<unitCount
        case .all: 0..<unitCount
        }
    }
}
