/// Common kinds of experiment, each a way to finish a draft: which outcome leads, which are guarded, what costs.
package enum SpecTemplate: String, Sendable, CaseIterable {
    case notificationCaps, couponsWithCost, rankingChange

    package var title: String {
        switch self {
        case .notificationCaps: "notification caps"
        case .couponsWithCost: "coupons with cost"
        case .rankingChange: "ranking change"
        }
    }

    /// What it will do, in words.
    package var summary: String {
        switch self {
        case .notificationCaps: "visits lead; clicks per impression may fall 2%, opt-outs may grow 3%"
        case .couponsWithCost: "value leads, less 1 unit of cost for every arm but control; orders may fall 1%"
        case .rankingChange: "engagement leads; clicks and revenue may fall 1%, latency and errors may grow 2%"
        }
    }

    /// Words of the objective's name, the likelier first.
    private var objective: [String] {
        switch self {
        case .notificationCaps: ["session", "visit", "engagement"]
        case .couponsWithCost: ["profit", "margin", "revenue", "gmv", "sale", "spend", "spent", "yield"]
        case .rankingChange: ["engagement", "session", "click", "conversion", "booking", "order"]
        }
    }

    /// The most that a guarded outcome may get worse, relative to control.
    private func allowance(_ outcome: OutcomeSpec) -> Double? {
        switch (self, outcome.direction) {
        case (.notificationCaps, .maximize): 0.02
        case (.notificationCaps, .minimize): 0.03
        case (.couponsWithCost, .maximize), (.rankingChange, .maximize): 0.01
        case (.couponsWithCost, .minimize): nil
        case (.rankingChange, .minimize): 0.02
        }
    }

    /// The draft with the template's objective, limits and costs.
    package func applied(to draft: SpecDraft) -> SpecDraft {
        var draft = draft
        if self == .notificationCaps { Self.joinClicks(in: &draft) }
        let lead = objective.lazy.compactMap { word in
            draft.outcomes.firstIndex { ColumnProfile.words(of: $0.name).contains { $0.hasPrefix(word) } }
        }.first
        if let lead { draft.makeObjective(lead) }
        for index in draft.outcomes.indices {
            draft.change(outcome: index) { outcome in
                outcome.threshold = index == 0 ? nil : allowance(outcome).map { .relative(-$0) }
            }
        }
        if self == .couponsWithCost {
            let costs = draft.arms.dropFirst().map { ($0.name, 1.0) }
            draft.change(outcome: 0) { $0.armCost = Dictionary(uniqueKeysWithValues: costs) }
        }
        return draft
    }

    /// Clicks per impression as one ratio outcome, where both are columns.
    private static func joinClicks(in draft: inout SpecDraft) {
        func column(_ word: String) -> String? {
            draft.columns.first { column in
                column.isNumeric && column.name != draft.treatment && column.name != draft.unit
                    && ColumnProfile.words(of: column.name).contains { $0 == word || $0 == word + "s" }
                    && !ColumnProfile.words(of: column.name).contains(where: ProposalWords.earlier.contains)
            }?.name
        }
        guard let clicks = column("click"), let impressions = column("impression") else { return }
        draft.add(
            OutcomeSpec(name: "ctr", direction: .maximize, source: .ratio(numerator: clicks, denominator: impressions)))
    }
}
