import Frames
import Goldens
import Testing
import Workbench

/// Two frames of every screen from the real engine, end to end: each from a session of its own, so that none depends on the
/// keys of another.
@Suite struct EngineFrameTests {
    @Test(arguments: [
        ("", "experiment"), ("v", "experiment-balance"), ("2j", "trees"), ("2sj", "trees-subgroups"),
        ("3jj", "cohorts"), ("3dsegment<Enter>", "cohorts-drill"), ("4llllpjlll", "policy"), ("4fav", "policy-cohorts"),
        ("5sb ", "front"), ("5svv", "front-moves"), ("6r", "models"), ("6rv", "models-projection"),
        ("7jll", "allocate"), ("7=200<Enter>", "allocate-refused"), ("7cossjj", "allocate-merged"),
        ("7a5", "front-allocation"), ("8", "budget-no-cost"), ("8cllj", "budget"), ("8cbHH", "budget-cost"),
        ("8coa5", "front-ranking"),
    ]) func endToEnd(keys: String, name: String) throws {
        let sample = try SampleSession()
        try sample.type(keys)
        try GoldenText.check(sample.frame(), "engine-\(name)")
    }
}
