import Effects
import Experiments
import Groups
import Runtime
import Statistics
import Testing

@Suite struct DrillDownTests {
    @Test func cellsAreTheDifferencesOfMeans() throws {
        let experiment = SubgroupSample(units: 4000, effect: { $0[2] == 1 ? 1 : 0 }).make()
        let drill = try EffectDrillDown.run(experiment, arm: 1, outcome: 0, by: [2, 3])
        #expect(drill.cells.count == 6 && drill.dimensions == ["level", "flag"])
        #expect(drill.cells[3].groups == ["level = b", "flag = 1"])
        var moments = [Moments(), Moments()]
        for unit in 0..<4000
        where experiment.covariates[2].values[unit] == 1 && experiment.covariates[3].values[unit] == 1 {
            moments[Int(experiment.assignment[unit])].add(experiment.outcomes[0].observed.value(unit))
        }
        let cell = try #require(drill.cells[3].estimate)
        #expect(abs(cell.effect.effect - (moments[1].mean - moments[0].mean)) < 1e-5)
        #expect(cell.units == moments[0].count + moments[1].count)
        #expect(abs(drill.cells.compactMap(\.estimate).reduce(0) { $0 + $1.share } - 1) < 1e-9)
        #expect((drill.variance.terms.first?.robust.p ?? 1) < 1e-6)
    }

    /// A subgroup that the analyst names is the same cell, outcome by outcome.
    @Test func aNamedSubgroupIsItsCell() throws {
        let experiment = SubgroupSample(units: 3000, variesPropensity: true).make()
        let subgroup = try Subgroup(parsing: ["level=b", "flag = 1"], covariates: experiment.covariates)
        let decomposition = SubgroupDecomposition.estimate(subgroup, experiment, arm: 1, units: experiment.tune)
        let drill = try EffectDrillDown.run(experiment, arm: 1, outcome: 0, by: [2, 3])
        #expect(decomposition.outcomes[0]?.effect == drill.cells[3].estimate?.effect)
        let cell = try #require(decomposition.outcomes[1])
        // Weighted by 1/e, over all units it is the average effect.
        let everyone = SubgroupDecomposition.estimate(Subgroup([]), experiment, arm: 1, units: experiment.tune)
        let average = AverageEffect.estimate(experiment, over: experiment.tune)[1]
        #expect(abs((everyone.outcomes[1]?.effect.effect ?? 9) - average.difference.effect) < 1e-9)
        #expect(cell.units < everyone.outcomes[1]?.units ?? 0)
    }

    @Test func groupsPartitionTheUnits() throws {
        var values: [Float] = (0..<1000).map { Float($0 % 37) }
        for index in stride(from: 0, to: 1000, by: 9) { values[index] = .nan }
        let experiment = Experiment.made(
            assignment: (0..<1000).map { UInt8($0 % 2) },
            covariates: [
                Covariate(name: "v", encoding: .numeric(centre: 0), values: values),
                Covariate(
                    name: "many", encoding: .categorical(levels: (0..<40).map { "l\($0)" }),
                    values: (0..<1000).map { Float($0 % 40) }),
                Covariate(name: "few", encoding: .numeric(centre: 0), values: (0..<1000).map { Float($0 % 3) }),
            ], outcomes: [("y", (0..<1000).map { Double($0 % 5) })])
        for index in 0..<3 {
            let dimension = Dimension(experiment, covariate: index, units: experiment.tune)
            for unit in 0..<1000 {
                let value = experiment.covariates[index].values[unit]
                let holding = dimension.groups.indices.filter { dimension.groups[$0].holds(value) }
                #expect(holding == [Int(dimension.ofUnit[unit])])
            }
            let counts = dimension.groups.indices.map { group in dimension.ofUnit.count { Int($0) == group } }
            #expect(counts.allSatisfy { $0 > 0 })
        }
        #expect(Dimension(experiment, covariate: 0, units: experiment.tune).labels.last == "v is missing")
        #expect(Dimension(experiment, covariate: 1, units: experiment.tune).groups.count == 12)
        #expect(
            Dimension(experiment, covariate: 2, units: experiment.tune).labels == ["few = 0", "few = 1", "few = 2"])
    }

    @Test(arguments: [
        ("lvl=b", "there is no covariate lvl; choose one of: x, z, level, flag."),
        ("level=d", "the covariate level has no level d."),
        ("level>2", "the levels of level have no order; write level=level."),
        ("x", "x is no condition; write covariate=level, covariate<=number or covariate>number."),
        ("x<=much", "much is no number; write x<=5, x>5 or x=5."),
    ])
    func whatIsWrongIsSaid(text: String, sentence: String) {
        let covariates = SubgroupSample(units: 10).make().covariates
        let error = #expect(throws: EspalierError.self) { _ = try Subgroup(parsing: [text], covariates: covariates) }
        #expect(error?.description == sentence)
    }
}
