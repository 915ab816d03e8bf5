import Foundation
import Frames
import Goldens
import Policies
import Studies
import Testing
import Workbench

/// The Online screen, drawn from made-up rounds, and its keys.
@Suite struct OnlineScreenTests {
    private static let sizes = [(60, 20), (80, 24), (120, 40), (200, 60)]

    private static func text(_ state: WorkbenchState, _ width: Int = 80, _ height: Int = 24) -> String {
        Screens.draw(state, width: width, height: height, glyphs: .unicode).text
    }

    /// Two rounds, the second of a plan that was read.
    private static func readState(outcomes: Int = 4) throws -> WorkbenchState {
        var state = try Fixture.onlineState(
            rounds: [try Fixture.round(1, outcomes: outcomes), try Fixture.round(2, outcomes: outcomes)],
            plans: [1: try Fixture.plan(1, outcomes: outcomes), 2: try Fixture.plan(2, outcomes: outcomes)])
        state.online.row = 3
        return state
    }

    private static func views() throws -> [(String, WorkbenchState)] {
        var picked = try Fixture.onlineState()
        picked.decisions.picked = [1, 2]
        var other = try readState()
        other.online.outcome = 2
        other.online.row = 5
        var later = try readState()
        later.online.outcome = 3
        var many = try readState(outcomes: 12)
        many.online.outcome = 9
        var broken = try Fixture.onlineState(rounds: [try Fixture.round(1), try Fixture.round(2, lost: 900)])
        broken.decisions.withdrawnRounds = [1]
        var next = try Fixture.onlineState(
            rounds: [try Fixture.round(1), try Fixture.round(2)], plans: [2: try Fixture.plan(2)], isProposed: true)
        next.online.pane = .next
        var launched = try readState()
        launched.online.pane = .monitor
        launched.decisions.online?.launch = OnlineDecisions.Launch(
            candidate: 2, holdout: 0.03, path: "/data/policy.json")
        return [
            ("online-empty", try Fixture.onlineState()), ("online-picked", picked),
            ("online-planned", try Fixture.onlineState(plans: [1: try Fixture.plan(1)])),
            ("online", try readState()), ("online-other", other), ("online-later", later), ("online-twelve", many),
            ("online-broken", broken), ("online-next", next), ("online-launched", launched),
        ]
    }

    @Test func goldenFrames() throws {
        var goldens = GoldenFrames()
        for (name, state) in try Self.views() {
            for (width, height) in Self.sizes {
                try goldens.check(
                    Screens.draw(state, width: width, height: height, glyphs: .unicode), "\(name)-\(width)x\(height)")
            }
            try goldens.check(Screens.draw(state, width: 80, height: 24, glyphs: .ascii), "\(name)-ascii")
        }
        try goldens.finish()
    }

    /// Without colours the round looked at, the pane and the policy with the cursor are still told apart.
    @Test func withoutColours() throws {
        let themes = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../themes")
        let theme = try ThemeLibrary(directories: [themes.path]).theme(named: "espalier-dark")
        var goldens = GoldenFrames()
        try goldens.check(
            Screens.draw(Self.readState(), width: 80, height: 24, glyphs: .unicode), mono: theme, "online-mono")
        try goldens.finish()
    }
}
