import Policies
import Studies

/// What is ranked on the Budget screen, how much of it is targeted, and where the analyst looks.
package struct BudgetState: ScreenState {
    /// The ranker with the cursor.
    package var row = 0
    /// Its rankers are those that the screen shows.
    package var request = RankingRequest()
    package var budget = RankingBudget.share(0.2)

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case row = "budgetRow"
        case request = "ranking"
        case budget
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        row = try container.decode(.row, or: 0)
        request = try container.decode(.request, or: RankingRequest())
        budget = try container.decode(.budget, or: .share(0.2))
    }
}

extension WorkbenchState {
    package var budget: BudgetState {
        get { self[BudgetScreen.self] }
        set { self[BudgetScreen.self] = newValue }
    }
}
