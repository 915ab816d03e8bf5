import Runtime
import Synchronization

/// Strengths that were simulated, by what they are of: the same for all experiments of a shape.
enum PowerTable {
    private static let questions = Mutex<[PowerQuestion: Double]>([:])
    private static let trees = Mutex<[TreePower: Double?]>([:])

    /// The strength that is found with 80% power.
    static func strength(_ question: PowerQuestion) -> Double {
        if let known = questions.withLock({ $0[question] }) { return known }
        let strength = question.simulatedStrength()
        questions.withLock { $0[question] = strength }
        return strength
    }

    /// The same of a tree; nil where trees find nothing.
    /// - Throws: `CancellationError`.
    static func strength(_ tree: TreePower, context: RunContext) throws -> Double? {
        if let known = trees.withLock({ $0[tree] }) { return known }
        let strength = try tree.strength(context: context)
        trees.withLock { $0[tree] = .some(strength) }
        return strength
    }
}
