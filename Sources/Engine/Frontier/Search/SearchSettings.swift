/// A search for the front: how it goes about it, and what it is to spend.
package struct SearchSettings: Sendable, Equatable, Codable {
    package enum Method: String, Sendable, Codable, CaseIterable {
        /// Exact profiles along lines; every grid value of a line is a policy evaluated exactly.
        case profiles
        /// The same with all biases at 0 (the comparison of S1 figure 2).
        case weights
        /// Gaussian processes and noisy expected improvement, one policy at a time: for evaluations that are dear.
        case nparego
        /// The genetic algorithm NSGA-II.
        case nsga2
        /// Policies spread evenly over the box of the tracks.
        case sobol
        /// Policies at random in that box: the floor.
        case random
    }

    package var method: Method
    /// Passes over the data: lines for `profiles` and `weights`, policies for the others.
    package var evaluations: Int
    package var seed: UInt64
    /// Most policies kept on the front.
    package var frontLimit: Int
    /// Whether only policies whose estimates keep every threshold count, and the search spends itself there.
    package var feasible: Bool

    package init(
        method: Method = .profiles, evaluations: Int = 600, seed: UInt64 = 1, frontLimit: Int = 300,
        feasible: Bool = false
    ) {
        self.method = method
        self.evaluations = evaluations
        self.seed = seed
        self.frontLimit = frontLimit
        self.feasible = feasible
    }
}
