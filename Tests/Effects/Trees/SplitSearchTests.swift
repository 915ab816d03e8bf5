import Effects
import Experiments
import Testing

/// The best split of one covariate on sums small enough to be read: ties, missing values, least leaves.
@Suite struct SplitSearchTests {
    /// Units of each arm in a bin that has units, in both halves.
    private static let units = 16.0

    /// A bin whose control units are all 0 and whose treated units are all `effect`; nil is a bin without units.
    private func bin(_ effect: Double?) -> ContrastSums {
        guard let effect else { return ContrastSums() }
        var sums = ContrastSums()
        sums.control = ArmSums(count: Self.units, value: 0, square: 0)
        sums.treated = ArmSums(
            count: Self.units, value: Self.units * effect, square: Self.units * effect * effect)
        sums.estimatingControl = Self.units
        sums.estimatingTreated = Self.units
        return sums
    }

    private func search(
        _ bins: [ContrastSums], _ code: BinCode, minimumLeaf: Double = 1, honest: Bool = true
    ) -> SplitSearch.Candidate? {
        let total = bins.reduce(ContrastSums(), +)
        let criterion = HonestCriterion(root: total, estimatingRatio: 1, treatedShare: 0.5)
        return SplitSearch(criterion: criterion, minimumLeaf: minimumLeaf, honest: honest)
            .best(of: BinSums(bins: bins), covariate: 3, code: code, total: total)
    }

    /// - Parameter effects: by value bin, then of the missing.
    private func numeric(
        _ effects: [Double?], minimumLeaf: Double = 1, honest: Bool = true
    ) -> SplitSearch.Candidate? {
        let values = (0..<effects.count - 1).map { Float(10 * $0) }
        return search(
            effects.map(bin), BinCode(quantilesOf: values, maximumBins: 255), minimumLeaf: minimumLeaf, honest: honest)
    }

    private func categorical(_ bins: [ContrastSums]) -> SplitSearch.Candidate? {
        search(bins, BinCode(levelCount: bins.count - 1))
    }

    private func split(_ rule: Split.Rule, missingLeft: Bool, seen: Bool) -> Split {
        Split(covariate: 3, rule: rule, missingGoesLeft: missingLeft, missingSeen: seen)
    }

    @Test func aStepIsCutWhereItIs() throws {
        let found = try #require(numeric([0, 0, 0, 2, 2, nil]))
        #expect(found.split == split(.atMost(20), missingLeft: true, seen: false))
        #expect(found.left == [0, 0, 0].map(bin).reduce(ContrastSums(), +))
        // Of 160 units 64 have an effect of 2, alone without spread. Together the effect is 0.8 and the 80 treated units
        // vary by S_1^2 = (32 x 2^2 - 80 x 0.8^2)/79; the penalty is 1 + N_tr/N_est = 2.
        let apart = 64 * 4.0 / 160
        let together = (160 * 0.8 * 0.8 - 2 * ((128 - 80 * 0.64) / 79) / 0.5) / 160
        #expect(abs(found.gain - (apart - together)) < 1e-12)
    }

    /// Cutting off the first bin gains as much as cutting off the last.
    @Test func ofEqualGainsTheLowestCutWins() {
        #expect(numeric([1, 0, 0, 1, nil])?.split == split(.atMost(0), missingLeft: false, seen: false))
        #expect(numeric([0, 1, 1, 0, nil])?.split == split(.atMost(0), missingLeft: false, seen: false))
        // A bin without units is no cut of its own.
        #expect(numeric([nil, 1, nil, 0, nil])?.split == split(.atMost(10), missingLeft: true, seen: false))
    }

    @Test func missingIsTriedOnBothSides() {
        #expect(numeric([2, 0, 2])?.split == split(.atMost(0), missingLeft: true, seen: true))
        #expect(numeric([0, 2, 0])?.split == split(.atMost(0), missingLeft: true, seen: true))
        #expect(numeric([0, 2, 2])?.split == split(.atMost(0), missingLeft: false, seen: true))
        #expect(numeric([2, 0, 0])?.split == split(.atMost(0), missingLeft: false, seen: true))
        // Half way between both it gains as much on either side: the left is tried first.
        #expect(numeric([2, 0, 1])?.split == split(.atMost(0), missingLeft: true, seen: true))
        // It alone differs.
        #expect(numeric([0, 0, 2])?.split == split(.present, missingLeft: false, seen: true))
        #expect(numeric([2, nil, 0])?.split == split(.atMost(0), missingLeft: false, seen: true))
    }

    @Test func theLeftChildHoldsWhatGoesLeft() {
        #expect(numeric([2, 0, 2])?.left == bin(2) + bin(2))
        #expect(numeric([2, 0, 0])?.left == bin(2))
        #expect(numeric([0, 0, 2])?.left == bin(0) + bin(0))
    }

    /// What no unit of the node says is left to the larger child, and to the left one of equals.
    @Test func withoutMissingUnitsMissingGoesToTheLargerSide() {
        #expect(numeric([0, 2, 2, nil])?.split == split(.atMost(0), missingLeft: false, seen: false))
        #expect(numeric([0, 0, 2, nil])?.split == split(.atMost(10), missingLeft: true, seen: false))
        #expect(numeric([0, 2, nil])?.split == split(.atMost(0), missingLeft: true, seen: false))
    }

    @Test func withoutAGainThereIsNoSplit() {
        #expect(numeric([1, 1, 1, nil]) == nil)
        #expect(numeric([1, 1, 1]) == nil)
        #expect(numeric([1, nil]) == nil)
        #expect(numeric([nil, nil]) == nil)
    }

    /// A child of exactly the least is a leaf; one unit less of any of the four groups is not.
    @Test func leastLeaves() {
        #expect(numeric([0, 2, nil], minimumLeaf: Self.units) != nil)
        #expect(numeric([0, 2, nil], minimumLeaf: Self.units + 1) == nil)
        let code = BinCode(levelCount: 2)
        func groups(_ change: (inout ContrastSums) -> Void, honest: Bool) -> Bool {
            var small = bin(2)
            change(&small)
            let both = [[small, bin(0)], [bin(0), small]]
            let found = both.map {
                search($0 + [ContrastSums()], code, minimumLeaf: Self.units, honest: honest) != nil
            }
            #expect(found[0] == found[1])
            return found[0]
        }
        #expect(groups({ _ in }, honest: true))
        #expect(!groups({ $0.estimatingControl -= 1 }, honest: true))
        #expect(!groups({ $0.estimatingTreated -= 1 }, honest: true))
        #expect(!groups({ $0.control = ArmSums(count: 15, value: 0, square: 0) }, honest: true))
        #expect(!groups({ $0.treated = ArmSums(count: 15, value: 30, square: 60) }, honest: true))
        // Trees of cross-validation have no estimating half.
        #expect(groups({ $0.estimatingControl = 0 }, honest: false))
        #expect(groups({ $0.estimatingTreated = 0 }, honest: false))
        #expect(!groups({ $0.control = ArmSums(count: 15, value: 0, square: 0) }, honest: false))
        #expect(!groups({ $0.treated = ArmSums(count: 15, value: 30, square: 60) }, honest: false))
    }

    /// Levels stand in the order of their effects, and those of one effect stay together.
    @Test func levelsByEffect() {
        let found = categorical([2, 0, 2, 0, nil].map(bin))
        #expect(found?.split == split(.levels([1, 3]), missingLeft: true, seen: false))
        #expect(found?.left == bin(0) + bin(0))
        // Three effects, the middle one nearer to the lower.
        #expect(
            categorical([4, 1, 0, nil].map(bin))?.split == split(.levels([1, 2]), missingLeft: true, seen: false))
        #expect(
            categorical([0, 4, 3, nil].map(bin))?.split == split(.levels([0]), missingLeft: false, seen: false))
        #expect(categorical([2, 0, 2].map(bin))?.split == split(.levels([1]), missingLeft: false, seen: true))
        #expect(categorical([2, 0, 0].map(bin))?.split == split(.levels([1]), missingLeft: true, seen: true))
    }

    /// Levels of one effect are not parted for what else they differ in, though each alone would vary less.
    @Test func levelsOfOneEffectStayTogether() {
        func level(_ base: Double) -> ContrastSums {
            var sums = bin(0)
            let (value, square) = (Self.units * base, Self.units * base * base)
            sums.control = ArmSums(count: Self.units, value: value, square: square)
            sums.treated = sums.control
            return sums
        }
        #expect(categorical([level(0), level(10), level(10), ContrastSums()]) == nil)
        let code = BinCode(quantilesOf: [0, 10, 20], maximumBins: 255)
        #expect(search([level(0), level(10), level(10), ContrastSums()], code)?.gain ?? 0 > 0)
    }

    /// A level with units of one arm only has no effect to stand by: it goes with the missing, on the better side.
    @Test func aLevelThatLacksAnArmGoesWithTheMissing() {
        var lone = bin(0)
        lone.treated = ArmSums()
        lone.estimatingTreated = 0
        // With 0 among its controls it does no harm on either side; the missing units decide.
        #expect(
            categorical([bin(2), bin(0), lone, bin(0)])?.split == split(.levels([1, 2]), missingLeft: true, seen: true))
        #expect(
            categorical([bin(2), bin(0), lone, bin(2)])?.split == split(.levels([1]), missingLeft: false, seen: true))
    }
}
