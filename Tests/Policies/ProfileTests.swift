import Policies
import Statistics
import Testing

@Suite struct ProfileTests {
    /// METHODS section 2: at every grid value the profile is the evaluation, for every kind of knob and estimator.
    @Test(arguments: [Estimator.dr, .snips, .ips, .dm], [true, false])
    func profileEqualsEvaluation(estimator: Estimator, constantShares: Bool) throws {
        let synthetic = SyntheticTable(units: 20_000, arms: 4, seed: 21, constantShares: constantShares)
        let evaluator = try PolicyEvaluator(space: synthetic.space, table: synthetic.table, estimator: estimator)
        let grids = ParameterGrids(table: synthetic.table, space: synthetic.space)
        var stream = RandomStream(seed: 8)
        for knob in Knob.all(in: synthetic.space) {
            let knobs = synthetic.knobs(&stream)
            let grid = grids[knob].values
            let profile = ParameterProfile(of: knob, from: knobs, grid: grid, evaluator: evaluator)
            for _ in 0..<50 {
                let g = stream.index(below: grid.count)
                var turned = knobs
                turned[knob] = grid[g]
                let point = evaluator.moments(of: LinearPolicy(turned, in: synthetic.space))
                #expect(profile.points[g].shares.elementsEqual(point.shares) { abs($0 - $1) < 1e-12 })
                for j in 0..<3 {
                    let mine = try #require(profile.points[g].outcomes[j])
                    let theirs = try #require(point.outcomes[j])
                    #expect(abs(mine.value - theirs.value) <= 1e-6 * abs(theirs.value))
                    #expect(abs(mine.difference - theirs.difference) <= 1e-7)
                    if let error = theirs.standardError {
                        #expect(abs((mine.standardError ?? .nan) - error) <= 1e-6 * error)
                    }
                }
            }
        }
    }

    @Test func tracksAscendThroughZero() {
        let track = ParameterGrid(unit: 0.037)
        #expect(track.values == track.values.sorted())
        #expect(Set(track.values).count == track.values.count)
        #expect(track.values[ParameterGrid.reach] == 0)
        #expect(abs(track.values.last! - 0.37) < 1e-12)
        #expect(track.step(from: 0, by: 1) == track.values[ParameterGrid.reach + 1])
        #expect(track.step(from: 0.37, by: 5) == 0.37)
        #expect(track.step(from: track.step(from: 0.0123456, by: 1), by: -1) < 0.0123456)
        #expect(track.position(of: 0) == 0.5)
    }
}
