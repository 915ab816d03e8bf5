import Effects
import Experiments
import Runtime
import Testing

@Suite struct BinnedCovariatesTests {
    @Test func aBinIsAtMostBIffTheValueIsAtMostItsEdge() throws {
        let experiment = SimulatedExperiment(units: 5_000, confirm: 0.3, missing: 0.1, levels: 5).make()
        let binned = try BinnedCovariates(experiment, maximumBins: 40)
        for (index, covariate) in experiment.covariates.enumerated() {
            let code = binned.codes[index]
            #expect(code.valueBins == (index == 4 ? 5 : 40))
            #expect(code.edges.count == code.valueBins - 1)
            for unit in 0..<experiment.unitCount {
                let (value, bin) = (covariate.values[unit], Int(binned.bins[index][unit]))
                #expect(value.isNaN == (bin == code.missingBin))
                guard !value.isNaN else { continue }
                if code.isCategorical { #expect(bin == Int(value)) }
                if bin < code.edges.count { #expect(value <= code.edges[bin]) }
                if bin > 0 { #expect(value > code.edges[bin - 1]) }
            }
        }
    }

    @Test func fewDistinctValuesHaveABinEach() throws {
        let experiment = SimulatedExperiment(units: 1_000, covariates: 1).make()
        let values = (0..<1_000).map { Float($0 % 7) }
        let replaced = experiment.replacing(covariates: [
            Covariate(name: "months", encoding: .numeric(centre: 0), values: values)
        ])
        let binned = try BinnedCovariates(replaced)
        #expect(binned.codes[0].edges == [0, 1, 2, 3, 4, 5])
        #expect(binned.bins[0] == values.map { UInt8($0) })
    }

    @Test func threadsDoNotMatter() throws {
        let experiment = SimulatedExperiment(units: 2_000, missing: 0.2, levels: 9).make()
        let one = try BinnedCovariates(experiment, context: RunContext(workers: Workers(count: 1)))
        let two = try BinnedCovariates(experiment, context: RunContext(workers: Workers(count: 2)))
        #expect(one.bins == two.bins && one.codes == two.codes)
    }
}
