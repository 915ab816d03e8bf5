/// What happens to text that does not fit.
package enum Overflow: Sendable, Hashable {
    case cut, ellipsis
}
