/// What is decided of an online test: which plan and which proposal count, and what is launched. Undo goes back to those before;
/// the files that were written stay.
package struct OnlineDecisions: Sendable, Equatable, Codable {
    /// A plan of the study, and the file that it was written to, as it was named; `-` is standard output.
    package struct Plan: Sendable, Equatable, Codable {
        package let number: Int
        package let path: String

        package init(number: Int, path: String) {
            self.number = number
            self.path = path
        }
    }

    /// A candidate that is run for everyone but a holdout.
    package struct Launch: Sendable, Equatable, Codable {
        /// Its id.
        package let candidate: Int
        package let holdout: Double
        /// The policy's file, as it was named; `-` is standard output.
        package let path: String

        package init(candidate: Int, holdout: Double, path: String) {
            self.candidate = candidate
            self.holdout = holdout
            self.path = path
        }
    }

    /// What results are read by; nil before the first.
    package var plan: Plan?
    /// Number of the next policies that were proposed last; nil before the first.
    package var proposal: Int?
    /// nil where nothing is launched.
    package var launch: Launch?

    package init() {}
}

extension Decisions {
    /// The same with something else decided of the online test.
    func deciding(_ change: (inout OnlineDecisions) -> Void) -> Decisions {
        var decisions = self
        var own = online ?? OnlineDecisions()
        change(&own)
        decisions.online = own == OnlineDecisions() ? nil : own
        return decisions
    }
}
