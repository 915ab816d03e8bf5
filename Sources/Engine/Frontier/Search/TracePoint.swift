/// Where a search stood after so many evaluations.
package struct TracePoint: Sendable, Equatable, Codable {
    package let evaluations: Int
    /// Spent searching so far, whatever the clock did between sittings.
    package let seconds: Double
    /// Of the policies met so far, by the values the search saw.
    package let hypervolume: Double
    /// Policies that none of the others beats.
    package let policies: Int

    package init(evaluations: Int, seconds: Double, hypervolume: Double, policies: Int) {
        self.evaluations = evaluations
        self.seconds = seconds
        self.hypervolume = hypervolume
        self.policies = policies
    }
}
