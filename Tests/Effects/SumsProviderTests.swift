import Effects
import Experiments
import IntegerSums
import Runtime
import Testing

/// Trees and averages are made of sums: whoever answers, the same ones come out.
@Suite struct SumsProviderTests {
    private let settings = TreeSettings(maximumDepth: 4, minimumLeaf: 25)
    private let context = RunContext(workers: Workers(count: 2))

    private func binned(_ made: IntegerExperiment) throws -> BinnedCovariates {
        try BinnedCovariates(made.experiment, maximumBins: 16)
    }

    /// The claim: pruned and honest, with missing values, levels, several arms and outcomes, weights 1/e.
    @Test(arguments: [false, true]) func treesFromAListOfIntegersEqualThoseFromMemory(variesPropensity: Bool) throws {
        let made = IntegerExperiment(variesPropensity: variesPropensity)
        let bins = try binned(made)
        let memory = try CausalTrees.grow(made.experiment, binned: bins, settings: settings, context: context)
        let listed = try CausalTrees.grow(
            IntegerSums(made.units, codes: bins.codes), made.experiment.outline, settings: settings, context: context)
        #expect(memory == listed)
        #expect(memory.count == 4 && memory.count { $0.leaves.count > 2 } > 1)
        let splits = memory.flatMap { $0.nodes.compactMap(\.split) }
        #expect(splits.contains { $0.covariate < 4 && $0.missingSeen })
        #expect(splits.contains { $0.covariate == 4 })
    }

    /// An estimating half without variance makes the root ask for both halves.
    @Test func anOutcomeThatTheEstimatingHalfDoesNotShowIsTakenFromBoth() throws {
        let made = IntegerExperiment(units: 1_000)
        let quiet = made.units.map { unit in
            IntegerUnit(
                covariates: unit.covariates, arm: unit.arm,
                outcomes: unit.estimates ? [3, 3] : unit.outcomes, weight: 1, isTune: unit.isTune,
                estimates: unit.estimates, fold: unit.fold)
        }
        let experiment = made.experiment.replacing(
            outcome: ScaledColumn(centre: 3, scale: 0.25, values: quiet.map { Float($0.outcomes[0]) }))
        let bins = try binned(made)
        let provider = IntegerSums(quiet, codes: bins.codes)
        let memory = try CausalTrees.grow(experiment, binned: bins, settings: settings, context: context)
        let listed = try CausalTrees.grow(provider, experiment.outline, settings: settings, context: context)
        #expect(memory[0] == listed[0] && memory[2] == listed[2])
        #expect(memory[0].nodes[0].estimate.standardError > 0)
        #expect(provider.log.requests.contains { $0.summed == [.tune] })
    }

    /// One request per level and sample, of the smaller siblings only, and of the estimating half nothing but counts.
    @Test func growthAsksOncePerLevelForTheSmallerSiblings() throws {
        let made = IntegerExperiment()
        let provider = IntegerSums(made.units, codes: try binned(made).codes)
        _ = try CausalTrees.grow(provider, made.experiment.outline, settings: settings, context: context)
        let requests = provider.log.requests
        #expect(requests.count { $0.cells == .nodes([.root]) } == 1, "all trees and folds share the root's sums")
        var depths: [SumsRequest: [Int]] = [:]
        for request in requests {
            guard case .level(let nodes, let covariates) = request.cells else { continue }
            #expect(covariates == [0, 1, 2, 3, 4])
            #expect(!request.summed.contains(.estimating) && !request.summed.contains(.tune))
            let sample = SumsRequest(
                .nodes([]), arms: request.arms, outcomes: request.outcomes, summed: request.summed,
                counted: request.counted)
            depths[sample, default: []].append(try #require(nodes.first).steps.count)
            #expect(Set(nodes.map(\.steps.count)).count == 1)
            #expect(Set(nodes.map { $0.steps.dropLast() }).count == nodes.count, "never both siblings")
            for node in nodes {
                guard let last = node.steps.last else { continue }
                let sibling = NodePath(Array(node.steps.dropLast())).child(of: last.split, goesLeft: !last.goesLeft)
                #expect(count(request, node, provider) <= count(request, sibling, provider))
            }
        }
        // Two arms, two outcomes, the growing half and what is outside each of its five folds.
        #expect(depths.count == 2 * 2 * 6)
        #expect(depths.values.allSatisfy { $0 == Array($0.indices) })
        #expect(depths.values.contains { $0.count > 2 })
    }

    /// Units of a request's arms and groups in a node.
    private func count(_ request: SumsRequest, _ node: NodePath, _ provider: IntegerSums) -> Int {
        provider.units.count { unit in
            request.arms?.contains(unit.arm) == true && provider.contains(node, unit)
                && (request.summed + request.counted).contains { provider.belongs(unit, to: $0) }
        }
    }

    @Test(arguments: [false, true]) func averagesFromAListOfIntegersEqualThoseFromMemory(varies: Bool) throws {
        let made = IntegerExperiment(variesPropensity: varies)
        let (experiment, outline) = (made.experiment, made.experiment.outline)
        let provider = IntegerSums(made.units, codes: [])
        var memory = UnitSums(TrainingData(experiment), binned: try binned(made), pruningFolds: 5)
        let parts: [(UnitGroup, Range<Int>)] = [
            (.tune, experiment.tune), (.confirm, experiment.confirm), (.everyone, 0..<experiment.unitCount),
        ]
        for (group, units) in parts {
            let request = AverageEffect.request(outline, over: group)
            let averages = AverageEffect.estimate(experiment, over: units)
            #expect(averages.count == 4)
            #expect(averages == AverageEffect.estimate(outline, from: provider.answer(request, context: context)))
            #expect(averages == AverageEffect.estimate(outline, from: try memory.answer(request, context: context)))
        }
    }

    /// Every kind of request, asked of one memory provider one after the other: what it keeps never shows.
    @Test(arguments: [false, true]) func memoryAnswersAsTheListDoes(varies: Bool) throws {
        let made = IntegerExperiment(units: 1_500, variesPropensity: varies)
        let bins = try binned(made)
        let listed = IntegerSums(made.units, codes: bins.codes)
        var memory = UnitSums(TrainingData(made.experiment), binned: bins, pruningFolds: 5)
        let half = Split(covariate: 1, rule: .atMost(bins.codes[1].edges[6]), missingGoesLeft: true, missingSeen: true)
        let level = Split(covariate: 4, rule: .levels([0, 3]), missingGoesLeft: false, missingSeen: true)
        let (left, right) = (
            NodePath.root.child(of: half, goesLeft: true), NodePath.root.child(of: half, goesLeft: false)
        )
        let deep = left.child(of: level, goesLeft: false)
        let groups: [UnitGroup] = [.growing, .growingOutside(fold: 1), .growingInside(fold: 4), .estimating]
        let leaves = [deep, left.child(of: level, goesLeft: true), right]
        let requests = [
            SumsRequest(.level([.root], covariates: [0, 4]), arms: [0, 2], outcomes: [1], summed: [.growing]),
            SumsRequest(.level([right], covariates: [1]), arms: [0, 2], outcomes: [1], summed: [.growing]),
            SumsRequest(.level([deep], covariates: [4, 2]), arms: [0, 2], outcomes: [1], summed: [.growing]),
            SumsRequest(.level([left], covariates: [3]), arms: [0, 2], outcomes: [1], summed: [.growing]),
            SumsRequest(
                .level([left, right], covariates: [0, 1, 2, 3, 4]), arms: [2, 0, 1], outcomes: [1, 0],
                summed: groups, counted: [.everyone, .tune]),
            SumsRequest(
                .nodes([.root, left, deep]), arms: [1, 0, 2], outcomes: [0, 1], summed: groups, counted: groups),
            SumsRequest(
                .nodes([deep, .root]), arms: nil, outcomes: [1], summed: [.tune, .confirm], counted: [.confirm]),
            SumsRequest(.crossing([leaves, [.root]]), arms: nil, counted: [.tune, .confirm]),
            SumsRequest(
                .crossing([leaves, [left, right]]), arms: [2, 0], outcomes: [1, 0],
                summed: [.estimating, .growingOutside(fold: 0)], counted: [.everyone]),
        ]
        for request in requests {
            let (own, other) = (try memory.answer(request, context: context), listed.answer(request, context: context))
            #expect(own.sortedByTuple() == other)
            #expect(other.tables.allSatisfy { ($0.sums + $0.counts).contains { $0 != 0 } })
        }
    }
}

extension SumsAnswer {
    /// The cells of a crossing, which come in any order, in that of their tuples.
    fileprivate func sortedByTuple() -> SumsAnswer {
        guard !tuples.isEmpty else { return self }
        let order = tuples.indices.sorted { tuples[$0].lexicographicallyPrecedes(tuples[$1]) }
        var table = tables[0]
        func pick(_ numbers: [Double], _ width: Int) -> [Double] {
            order.flatMap { numbers[$0 * width..<($0 + 1) * width] }
        }
        table.sums = pick(table.sums, shape.sumsPerBin)
        table.counts = pick(table.counts, shape.countsPerBin)
        return SumsAnswer(shape: shape, tables: [table], tuples: order.map { tuples[$0] })
    }
}
