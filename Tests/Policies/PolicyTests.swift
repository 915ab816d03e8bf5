import Foundation
import Policies
import Runtime
import Statistics
import Testing

@Suite struct PolicyTests {
    private static let policy = Policy.linear(LinearPolicy(weights: [1, -0.5], biases: [0, 0.25, -1]))

    @Test func jsonNamesTheKindBesideThePolicysOwnKeys() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(Self.policy)
        #expect(String(decoding: json, as: UTF8.self) == #"{"biases":[0,0.25,-1],"kind":"linear","weights":[1,-0.5]}"#)
        #expect(try JSONDecoder().decode(Policy.self, from: json) == Self.policy)
    }

    @Test func policiesWithoutAKindAreLinear() throws {
        let json = Data(#"{"weights":[1,-0.5],"biases":[0,0.25,-1]}"#.utf8)
        #expect(try JSONDecoder().decode(Policy.self, from: json) == Self.policy)
    }

    @Test func anUnknownKindIsNamed() {
        #expect {
            try JSONDecoder().decode(Policy.self, from: Data(#"{"kind":"oracle","weights":[1],"biases":[0,1]}"#.utf8))
        } throws: {
            guard case DecodingError.dataCorrupted(let context) = $0 else { return false }
            return context.debugDescription.contains("\"oracle\"")
        }
    }

    @Test func linearPoliciesGiveTheirArmForCertain() throws {
        let synthetic = SyntheticTable(units: 700, arms: 3, outcomes: 2)
        guard case .linear(let linear) = Self.policy else { return }
        let units = 100..<600
        let given = try Self.policy.probabilities(in: synthetic.table, synthetic.space, units: units)
        let choice = synthetic.table.choice(
            of: linear, in: synthetic.space, units: units, workers: Workers(count: 1))
        #expect(given.unitCount == units.count && Set(choice).count > 1)
        for unit in choice.indices {
            for arm in 0..<3 { #expect(given.probability(of: arm, unit: unit) == (arm == Int(choice[unit]) ? 1 : 0)) }
        }
    }

    @Test(arguments: [[0.5, 0.4, 0.05], [1.2, -0.2, 0], [.nan, 1, 0]])
    func whatIsNoDistributionIsRefused(distribution: [Double]) {
        #expect(throws: EspalierError.self) { try ArmProbabilities(distributions: [distribution], indices: [0, 0]) }
    }
}
