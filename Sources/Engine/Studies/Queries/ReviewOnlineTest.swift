import Online
import Runtime

/// All that a study holds of its online test, whatever of it counts: decisions say which does.
package struct OnlineReview: Sendable {
    package struct Round: Sendable {
        package let number: Int
        /// Of results, as it was named.
        package let file: String
        /// Without the policies' models.
        package let plan: OnlinePlan
        package let reading: RoundReading

        package init(number: Int, file: String, plan: OnlinePlan, reading: RoundReading) {
            self.number = number
            self.file = file
            self.plan = plan
            self.reading = reading
        }
    }

    /// By number, those taken back among them.
    package let rounds: [Round]
    /// By number, without the policies' models.
    package var plans: [Int: OnlinePlan]
    /// By number.
    package var proposals: [Int: NextRound.Record]

    package init(rounds: [Round], plans: [Int: OnlinePlan], proposals: [Int: NextRound.Record]) {
        self.rounds = rounds
        self.plans = plans
        self.proposals = proposals
    }
}

/// Reads what a study holds of its online test.
package struct ReviewOnlineTest: StudyQuery {
    package init() {}

    /// - Throws: `EspalierError` (.data) for what cannot be read; `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> OnlineReview {
        let rounds = try study.file.roundsAndWithdrawn(in: study).all.map { record in
            try context.cancellation.check()
            return OnlineReview.Round(
                number: record.number, file: record.file, plan: record.plan, reading: record.reading)
        }
        return OnlineReview(rounds: rounds, plans: try study.file.onlinePlans(), proposals: try study.file.proposals())
    }
}
