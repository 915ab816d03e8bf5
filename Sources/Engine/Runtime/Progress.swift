/// Where a long computation stands: step `done` of `total` in a named phase.
package struct Progress: Sendable, Equatable {
    package let phase: String
    package let done: Int
    package let total: Int
    /// What there is to say beyond the count, such as "hypervolume 1.23"; may be empty.
    package let detail: String

    package init(phase: String, done: Int, total: Int, detail: String = "") {
        self.phase = phase
        self.done = done
        self.total = total
        self.detail = detail
    }
}
