import Effects
import Foundation
import Frames
import Goldens
import Policies
import Runtime
import Studies
import Testing
import Workbench

/// The Models screen, its job, and what its verdicts set on the Policy screen.
@Suite struct ModelsTests {
    @Test func verdictsSetTheStartOfTuning() throws {
        let sample = try SampleSession()
        try sample.type("6")
        let start = sample.session.state.decisions.knobs
        try sample.type("r")
        let state = sample.session.state
        let report = try #require(state.results[.modelReport])
        try sample.type("vv")
        #expect(sample.frame().text.contains("none of the learners judged gives intervals"))
        try sample.type("v")
        #expect(sample.frame().text.contains("no settings were tried yet"))
        try sample.type("v")
        #expect(sample.session.state.models.pane == .curve)
        try sample.type("jjlo")

        // Outcomes without detectable heterogeneity start nearly shrunk; undo gives them back.
        let space = try #require(state.space)
        let knobs = PolicyKnobs.start(in: space, judgedBy: report)
        #expect(state.decisions.knobs == knobs)
        let shrunk = knobs.shrinkage.count { $0 > 0 }
        try sample.type(String(repeating: "u", count: shrunk))
        #expect(sample.session.state.decisions.knobs == start)

        // Knobs that were turned stay as they are, whatever is judged later.
        try sample.type("4l6r")
        let turned = sample.session.state.decisions.knobs
        #expect(turned != start && turned != knobs)
    }

    /// The learner at the cursor is fitted as another study, and the one that is open stays as it is.
    @Test func anotherLearnerIsFittedBesideTheStudy() throws {
        let sample = try SampleSession()
        try sample.type("6F")
        #expect(sample.session.state.message.contains("r judges"))
        try sample.type("r")
        let report = try #require(sample.session.state.results[.modelReport])
        let own = try #require(sample.session.state.facts.description?.spec.effects.learner.name)
        let place = try #require(report.learners.firstIndex(of: own))
        try sample.type("g" + String(repeating: "j", count: place) + "F")
        #expect(sample.session.state.message.contains("already"))
        let other = try #require(report.learners.firstIndex(of: "dr"))
        try sample.type("g" + String(repeating: "j", count: other) + "F<C-u>other.espalier<Enter>")
        #expect(sample.session.state.message.contains("fitted with dr in other.espalier"))
        let study = try Study(opening: sample.folder.appendingPathComponent("other.espalier").path)
        #expect(study.description.spec.effects.learner.name == "dr")
        #expect(sample.session.state.facts.description?.spec.effects.learner.name == own)
        // A file that is there stays.
        try sample.type("F<C-u>other.espalier<Enter>")
        #expect(sample.session.state.message.contains("there is a file already"))
    }

    /// A search of settings takes its time, so its result is put in by hand: best first, and what to write into the spec.
    @Test func triedSettingsSayWhatToWriteIntoTheSpec() throws {
        let settings = #""settings": {"depth": 3, "learningRate": 0.05, "patience": 10, "rounds": 400}"#
        let tuning = try JSONDecoder().decode(
            HyperparameterSearch.self,
            from: Data(
                """
                {"learner": {"x": {}}, "part": "effectModels", "seed": 3, "trials": [
                  {"number": 2, \(settings), "score": 0.031, "gain": {"value": 0.011, "standardError": 0.004}},
                  {"number": 0, "settings": {}, "score": 0.02},
                  {"number": 1, "settings": {"depth": 6}, "score": 0.012, "gain": {"value": -0.008, "standardError": 0.003}}
                ]}
                """.utf8))
        var state = try Fixture.state(on: .models)
        _ = SearchHyperparameters(seed: 3).take(tuning, in: &state)
        #expect(state.message.contains("trial 2 gains 0.011 ± 0.0078"))
        try GoldenText.check(Screens.draw(state, width: 80, height: 24, glyphs: .unicode), "models-settings")
        // Asked again, other settings are tried.
        let again = Reducer.reduce(&state, .models(.searchSettings))
        #expect(
            again.contains {
                if case .operation(let work as SearchHyperparameters) = $0 { work.seed == 4 } else { false }
            })
    }
}
