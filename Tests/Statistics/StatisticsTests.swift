import Foundation
import Runtime
import Statistics
import Testing

@Suite struct DistributionTests {
    /// Reference values: SciPy 1.14 (`norm.ppf`, `t.ppf`, `chi2.sf`), printed to 15 digits.
    @Test func quantilesAndTailsMatchTabledValues() {
        #expect(abs(Normal.quantile(0.975) - 1.959963984540054) < 1e-14)
        #expect(abs(Normal.quantile(1e-10) + 6.361340902404056) < 1e-11)
        #expect(abs(StudentT.quantile(0.975, degreesOfFreedom: 5) - 2.570581835636314) < 1e-12)
        #expect(abs(StudentT.quantile(0.995, degreesOfFreedom: 30) - 2.749995653567223) < 1e-11)
        #expect(abs(StudentT.quantile(0.025, degreesOfFreedom: 1) + 12.706204736174698) < 1e-9)
        #expect(abs(ChiSquare.survival(3.841458820694124, degreesOfFreedom: 1) - 0.05) < 1e-13)
        #expect(abs(ChiSquare.survival(50, degreesOfFreedom: 20) - 0.00022147663824900) < 1e-12)
        #expect(ChiSquare.survival(0, degreesOfFreedom: 3) == 1)
    }

    @Test func quantileInvertsCumulative() {
        for p in stride(from: 0.001, to: 1, by: 0.013) {
            #expect(abs(Normal.cumulative(Normal.quantile(p)) - p) < 1e-14)
            #expect(
                abs(StudentT.cumulative(StudentT.quantile(p, degreesOfFreedom: 7), degreesOfFreedom: 7) - p) < 1e-12)
        }
    }
}

@Suite struct StableHashTests {
    /// FNV-1a test vectors of the reference implementation (Fowler, Noll & Vo).
    @Test func keysAreFNV1a() {
        #expect(StableHash.key("") == 0xcbf2_9ce4_8422_2325)
        #expect(StableHash.key("a") == 0xaf63_dc4c_8601_ec8c)
        #expect(StableHash.key("foobar") == 0x8594_4171_f739_67e8)
    }

    @Test func saltsGiveIndependentUniformDraws() {
        let fold = SaltedDraw(seed: 7, salt: "fold")
        let confirm = SaltedDraw(seed: 7, salt: "confirm")
        var cells = [Double](repeating: 0, count: 20)
        let count = 100_000
        for unit in 0..<count {
            let key = StableHash.key("member\(unit)")
            cells[fold.group(key, of: 5) * 4 + Int(confirm.uniform(key) * 4)] += 1
        }
        let expected = Double(count) / 20
        let statistic = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
        // One seeded draw of a chi-square with 19 degrees of freedom: p above 0.001 for a sound hash.
        #expect(ChiSquare.survival(statistic, degreesOfFreedom: 19) > 0.001)
    }
}

@Suite struct RandomStreamTests {
    @Test func momentsOfTheStandardDraws() {
        var stream = RandomStream(seed: 42)
        let normal = Moments((0..<200_000).map { _ in stream.normal() })
        #expect(abs(normal.mean) < 0.01)
        #expect(abs(normal.variance - 1) < 0.02)
        for mean in [0.3, 4.0, 70.0] {
            let poisson = Moments((0..<50_000).map { _ in Double(stream.poisson(mean)) })
            #expect(abs(poisson.mean - mean) < 5 * (mean / 50_000).squareRoot())
            #expect(abs(poisson.variance / mean - 1) < 0.05)
        }
        #expect((0..<1_000).allSatisfy { _ in (0..<7).contains(stream.index(below: 7)) })
    }

    @Test func aSeedIsAStream() {
        var one = RandomStream(seed: 1, purpose: "search")
        var two = RandomStream(seed: 1, purpose: "search")
        var other = RandomStream(seed: 1, purpose: "folds")
        let first = (0..<10).map { _ in one.next() }
        #expect(first == (0..<10).map { _ in two.next() })
        #expect(first != (0..<10).map { _ in other.next() })
    }
}

@Suite struct WorkersTests {
    @Test(arguments: [1, 2, 7]) func mapKeepsTheOrderOfTheWork(threads: Int) throws {
        let squares = try Workers(count: threads).map(1_000) { $0 * $0 }
        #expect(squares == (0..<1_000).map { $0 * $0 })
    }

    @Test(arguments: [1, 2, 7]) func theFirstErrorInTheOrderOfTheWorkIsThrown(threads: Int) {
        struct Failure: Error, Equatable { let index: Int }
        #expect(throws: Failure(index: 13)) {
            _ = try Workers(count: threads).map(1_000) { if $0 >= 13 { throw Failure(index: $0) } }
        }
    }
}

@Suite struct MomentsTests {
    @Test func mergingEqualsAddingAtAnyScale() {
        var stream = RandomStream(seed: 2)
        let values = (0..<1_000).map { _ in 1e9 + stream.normal() }
        var left = Moments(values[..<300])
        left.merge(Moments(values[300...]))
        let whole = Moments(values)
        #expect(abs(left.variance / whole.variance - 1) < 1e-6)
        #expect(left.count == 1_000)
    }
}
