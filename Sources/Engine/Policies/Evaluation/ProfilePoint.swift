/// One point of a profile: who gets what, and every outcome's moments (nil where not estimable).
package struct ProfilePoint: Sendable, Equatable {
    /// Share of units per arm.
    package let shares: [Double]
    package let outcomes: [OutcomeMoments?]
}
