import Experiments
import Frames
import Goldens
import Statistics
import Testing
import Workbench

@Suite("The set-up screen") struct SetupTests {
    @Test func goldenFrames() throws {
        var goldens = GoldenFrames()
        func frame(_ keys: String, _ width: Int = 80, _ height: Int = 24, _ glyphs: GlyphSet = .unicode) throws -> Frame
        {
            let sample = try SetupSample()
            try sample.type(keys)
            return sample.frame(width, height, glyphs)
        }
        try goldens.check(frame(""), "setup")
        try goldens.check(frame("p"), "setup-templates")
        try goldens.check(frame("pj<Enter>jj"), "setup-outcome")
        try goldens.check(frame("pj<Enter>jjt", 80, 24, .ascii), "setup-limit-ascii")
        try goldens.check(frame("pj<Enter>y", 120, 40), "setup-yaml-120x40")
        try goldens.check(frame("?jj"), "setup-help")
        try goldens.finish()
    }

    private func spec(_ sample: SetupSample) throws -> ExperimentSpec {
        try ExperimentSpec.read(yaml: #require(sample.editing).draft.yaml, file: "coupons.yaml")
    }

    @Test func everyPartOfTheSpecCanBeChangedWithAFewKeys() throws {
        let sample = try SetupSample()
        #expect(
            try spec(sample).outcomes.map(\.name) == ["revenue", "orders", "unsubscribed", "clicks", "impressions"])
        // Down past the treatment and the unit to revenue; orders becomes the objective.
        try sample.type("jjjo")
        #expect(try spec(sample).outcomes.map(\.name).first == "orders")
        try sample.type("dt<C-u>-1.5%<Enter>$<C-u>0 0.25<Enter>")
        let objective = try spec(sample).outcomes[0]
        #expect(objective.direction == .minimize && objective.threshold == .relative(-0.015))
        #expect(objective.armCost == ["coupon": 0.25])
        try sample.type("gcs<C-u>2/1<Enter>")
        let treatment = try spec(sample).treatment
        #expect(treatment.control == "coupon" && treatment.assignment == .shares([2, 1]))
        // The last column is a covariate: leave it out, make it one again, change its kind.
        try sample.type("Gx")
        #expect(try !spec(sample).covariates.map(\.column).contains("past_orders"))
        try sample.type("v")
        #expect(try spec(sample).covariates.map(\.column).contains("past_orders"))
        try sample.type("i")
        #expect(try spec(sample).covariates.contains(CovariateSpec(column: "past_orders", kind: .categorical)))
        try sample.type("U")
        #expect(sample.session.state.message.contains("cannot be the unit"))
        try sample.type("gjU")
        #expect(try spec(sample).unit == .row)
        try sample.type("uuuuuuuuuuuuu")
        #expect(try spec(sample).outcomes.map(\.name).first == "revenue")
        #expect(sample.session.state.message == "nothing to undo")
    }

    @Test func templatesLeadGuardAndCharge() throws {
        let sample = try SetupSample()
        try sample.type("p<Enter>")
        let caps = try spec(sample)
        #expect(caps.outcomes.contains { $0.source == .ratio(numerator: "clicks", denominator: "impressions") })
        #expect(caps.outcomes.first { $0.name == "unsubscribed" }?.threshold == .relative(-0.03))
        try sample.type("upj<Enter>")
        let coupons = try spec(sample)
        #expect(coupons.outcomes[0].name == "revenue" && coupons.outcomes[0].armCost == ["coupon": 1])
        #expect(coupons.outcomes[1].threshold == .relative(-0.01))
    }

    @Test func whatIsNoSpecCannotBeWritten() throws {
        let sample = try SetupSample()
        try sample.type("jjxxxxx")
        while sample.editing?.draft.outcomes.isEmpty == false { try sample.type("gjjx") }
        #expect(sample.editing?.draft.problem == "no column is an outcome yet")
        try sample.type("w")
        #expect(sample.session.state.message.contains("no column is an outcome yet"))
        #expect(sample.session.state.setup.written == nil && !sample.session.state.shouldQuit)
        try sample.type("uw<C-u>my.yaml<Enter>")
        #expect(sample.session.state.setup.written == "my.yaml" && sample.session.state.shouldQuit)
    }

    /// A spec whose checks fail would end the workbench as soon as it is opened: it is written for those who insist.
    @Test func aFailingCheckIsToldBeforeTheSpecIsWritten() throws {
        // Every covariate has the arm in it: it can only have been measured after exposure.
        let sample = try SetupSample(leaking: true)
        #expect(sample.session.state.results[.draftChecks].health?.isBlocking == true)
        try sample.type("h")
        #expect(sample.frame(120, 40).text.contains("FAILS: "))
        try sample.type("<Esc>")
        try sample.type("w<C-u>my.yaml<Enter>")
        #expect(sample.session.state.setup.written == nil && !sample.session.state.shouldQuit)
        #expect(sample.session.state.message.hasPrefix("not written: "))
        try sample.type("w<C-u>my.yaml!<Enter>")
        #expect(sample.session.state.setup.written == "my.yaml" && sample.session.state.shouldQuit)
    }

    /// Whatever is typed, the draft is either said to be no spec or read without an error.
    @Test func randomKeysKeepTheDraftReadable() throws {
        let sample = try SetupSample()
        var stream = RandomStream(seed: 9)
        let keys = try Key.parse("jkgGov xTUdtm$icspyu<C-r><Enter><Esc>?-2%1 0<Tab><PageDown><C-u>")
        for _ in 0..<3_000 {
            sample.session.type(keys[stream.index(below: keys.count)])
            let frame = sample.frame(stream.index(below: 130), stream.index(below: 50))
            #expect(frame.width <= 130)
            let draft = try #require(sample.editing).draft
            if draft.problem == nil {
                #expect(throws: Never.self) { try ExperimentSpec.read(yaml: draft.yaml, file: "coupons.yaml") }
            }
        }
    }

    @Test func checksAreSaidOnlyOnceTheyHaveRun() throws {
        let sample = try SetupSample()
        #expect(sample.session.state.results[.draftChecks].health?.isBlocking == false)
        sample.session.type(.character("c"))
        #expect(sample.session.state.results.isStale(.draftChecks))
        #expect(sample.frame().text.contains("checking"))
        sample.session.settle()
        #expect(!sample.session.state.results.isStale(.draftChecks))
    }
}
