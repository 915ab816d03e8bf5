import Effects
import Testing

@Suite struct ContrastIndexTests {
    @Test func positionsFollowArmThenOutcome() {
        #expect(ContrastIndex(arm: 1, outcome: 0).position(outcomeCount: 3) == 0)
        #expect(ContrastIndex(arm: 2, outcome: 1).position(outcomeCount: 3) == 4)
        #expect(ContrastIndex(position: 4, outcomeCount: 3) == ContrastIndex(arm: 2, outcome: 1))
    }

    @Test(arguments: [(1, 3, 0), (2, 1, 1), (4, 3, 9)])
    func allAreInTheOrderOfTheirPositions(arms: Int, outcomes: Int, count: Int) {
        let all = ContrastIndex.all(arms: arms, outcomes: outcomes)
        #expect(all.map { $0.position(outcomeCount: outcomes) } == Array(0..<count))
        #expect(all == (0..<count).map { ContrastIndex(position: $0, outcomeCount: outcomes) })
    }
}
