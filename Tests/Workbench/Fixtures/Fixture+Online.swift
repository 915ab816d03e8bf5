import Experiments
import Foundation
import Online
import Policies
import Studies
import Workbench

extension Fixture {
    /// An outcome of a made-up round, by policy: control, everyone low, A, B, C, D, E.
    private struct Measure {
        let outcome: OnlinePlan.Outcome
        /// Of control, and from control.
        let level: Double
        let online: [Double]
        /// Standard error of a mean.
        let error: Double
        /// From control; nil where the log does not have the outcome.
        let promised: [Double]?
    }

    private static let policies = ["control", "everyone low", "A", "B", "C", "D", "E"]

    /// What the log promised is kept by two thirds; B is best and keeps its limits, D breaks one.
    private static let measures: [Measure] = [
        Measure(
            outcome: OnlinePlan.Outcome(
                name: "sessions", direction: .maximize, source: .column("sessions"), isInLog: true, spread: 1.4),
            level: 3.02, online: [0, 0.031, 0.042, 0.118, 0.092, 0.106, -0.052], error: 0.014,
            promised: [0, 0.06, 0.05, 0.16, 0.13, 0.19, -0.06]),
        Measure(
            outcome: OnlinePlan.Outcome(
                name: "ctr", direction: .maximize, source: .ratio(numerator: "clicks", denominator: "seen"),
                threshold: .relative(-0.02), isInLog: true, spread: 0.09),
            level: 0.101, online: [0, 0.0004, 0.0021, 0.0008, -0.0011, -0.0042, 0.0003], error: 0.0007,
            promised: [0, 0.0005, 0.0029, 0.0009, -0.0007, -0.0051, 0.0001]),
        Measure(
            outcome: OnlinePlan.Outcome(
                name: "disables", direction: .minimize, source: .column("disables"), threshold: .relative(-0.03),
                isInLog: true, spread: 0.14),
            level: 0.0204, online: [0, 0.0001, -0.0004, -0.0016, 0.0003, 0.0031, -0.0006], error: 0.0006,
            promised: [0, 0.0001, -0.0003, -0.0011, 0.0002, 0.0029, -0.0004]),
        Measure(
            outcome: OnlinePlan.Outcome(
                name: "retention_90", direction: .maximize, source: .column("retention_90"), isInLog: false),
            level: 0.412, online: [0, 0.004, 0.009, 0.017, 0.006, -0.021, -0.008], error: 0.007, promised: nil),
    ]

    /// The same with so many outcomes: further ones are copies.
    private static func measures(_ count: Int) -> [Measure] {
        (0..<count).map { index in
            guard index >= measures.count else { return measures[index] }
            let own = measures[index % measures.count]
            return Measure(
                outcome: OnlinePlan.Outcome(
                    name: "\(own.outcome.name)_week_\(index)", direction: own.outcome.direction,
                    source: .column("column\(index)"), threshold: own.outcome.threshold,
                    isInLog: own.outcome.isInLog, spread: own.outcome.spread),
                level: own.level, online: own.online.map { $0 / Double(index) }, error: own.error,
                promised: own.promised)
        }
    }

    static func plan(_ number: Int, outcomes count: Int = 4) throws -> OnlinePlan {
        let measures = measures(count)
        return try OnlinePlan(
            name: "made-up", arms: arms, outcomes: measures.map(\.outcome),
            policies: policies.indices.map { k in
                OnlinePlan.Entry(
                    id: policies[k], name: policies[k], candidate: k >= 2 ? k - 1 : nil,
                    share: 1 / Double(policies.count), arm: k == 0 ? "control" : k == 1 ? "low" : nil,
                    offline: k == 0
                        ? []
                        : measures.compactMap { measure in
                            measure.promised.map {
                                OnlinePlan.Promise(
                                    outcome: measure.outcome.name, split: .confirm, value: $0[k],
                                    standardError: measure.error * 1.5)
                            }
                        })
            }, users: 10_000, slice: 0,
            assignment: OnlinePlan.Draws(
                seed: 7, salt: "online round \(number)", shares: ["control": 1, "low": 1, "high": 1], unit: "member",
                cluster: nil), power: 0.8,
            provenance: PolicyDocument.Provenance(
                tool: "tests", specDigest: "", dataDigest: "", seed: 7, candidate: nil))
    }

    /// - Parameter lost: users of the last policy that are missing.
    static func round(_ number: Int, outcomes count: Int = 4, lost: Int = 0) throws -> OnlineReview.Round {
        let plan = try plan(number, outcomes: count)
        let measures = measures(count)
        let means = plan.policies.indices.map { k in
            PolicyMeans(
                policy: plan.policies[k].id, users: 10_000 + 13 * k - (k + 1 == plan.policies.count ? lost : 0),
                means: measures.map { $0.level + $0.online[k] },
                covariance: measures.indices.map { a in
                    measures.indices.map { $0 == a ? measures[a].error * measures[a].error : 0 }
                })
        }
        return OnlineReview.Round(
            number: number, file: "/data/round-\(number).csv", plan: plan,
            reading: RoundReading(means, plan: plan))
    }

    /// Three of the policies are recommended, three others are next.
    private static func proposal(stops: Bool) throws -> NextRound.Record {
        let recommended = [2, 3, 1].map { id in
            [
                "candidate": id, "modelShare": id == 3 ? 0.07 : 0,
                "outcomes": measures.map { measure in
                    let (value, error) = (measure.online[id + 1] * 1.05, measure.error)
                    var held: [String: Any] = [
                        "name": measure.outcome.name,
                        "difference": [
                            "value": value, "standardError": error, "low": value - 1.96 * error,
                            "high": value + 1.96 * error,
                        ],
                    ]
                    if measure.outcome.limit != nil { held["limit"] = id == 3 ? "uncertain" : "inside" }
                    return held
                },
            ] as [String: Any]
        }
        let json: [String: Any] = [
            "batch": [6, 7, 8], "recommended": recommended, "gain": stops ? 0.004 : 0.052, "gainError": 0.021,
            "hypervolume": 1.0, "stops": stops, "finding": "", "rounds": [1, 2],
        ]
        return try JSONDecoder().decode(
            NextRound.Record.self, from: JSONSerialization.data(withJSONObject: json))
    }

    /// The Online screen with what is read, planned and proposed, all of which counts.
    static func onlineState(
        rounds: [OnlineReview.Round] = [], plans: [Int: OnlinePlan] = [:], isProposed: Bool = false,
        stops: Bool = false
    ) throws -> WorkbenchState {
        var state = try state(on: .online)
        state.results[.online] = OnlineReview(
            rounds: rounds, plans: plans, proposals: isProposed ? [1: try proposal(stops: stops)] : [:])
        var decisions = OnlineDecisions()
        decisions.plan = plans.keys.max().map {
            OnlineDecisions.Plan(number: $0, path: "/data/round-\($0).json")
        }
        decisions.proposal = isProposed ? 1 : nil
        state.decisions.online = decisions
        return state
    }
}
