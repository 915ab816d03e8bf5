/// A limit that takes part in a contradiction, and how far it would have to give way, in its outcome's unit.
package struct LimitConflict: Sendable, Equatable {
    /// Index into the problem's limits.
    package let limit: Int
    /// Its part in the smallest relaxation of all limits together that lets an allocation exist, each limit measured by
    /// the mean size of its outcome's effects; 0 where others give way for it.
    package let together: Double
    /// How far it has to give way when every other limit stays; nil where that alone does not help.
    package let alone: Double?
}
