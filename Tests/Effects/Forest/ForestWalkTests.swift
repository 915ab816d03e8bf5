import CKernels
import Effects
import Experiments
import Runtime
import Statistics
import Testing

/// The walk down a forest's trees in C against the plain one, row by row.
@Suite struct ForestWalkTests {
    /// A tree whose inner nodes read covariates 0 and 1 as numbers, 2 and 3 as levels, and are there or missing.
    private static func tree(leaves: Int, _ stream: inout RandomStream) -> [ForestTree.Node] {
        var list: [ForestTree.Node] = [.leaf(ForestTree.LeafMeans())]
        while list.count(where: \.isLeaf) < leaves {
            let open = list.indices.filter { list[$0].isLeaf }
            let node = open[stream.index(below: open.count)]
            let covariate = stream.index(below: 4)
            let rule: Split.Rule
            switch stream.index(below: 5) {
            case 0: rule = .present
            default:
                rule =
                    covariate < 2
                    ? .atMost(Float(stream.index(below: 5)))
                    // Levels of all four words: 0...63, 64...127, 128...191, 192...255.
                    : .levels((0...255).filter { _ in stream.bernoulli(0.5) })
            }
            list[node] = .inner(
                split: Split(
                    covariate: covariate, rule: rule, missingGoesLeft: stream.bernoulli(0.5), missingSeen: true),
                left: list.count)
            list += [.leaf(ForestTree.LeafMeans()), .leaf(ForestTree.LeafMeans())]
        }
        return list
    }

    /// The nodes as HistogramForest.h lays them out.
    private static func packed(_ list: [ForestTree.Node]) -> (nodes: [espalier_forest_node], levels: [UInt64]) {
        var levels: [UInt64] = []
        let nodes = list.enumerated().map { index, node -> espalier_forest_node in
            guard case .inner(let split, let left) = node else {
                return espalier_forest_node(
                    covariate: 0, threshold: .infinity, levels: -1, link: UInt32(index) << 1 | 1)
            }
            let link = UInt32(left) << 1 | (split.missingGoesLeft ? 1 : 0)
            var (threshold, set) = (Float.infinity, Int32(-1))
            switch split.rule {
            case .atMost(let value): threshold = value
            case .present: break
            case .levels(let chosen):
                set = Int32(levels.count / 4)
                levels += (0..<4).map { word in
                    chosen.reduce(UInt64(0)) { Int($1) / 64 == word ? $0 | 1 << UInt64($1 % 64) : $0 }
                }
            }
            return espalier_forest_node(
                covariate: UInt32(split.covariate), threshold: threshold, levels: set, link: link)
        }
        return (nodes, levels)
    }

    private static func leaf(_ list: [ForestTree.Node], _ value: (Int) -> Float) -> Int {
        var index = 0
        while case .inner(let split, let left) = list[index] {
            index = split.goesLeft(value(split.covariate)) ? left : left + 1
        }
        return index
    }

    /// Row-major values, one column more than the trees read: numbers on and between the thresholds, levels, infinities
    /// and missing.
    private static func matrix(_ rows: Int, _ stream: inout RandomStream) -> [Float] {
        (0..<rows).flatMap { _ -> [Float] in
            let numbers = (0..<2).map { _ -> Float in
                switch stream.index(below: 10) {
                case 0: .nan
                case 1: .infinity
                case 2: -.infinity
                default: Float(stream.index(below: 11)) / 2
                }
            }
            let levels = (0..<2).map { _ in stream.bernoulli(0.2) ? Float.nan : Float(stream.index(below: 256)) }
            return numbers + levels + [1_000]
        }
    }

    /// Rows are walked sixteen at a time: nothing is lost or walked twice at the ends of the blocks.
    @Test(arguments: [0, 1, 2, 15, 16, 17, 31, 32, 33, 1_000]) func everyRowReachesItsLeaf(count: Int) {
        var stream = RandomStream(seed: 12)
        for leaves in [1, 2, 3, 20, 200] {
            let list = Self.tree(leaves: leaves, &stream)
            let (nodes, levels) = Self.packed(list)
            let values = Self.matrix(1_200, &stream)
            // Some rows, in no order, some of them twice.
            let rows = (0..<count).map { _ in UInt32(stream.index(below: 1_200)) }
            var reached = [UInt32](repeating: 9_999, count: count + 1)
            espalier_forest_walk(nodes, levels, values, 5, rows, count, &reached)
            #expect(reached.removeLast() == 9_999)
            #expect(reached == rows.map { row in UInt32(Self.leaf(list) { values[Int(row) * 5 + $0] }) })
        }
    }

    /// A forest of two hand-made trees: the means of the leaves a unit reaches, over both, make its effect.
    @Test func aForestPredictsByTheLeavesItsUnitsReach() throws {
        func leaf(_ w: Float, _ y: Float, _ wy: Float, _ ww: Float) -> ForestTree.Node {
            .leaf(ForestTree.LeafMeans(treatment: w, outcome: y, product: wy, square: ww))
        }
        func inner(_ covariate: Int, _ rule: Split.Rule, missingLeft: Bool, left: Int) -> ForestTree.Node {
            .inner(
                split: Split(covariate: covariate, rule: rule, missingGoesLeft: missingLeft, missingSeen: true),
                left: left)
        }
        let first = try ForestTree([
            inner(0, .atMost(2), missingLeft: false, left: 1), leaf(0, 1, 0.5, 0.25), leaf(0.5, 2, 1.5, 0.5),
        ])
        let second = try ForestTree([
            inner(1, .levels([1, 70]), missingLeft: true, left: 1), leaf(0, 3, 0.25, 0.25), leaf(-0.5, 0, 0, 0.5),
        ])
        let forest = try CausalForest(
            trees: [first, second], constant: CausalForest.ConstantEffect(effect: 9, variance: 4))
        let columns: [[Float]] = [[2, 2.5, .nan, 1], [70, 2, .nan, 0]]
        let predicted = try forest.predict(columns, units: [0, 1, 2, 3], context: RunContext())
        // (M_wy - M_w M_y)/(M_ww - M_w^2) of the means over both trees.
        func effect(_ w: Double, _ y: Double, _ wy: Double, _ ww: Double) -> Float {
            Float((wy - w * y) / (ww - w * w))
        }
        #expect(
            predicted.effects == [
                effect(0, 2, 0.375, 0.25), effect(0, 1, 0.75, 0.5), effect(0.25, 2.5, 0.875, 0.375),
                effect(-0.25, 0.5, 0.25, 0.375),
            ])
        // One bag says nothing of how bags vary.
        #expect(predicted.variances == [4, 4, 4, 4])
        #expect(forest.reads(covariateCount: 2) && !forest.reads(covariateCount: 1))
        #expect(
            first.list == [
                inner(0, .atMost(2), missingLeft: false, left: 1), leaf(0, 1, 0.5, 0.25), leaf(0.5, 2, 1.5, 0.5),
            ])
    }

    /// Two bags, by hand: the influence of a leaf on tau, and how bags and the trees within them differ.
    @Test func variancesComeFromTheBagsOfTheLeavesReached() throws {
        // One leaf a tree, w balanced (M_w = 0, M_ww = 1/4): psi = (wy - tau ww)/(1/4), tau = 4 mean wy.
        let products: [Float] = [0.5, 0.25, 0, 0.25]
        let trees = try products.map {
            try ForestTree([
                .leaf(ForestTree.LeafMeans(treatment: 0, outcome: 0, product: $0, square: 0.25))
            ])
        }
        let forest = try CausalForest(
            trees: trees, constant: CausalForest.ConstantEffect(effect: 9, variance: 7))
        let predicted = try forest.predict([[0]], units: [0], context: RunContext())
        #expect(predicted.effects == [1])
        var bags = LittleBags()
        bags.add(1, 0)
        bags.add(-1, 0)
        #expect(predicted.variances == [Float(bags.variance)])
    }

    /// Each child has the least of units, of either arm, and of the spread of treatment: one less of any is no cut.
    @Test func whatBothChildrenHaveToHave() {
        // 8 units a cell with `treated` of them in the arm; w^2 sums to 2 and w to `sum`.
        func cell(_ product: Double, treated: Double = 4, sum: Double = 0) -> [Double] {
            [8, sum, 2, 0, product, treated, 0, 0]
        }
        func isCut(_ left: [Double], _ right: [Double], _ least: espalier_forest_least) -> Bool {
            let found = [(left, right), (right, left)].map { cells in
                espalier_forest_best_cut(
                    cells.0 + cells.1, 2, [Double](repeating: 0, count: 8), zip(left, right).map { $0 + $1 },
                    [0, 0, 0, 0, 1], least
                ).position == 0
            }
            #expect(found[0] == found[1])
            return found[0]
        }
        func least(_ count: Double, _ arm: Double, _ information: Double) -> espalier_forest_least {
            espalier_forest_least(count: count, arm: arm, information: information)
        }
        #expect(isCut(cell(1), cell(-1), least(8, 4, 2)))
        #expect(!isCut(cell(1), cell(-1), least(8.5, 4, 2)))
        #expect(!isCut(cell(1), cell(-1), least(8, 4.5, 2)))
        #expect(!isCut(cell(1), cell(-1), least(8, 4, 2.5)))
        // Too few treated, and too few in control.
        #expect(!isCut(cell(1, treated: 3), cell(-1), least(8, 4, 0)))
        #expect(!isCut(cell(1, treated: 5), cell(-1), least(8, 4, 0)))
        // The spread around the mean: 2 - 2^2/8.
        #expect(isCut(cell(1, sum: 2), cell(-1), least(8, 4, 1.5)))
        #expect(!isCut(cell(1, sum: 2), cell(-1), least(8, 4, 1.6)))
    }

    /// Cells mirrored around their middle: cutting off the first gains as much as cutting off the last, and what has no
    /// place in the order as much on either side.
    @Test func ofEqualCutsTheFirstWins() {
        // 8 units a cell, 4 of them treated with w = 1/2 and -1/2; rho is the sum of w y.
        func cell(_ product: Double) -> [Double] { [8, 0, 2, 0, product, 4, 0, 0] }
        let coefficients = [0.0, 0, 0, 0, 1]
        let least = espalier_forest_least(count: 2, arm: 1, information: 0)
        func cut(_ products: [Double], apart: Double? = nil) -> espalier_forest_cut {
            let cells = products.flatMap(cell)
            let aside = apart.map(cell) ?? [Double](repeating: 0, count: 8)
            let total = (0..<8).map { lane in
                aside[lane] + products.indices.reduce(0) { $0 + cells[$1 * 8 + lane] }
            }
            return espalier_forest_best_cut(cells, products.count, aside, total, coefficients, least)
        }
        #expect(cut([2, -1, -1, 2]).position == 0)
        #expect(cut([2, -1, -1, 2]).apart_left == 0)
        // rho sums to 2 over 8 units on the left and to -2 over 24 on the right.
        #expect(abs(cut([2, -1, -1, 0]).gain - (4.0 / 8 + 4.0 / 24)) < 1e-15)
        #expect(cut([1, -1]).position == 0 && cut([1, -1]).apart_left == 1)
        #expect(cut([1, -1], apart: 0).apart_left == 1)
        #expect(cut([1, -1], apart: -1).apart_left == 0)
        #expect(cut([0, 0], apart: 1).position == 1 && cut([0, 0], apart: 1).apart_left == 0)
        #expect(cut([0, 0]).position == -1 && cut([0, 0]).gain == 0)
        #expect(cut([]).position == -1)
    }
}

extension ForestTree.Node {
    fileprivate var isLeaf: Bool { if case .leaf = self { true } else { false } }
}
