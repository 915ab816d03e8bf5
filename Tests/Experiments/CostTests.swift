import Experiments
import Runtime
import Testing

/// `cost: NAME` in a spec.
@Suite struct CostTests {
    private func spec(
        _ cost: String, outcomes: String = "[{name: visits, direction: maximize}, {name: spend, direction: minimize}]"
    )
        -> String
    {
        """
        name: shop
        data: shop.csv
        unit: id
        treatment: {column: arm, control: a}
        outcomes: \(outcomes)
        covariates: [age]
        \(cost)
        """
    }

    @Test func anOutcomeIsTheCost() throws {
        let spec = try ExperimentSpec.read(yaml: spec("cost: spend"), file: "shop.yaml")
        #expect(spec.cost == "spend")
        #expect(try ExperimentSpec.read(yaml: self.spec("splits: {seed: 1}"), file: "shop.yaml").cost == nil)
    }

    @Test(arguments: [
        ("cost: spent", "spend"), ("cost: money", "visits, spend"), ("cost: [spend]", "must be a text"),
        ("costs: spend", "cost"),
    ]) func whatIsNoneIsSaidWithItsLine(text: String, words: String) {
        let error = #expect(throws: EspalierError.self) {
            try ExperimentSpec.read(yaml: spec(text), file: "shop.yaml")
        }
        #expect(error?.line == 7 && error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test func theOnlyOutcomeBuysNothing() {
        let error = #expect(throws: EspalierError.self) {
            try ExperimentSpec.read(
                yaml: spec("cost: visits", outcomes: "[{name: visits, direction: maximize}]"), file: "shop.yaml")
        }
        #expect(error?.message.contains("only outcome") == true)
    }
}
