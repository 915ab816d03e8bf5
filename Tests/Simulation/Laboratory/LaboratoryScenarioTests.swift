import Effects
import Experiments
import Foundation
import Runtime
import Simulation
import Statistics
import Testing

@Suite struct LaboratoryScenarioTests {
    private let small = """
        name: own
        arms: [off, low, high]
        nodes:
          # Out of order: B depends on A.
          B: {terms: {A^2: 2, A: -1}, noise: 0.5}
          A: {terms: {1: 1}, noise: 2}
          L: {observed: no, terms: {1: 3}, noise: 1 + 1.5 W}
        outcomes:
          gain:
            terms: {L: 1, A*B: 0.5}
            noise: 0.5 W
            effects:
              low: {A: 1}
              high: {A*B: 0.25, 1: -1}
          cost:
            direction: minimize
            limit: -0.2
            terms: {1: 4}
            effects:
              low: {1: 1}
              high: {B: 0.5}

        """

    /// Means in closed form, by hand: E A = 1, E A² = 5, E A³ = 1 + 3·4 = 13, E B = 2·5 - 1 = 9, E AB = 2·13 - 5 = 21.
    @Test func meansAreExact() throws {
        let scenario = try LaboratoryScenario(yaml: small, file: "own.yaml")
        #expect(scenario.nodes.map(\.name) == ["A", "B", "L"])
        #expect(scenario.covariates.map(\.name) == ["A", "B"])
        #expect(abs(scenario.controlMeans[0] - (3 + 0.5 * 21)) < 1e-9 && scenario.controlMeans[1] == 4)
        let expected = [[1 / 13.5, -1.0 / 4], [(0.25 * 21 - 1) / 13.5, -4.5 / 4]]
        for (means, others) in zip(scenario.meanEffects, expected) {
            for (mean, other) in zip(means, others) { #expect(abs(mean - other) < 1e-9) }
        }
        #expect(scenario.thresholds == [nil, -0.2])
    }

    /// Units drawn have those means, to 4 standard errors, and noise that grows with W.
    @Test func unitsHaveTheTrueMeans() throws {
        let scenario = try LaboratoryScenario(yaml: small, file: "own.yaml")
        var stream = RandomStream(seed: 2)
        let units = scenario.draw(40_000, noiseLevel: 2, &stream)
        for (outcome, byArm) in units.effects.enumerated() {
            for (arm, effects) in byArm.enumerated() {
                let moments = Moments(effects.map { Double($0) })
                let mean = scenario.meanEffects[arm][outcome]
                #expect(abs(moments.mean - mean) <= 4 * moments.standardError + 1e-6)
            }
        }
        let control = Moments(units.control[0].map { Double($0) })
        #expect(abs(control.mean - 1) < 4 * control.standardError)
        // A minimised outcome is turned round: its control is -1 in its mean's size.
        #expect(units.control[1].allSatisfy { $0 == -1 })
        var again = RandomStream(seed: 2)
        let louder = scenario.draw(40_000, noiseLevel: 20, &again)
        #expect(louder.columns == units.columns && louder.effects == units.effects)
        // L has 1 + 1.5 W, the outcome .5 W: ((31² - 4²) + (10² - 1²)) / 13.5² more.
        let growth = Moments(louder.control[0].map { Double($0) }).variance - control.variance
        #expect(abs(growth - 1_044 / (13.5 * 13.5)) < 0.5)
    }

    /// What --show prints is read as the scenario it shows.
    @Test(arguments: LaboratoryScenario.bundledNames) func bundledScenariosAreFilesToo(name: String) throws {
        let text = try #require(LaboratoryScenario.bundledText(name))
        let scenario = try LaboratoryScenario(yaml: text, file: "x.yaml")
        #expect(scenario == (try LaboratoryScenario.bundled(name)) && scenario.name == name)
        #expect(LaboratoryScenario.bundledText("3") == nil)
    }

    /// Polynomials that get out of hand are simulated.
    @Test func chainsOfSquaresHaveMeansBySimulation() throws {
        let chain = (1...8).map {
            "  N\($0): {terms: {N\($0 - 1)^2: 0.1, N\($0 - 1): 1, M\($0)*M\($0): 0.1}, noise: 0.1}\n"
        }
        let own = (1...8).map { "  M\($0): {terms: {1: 1}, noise: 0.1}\n" }
        let text =
            "arms: [a, b]\nnodes:\n  N0: {terms: {1: 0.1}, noise: 0.1}\n" + chain.joined() + own.joined()
            + "outcomes:\n  y: {terms: {1: 1}, effects: {b: {N8: 1}}}\n"
        let scenario = try LaboratoryScenario(yaml: text, file: "chain.yaml")
        var stream = RandomStream(seed: 4)
        let drawn = Moments(scenario.draw(50_000, noiseLevel: 0, &stream).effects[0][0].map { Double($0) })
        #expect(abs(scenario.meanEffects[0][0] - drawn.mean) < 5 * drawn.standardError)
    }

    @Test(arguments: [
        ("nodes:", "node:", "own.yaml:3: unknown key"), ("noise: 2}", "nois: 2}", "own.yaml:6: unknown key"),
        ("{1: 1}, noise: 2", "{B: 1}, noise: 2", "depend on themselves: B on A on B"),
        ("{A*B: 0.25, 1: -1}", "{A*C: 0.25, 1: -1}", "own.yaml:14: the term"),
        ("{A*B: 0.25, 1: -1}", "{A*B*A: 0.25}", "has 3 factors"),
        ("{A*B: 0.25, 1: -1}", "{L: 1}", "changes with the noise level"),
        ("              high: {B: 0.5}\n", "", "cost has no effect of"),
        ("high: {B: 0.5}", "hihg: {B: 0.5}", "unknown key"), ("0.5 W", "0.5 V", "is no noise"),
        ("noise: 0.5}", "noise: -1}", "is no noise"), ("[off, low, high]", "[off]", "2 to 64 different arms"),
        ("[off, low, high]", "[off, low, low]", "2 to 64 different arms"),
        ("{observed: no, terms: {1: 3}", "{terms: {1: 3}", "would change with the noise level"),
        ("terms: {1: 4}", "terms: {1: 0}", "the mean of cost under control is 0"), ("{1: 4}", "{1: x}", "number"),
        ("name: own", "name: own\nname: two", "stands twice"), ("A: {terms", "1: {terms", "cannot name a node"),
    ])
    func whatIsWrongIsSaidWithItsPlace(old: String, new: String, words: String) throws {
        let text = small.replacingOccurrences(
            of: old.replacingOccurrences(of: "              ", with: "      "), with: new)
        #expect(text != small)
        let error = #expect(throws: EspalierError.self) { try LaboratoryScenario(yaml: text, file: "own.yaml") }
        let sentence = error?.description ?? ""
        #expect(sentence.contains(words), "\(sentence)")
        #expect(sentence.hasPrefix("own.yaml:") && !sentence.contains("\n"), "\(sentence)")
    }

    /// Units of a resampled world are the experiment's, with its effects and its noise.
    @Test func aResampledWorldIsItsExperiment() throws {
        let count = 500
        var stream = RandomStream(seed: 9)
        let x = (0..<count).map { _ in Float(stream.normal()) }
        let control = (0..<count).map { _ in 10 + 2 * stream.normal() }
        let world = ResampledWorld(
            name: "like", arms: ["a", "b"],
            covariates: [Covariate(name: "x", encoding: .numeric(centre: 0), values: x)],
            outcomes: [
                ResampledWorld.Outcome(
                    name: "up", sign: 1, threshold: nil, control: control, effects: [x.map { Double($0) }]),
                ResampledWorld.Outcome(
                    name: "down", sign: -1, threshold: .absolute(-0.5), control: control,
                    effects: [x.map { _ in 1 }]),
            ])
        let mean = Moments(control).mean
        #expect(abs(try #require(world.thresholds[1]) + 0.5 / mean) < 1e-12 && world.thresholds[0] == nil)
        #expect(abs(world.meanEffects[0][1] + 1 / mean) < 1e-6)
        let units = world.draw(2_000, noiseLevel: 1, &stream)
        for unit in 0..<2_000 {
            #expect(abs(Double(units.effects[0][0][unit]) - Double(units.columns[0][unit]) / mean) < 1e-6)
            #expect(abs(units.control[0][unit] + units.control[1][unit]) < 1e-6)
        }
        #expect(Set(units.columns[0]).isSubset(of: Set(x)) && Set(units.columns[0]).count > 300)
        let comparison = try LaboratoryComparison(
            world, noise: [1], unitsPerArm: 300, replicates: 1, seed: 1, methods: LaboratoryMethod.named("heuristic"),
            populationUnits: 500)
        #expect(comparison.rows.count == 3 && comparison.rows[0].scenario == "like")
    }
}
