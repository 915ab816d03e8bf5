import Testing
import Texts

/// Names where there is no room for the whole of them.
@Suite struct ShortNameTests {
    private func short(_ names: [String], _ width: Int) -> [String] {
        names.map { TextWidth.shorten($0, among: names, to: width, ellipsis: "…") }
    }

    @Test func whatFitsStaysWhole() {
        #expect(short(["sessions", "ctr"], 8) == ["sessions", "ctr"])
    }

    @Test func theBeginningIsEnoughWhereItDiffers() {
        #expect(short(["revenue_per_user", "sessions_per_user"], 9) == ["revenue_…", "sessions…"])
    }

    @Test func whatTellsThemApartStays() {
        #expect(short(["sessions_per_week", "sessions_per_day"], 9) == ["sess…week", "sess…_day"])
        let caps = (1...12).map { "notification_cap_\($0)" }
        for width in 6...16 {
            let cut = short(caps, width)
            #expect(Set(cut).count == caps.count, "\(width): \(cut)")
            #expect(cut.allSatisfy { TextWidth.width(of: $0) <= width })
        }
    }

    /// What differs is far from both ends.
    @Test func theMiddleStays() {
        let names = ["push_notifications_low_weekly_rate", "push_notifications_mid_weekly_rate"]
        let cut = short(names, 12)
        #expect(Set(cut).count == 2 && cut.allSatisfy { TextWidth.width(of: $0) <= 12 }, "\(cut)")
        #expect(cut[0].contains("low") && cut[1].contains("mid"))
    }

    @Test func wideCharactersCountTwice() {
        let names = ["会话数每周平均", "会话数每日平均"]
        for width in 4...14 {
            #expect(short(names, width).allSatisfy { TextWidth.width(of: $0) <= width })
        }
    }

    @Test func theMiddleGivesWayInRules() {
        #expect(TextWidth.cutMiddle("notifications_28d", to: 9, ellipsis: "…") == "noti…_28d")
        #expect(TextWidth.cutMiddle("ctr", to: 9, ellipsis: "…") == "ctr")
    }
}
