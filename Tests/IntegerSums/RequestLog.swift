import Experiments
import Synchronization

/// The requests that the copies of a provider were asked, in the order in which they came.
package final class RequestLog: Sendable {
    private let asked = Mutex<[SumsRequest]>([])

    package init() {}

    package func add(_ request: SumsRequest) { asked.withLock { $0.append(request) } }

    package var requests: [SumsRequest] { asked.withLock { $0 } }
}
