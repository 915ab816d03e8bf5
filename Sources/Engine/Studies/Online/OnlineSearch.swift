import Experiments
import Frontier
import Online
import Optimisers
import Policies
import Runtime
import Statistics

/// A study's search for the next policies: places of a box around the offline front, and what is held of them.
struct OnlineSearch: Sendable {
    let next: NextPolicies
    private let evidence: OnlineEvidence
    private let cube: PolicyCube
    private let box: SearchBox
    private let signs: [Double]

    /// Places of the box that standardise features.
    private static let featurePlaces = 1_024
    /// Beyond it a feature counts no more.
    private static let featureLimit = 4.0

    init(_ study: Study, _ evidence: OnlineEvidence, count: Int, seed: UInt64, _ context: RunContext) throws {
        self.evidence = evidence
        let cube = PolicyCube(study.space, study.workspace.grids)
        self.cube = cube
        signs = evidence.outcomes.map(\.direction.sign)
        let front = try study.file.front()?.points.map { LinearPolicy($0.knobs, in: study.space) } ?? []
        let known = (front + evidence.measured.map(\.policy)).compactMap { cube.place(of: $0) }
        // Policies with biases that nothing overcomes are single arms, and lie beyond every track.
        let within = known.filter { $0.allSatisfy { (0...1).contains($0) } }
        let signs = signs
        var box = SearchBox(
            around: within.isEmpty
                ? [Array(repeating: 0, count: cube.dimensions), Array(repeating: 1, count: cube.dimensions)] : within)
        if let scores = evidence.scores {
            let front = try CandidatePlaces.front(dimensions: cube.dimensions, seed: seed, context: context) { place in
                zip(scores.values(cube.policy(at: place)), signs).map { $0 * $1 }
            }
            box = box.joined(SearchBox(around: front))
        }
        self.box = box
        let measured = evidence.measured.compactMap { measured in
            cube.place(of: measured.policy).map { place in
                NextPolicies.Measured(
                    place: box.inner(place),
                    values: zip(measured.values, signs).map { NoisyValue($1 * $0.value, variance: $0.variance) })
            }
        }
        guard !measured.isEmpty else {
            throw EspalierError(
                .usage, "no policy that was tested weighs the first outcome", file: study.file.path,
                remedy: "plan a round with candidates of `espalier front`")
        }
        let prior: PriorKnowledge
        let reference: [Double]
        if let scores = evidence.scores {
            let means: @Sendable ([Double]) -> [Double] = { [box] place in
                zip(scores.values(cube.policy(at: box.outer(place))), signs).map { $0 * $1 }
            }
            prior = try PriorKnowledge(
                means: means,
                candidates: CandidatePlaces.around(
                    dimensions: cube.dimensions, seed: seed, context: context, means), context: context)
            let arms = study.space.arms.indices.map { arm in
                zip(scores.values(.everyone(arm: arm, in: study.space)), signs).map { $0 * $1 }
            }
            reference = ReferencePoint.standard(arms: arms)
        } else {
            let features = try Self.features(study, cube, box, seed: seed, context)
            prior = try PriorKnowledge(features: features)
            reference = ReferencePoint.standard(arms: measured.map { $0.values.map(\.value) })
        }
        next = NextPolicies(
            dimensions: cube.dimensions, measured: measured, prior: prior, reference: reference, batch: count,
            seed: seed)
    }

    /// Offline values of all outcomes and the arms' shares, standardised over the box and cut at `featureLimit`.
    private static func features(
        _ study: Study, _ cube: PolicyCube, _ box: SearchBox, seed: UInt64, _ context: RunContext
    ) throws -> @Sendable ([Double]) -> [Double] {
        let evaluator = try study.workspace.evaluator(workers: context.workers.one)
        let raw: @Sendable ([Double]) -> [Double] = { place in
            let point = evaluator.moments(of: cube.policy(at: box.outer(place)))
            return point.outcomes.map { $0?.value ?? 0 } + point.shares
        }
        let sequence = SobolSequence(dimensions: box.dimensions, seed: seed)
        let sample = try context.workers.map(featurePlaces) { raw(sequence.point($0)) }
        let moments = sample[0].indices.map { column in Moments(sample.map { $0[column] }) }
        return { place in
            zip(raw(place), moments).map { value, moments in
                let spread = moments.standardDeviation
                guard spread > 0 else { return 0 }
                return min(featureLimit, max(-featureLimit, (value - moments.mean) / spread))
            }
        }
    }

    /// What a batch is expected to add to a front.
    func gain(
        of batch: [NextPolicies.Held], over front: [NextPolicies.Held], seed: UInt64, workers: Workers
    ) throws -> NextPolicies.Gain {
        let policies = (front + batch).map { cube.policy(at: box.outer($0.place)) }
        let own = try evidence.scores?.covariance(of: policies, workers: workers)
        // Oriented, as the values are.
        let covariance = own.map { own in
            DenseMatrix(rowCount: own.rowCount, columnCount: own.columnCount) {
                signs[$0 % signs.count] * signs[$1 % signs.count] * own[$0, $1]
            }
        }
        return next.gain(of: batch, over: front, covariance: covariance, seed: seed)
    }

    func knobs(_ place: [Double]) -> PolicyKnobs { cube.knobs(at: box.outer(place)) }

    func place(of policy: LinearPolicy) -> [Double]? { cube.place(of: policy).map(box.inner) }

    /// What is held of a policy against control, in the outcomes' own units and directions.
    func outcomes(
        of held: NextPolicies.Held
    ) throws -> (outcomes: [NextRound.Held.Outcome], modelShare: Double?) {
        let policy = cube.policy(at: box.outer(held.place))
        let own = evidence.scores.map { $0.differences(policy) }
        let level = evidence.scores.map { $0.values(policy) }
        let outcomes = evidence.outcomes.enumerated().map { j, outcome in
            let value = signs[j] * held.values[j].value
            let variance = held.values[j].variance
            let control = evidence.control[j]
            let difference: Estimate
            if let own, let level {
                // The process adds to the doubly robust value of the policy; control is what the rows say of it.
                let error = own.estimates[j].standardError ?? 0
                difference = Estimate(
                    value: own.estimates[j].value + value - level[j],
                    standardError: (error * error + variance).squareRoot())
            } else {
                difference = Estimate(
                    value: value - control.value, standardError: (variance + control.variance).squareRoot())
            }
            let error = difference.standardError ?? 0
            return NextRound.Held.Outcome(
                name: outcome.name, difference: difference,
                limit: outcome.limit.map { limit in
                    limit.verdict(
                        of: limit.margin(
                            difference: difference.value, variance: error * error, control: control.value,
                            controlVariance: control.variance, covariance: 0))
                })
        }
        return (outcomes, own?.modelShare)
    }
}
