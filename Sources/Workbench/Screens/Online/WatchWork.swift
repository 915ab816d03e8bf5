import Online
import Policies
import Runtime
import Texts

/// A launched policy, watched.
package struct WatchedPolicy: Sendable {
    let name: String
    let holdout: Double
    let launch: LaunchEntry?
    package let reading: MonitorReading
}

extension ResultKey where Value == WatchedPolicy? {
    /// The launched policy whose log was read last; nil until one was named.
    package static var watched: ResultKey { ResultKey("watched") }
}

/// Reads the log of a launched policy; no study is needed, and none keeps it.
struct WatchPresent: DerivedTask {
    struct Inputs: Sendable, Equatable {
        let watch: OnlineState.Watch
        let losses: [String: Double]
    }

    let inputs: Inputs

    /// nil while nobody looks at it.
    init?(_ state: WorkbenchState) {
        guard state.screen == .online, state.online.pane == .monitor, let watch = state.online.watch else { return nil }
        inputs = Inputs(watch: watch, losses: state.online.losses)
    }

    static var work: WorkKind { .watch }

    func run(_ context: RunContext) throws -> WatchedPolicy {
        let context = context.naming("reading the log")
        let watch = inputs.watch
        let policy = try PolicyDocument(file: watch.policy)
        let names = policy.outcomes.map(\.name)
        if let unknown = inputs.losses.keys.sorted().first(where: { !names.contains($0) }) {
            throw EspalierError(
                .usage, "the policy has no outcome \(DisplayText.quoted(unknown)) to lose in", file: watch.policy,
                remedy: NearestName.hint(unknown, among: names) ?? "the outcomes are \(names.joined(separator: ", "))")
        }
        let log = try MonitorLog(watch.log, policy: policy, file: watch.policy, context: context)
        return WatchedPolicy(
            name: policy.name, holdout: policy.assignment.holdout, launch: policy.launch,
            reading: try MonitorReading(log, policy, losses: inputs.losses, file: watch.log, context: context))
    }

    func take(_ watched: WatchedPolicy, in state: inout WorkbenchState) -> [Work] {
        state.results.take(watched, as: .watched, from: inputs)
        return []
    }
}
