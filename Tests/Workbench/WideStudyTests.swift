import Foundation
import Frames
import Goldens
import Statistics
import Testing
import Workbench

/// Thirteen outcomes, twelve arms and names that begin alike: every screen tells them apart and says how many it shows.
@Suite struct WideStudyTests {
    private static let arms = ["control"] + (1...11).map { "notification_frequency_cap_per_week_\($0)" }
    private static let outcomes = [
        "sessions_per_user_per_week", "sessions_per_user_per_day", "notifications_disabled_rate",
        "notifications_opened_rate", "click_through_rate_feed", "click_through_rate_mail", "revenue_per_user",
        "retention_7", "retention_14", "unsubscribed", "reports_filed", "time_spent_minutes", "messages_sent",
    ]
    private static let limited = ["notifications_disabled_rate", "click_through_rate_mail", "unsubscribed"]

    /// 6,000 units whose first covariates move some of the effects.
    private static func write(into folder: URL) throws {
        var stream = RandomStream(seed: 5, purpose: "wide study")
        var text = "id,arm," + (0..<4).map { "covariate_\($0)" }.joined(separator: ",") + ","
        text += outcomes.joined(separator: ",") + "\n"
        for unit in 0..<6_000 {
            let arm = unit % arms.count
            let x = (0..<4).map { _ in (stream.normal() * 100).rounded() / 100 }
            let values = outcomes.indices.map { j in
                let effect = (x[j % 4] > 0 ? 0.6 : -0.2) * Double(arm) / 11 * (j % 3 == 2 ? -1 : 1)
                return ((3 + x[j % 4] / 2 + effect + stream.normal()) * 1000).rounded() / 1000
            }
            text += "\(unit),\(arms[arm])," + (x + values).map { "\($0)" }.joined(separator: ",") + "\n"
        }
        try Data(text.utf8).write(to: folder.appendingPathComponent("wide.csv"))
        let described = outcomes.map { name in
            let direction = limited.contains(name) && name != "click_through_rate_mail" ? "minimize" : "maximize"
            let threshold = limited.contains(name) ? ", threshold: {relative: -0.03}" : ""
            return "  - {name: \(name), direction: \(direction)\(threshold)}"
        }
        let spec = """
            name: wide
            data: wide.csv
            unit: id
            treatment: {column: arm, control: control}
            outcomes:
            \(described.joined(separator: "\n"))
            covariates: [covariate_0, covariate_1, covariate_2, covariate_3]
            effects: {learner: s}
            """
        try Data(spec.utf8).write(to: folder.appendingPathComponent("experiment.yaml"))
    }

    @Test func everyScreenShowsWhatItCanAndCountsTheRest() throws {
        let sample = try SampleSession(title: "wide", write: Self.write)
        var goldens = GoldenFrames()
        for (keys, name) in [
            ("", "experiment"), ("2", "trees"), ("3v", "cohorts"), ("4jjjjjjj", "policy"), ("5", "front"),
            ("7", "allocate"),
        ] {
            try sample.type(keys)
            for (width, height) in [(80, 24), (120, 40)] {
                try goldens.check(
                    sample.frame(width, height), "wide-\(name)-\(width)x\(height)")
            }
        }
        try goldens.finish()
        // The knob with the cursor is about an outcome far down the list, which is shown, and the objective beside it.
        try sample.type("4")
        let text = sample.frame().text
        #expect(text.contains(" of 13"))
        #expect(sample.session.state.policy.focusedKnob == 7)
    }
}
