import Online
import Policies
import Runtime

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
    let inputs: OnlineState.Watch

    /// nil while nobody looks at it.
    init?(_ state: WorkbenchState) {
        guard state.screen == .online, state.online.pane == .monitor, let watch = state.online.watch else { return nil }
        inputs = watch
    }

    static var work: WorkKind { .watch }

    func run(_ context: RunContext) throws -> WatchedPolicy {
        let context = context.naming("reading the log")
        let policy = try PolicyDocument(file: inputs.policy)
        let log = try MonitorLog(inputs.log, policy: policy, file: inputs.policy, context: context)
        return WatchedPolicy(
            name: policy.name, holdout: policy.assignment.holdout, launch: policy.launch,
            reading: try MonitorReading(log, policy, losses: [:], file: inputs.log, context: context))
    }

    func take(_ watched: WatchedPolicy, in state: inout WorkbenchState) -> [Work] {
        state.results.take(watched, as: .watched, from: inputs)
        return []
    }
}
