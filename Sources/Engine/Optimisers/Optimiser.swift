import Runtime

/// A search for the best trade-offs of several objectives over the unit cube that is asked where to look and told what was
/// seen there; what is behind an evaluation, units or an online experiment, it never knows.
///
/// The state is the value: saved and read back, it goes on as if nothing had happened.
package protocol Optimiser: Sendable, Codable {
    /// Everything told so far, in order.
    var observations: [Observation] { get }

    /// Places to evaluate next, at least one and at most `limit`.
    /// - Throws: `CancellationError`.
    mutating func ask(limit: Int, context: RunContext) throws -> [[Double]]

    /// Takes in what was seen at the places last asked for, or anywhere else.
    mutating func tell(_ seen: [Observation])

    /// The places that it recommends: those that keep the constraints and that it holds for unbeaten. A search with a model may
    /// name places where it has not looked.
    /// - Throws: `CancellationError`.
    func recommended(context: RunContext) throws -> [[Double]]
}

extension Optimiser {
    /// By the values measured, for searches that have no model of the noise.
    package func recommended(context: RunContext) -> [[Double]] { unbeaten }

    /// The places of the observations that none beats as measured.
    package var unbeaten: [[Double]] { ConstrainedRanks.unbeaten(observations).map { observations[$0].parameters } }
}
