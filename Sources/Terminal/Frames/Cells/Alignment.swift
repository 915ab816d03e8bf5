/// Where text stands in the space it is given.
package enum Alignment: Sendable, Hashable {
    case left, centre, right

    /// Columns before content of `width` in `space` columns; 0 when it does not fit.
    package func offset(of width: Int, in space: Int) -> Int {
        switch self {
        case .left: 0
        case .centre: max(space - width, 0) / 2
        case .right: max(space - width, 0)
        }
    }
}
