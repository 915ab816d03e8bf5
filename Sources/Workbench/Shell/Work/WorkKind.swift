/// Work of one kind is done one after another; newer work of a kind takes the place of older where that can be replaced.
package struct WorkKind: Sendable, Hashable {
    package let name: String
    /// Which progress is said when several kinds are at work, the lowest first; nil for work that takes no time to speak of.
    let rank: Int?
    /// Whether it may be cut short: writes of candidates and of files never are.
    let isStoppable: Bool
    /// What it is called when it was stopped.
    let words: String

    init(_ name: String, rank: Int? = nil, isStoppable: Bool = true, words: String = "the work") {
        self.name = name
        self.rank = rank
        self.isStoppable = isStoppable
        self.words = words
    }

    package static let fit = WorkKind("fit", rank: 0)
    /// Everything that changes the candidates by hand.
    package static let candidates = WorkKind("candidates", isStoppable: false)
}
