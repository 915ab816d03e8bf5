import Dispatch
import Foundation
import Synchronization

/// How many threads a computation may use. Results never depend on it: work is cut by what it is, not by who does it,
/// and partial results are joined in the order of the work.
package struct Workers: Sendable, Hashable {
    package let count: Int
    /// Whether pieces of their work wait for what is urgent (`Urgency`).
    package let givesWay: Bool

    /// - Parameter count: at least 1; nil takes the machine's cores.
    package init(count: Int? = nil, givesWay: Bool = false) {
        self.count = max(1, count ?? ProcessInfo.processInfo.activeProcessorCount)
        self.givesWay = givesWay
    }

    /// For work that runs side by side already.
    package var one: Workers { Workers(count: 1, givesWay: givesWay) }
    package var givingWay: Workers { Workers(count: count, givesWay: true) }

    /// The values of `body` for 0..<count, in order; bodies run on up to `self.count` threads.
    ///
    /// The first error in the order of the work is thrown; after an error no further body starts.
    package func map<Value: Sendable>(
        _ count: Int, _ body: @Sendable (Int) throws -> Value
    ) throws -> [Value] {
        let givesWay = givesWay
        guard self.count > 1, count > 1 else {
            return try (0..<count).map { index in
                if givesWay { Urgency.giveWay() }
                return try body(index)
            }
        }
        let results = Mutex<[Result<Value, any Error>?]>(Array(repeating: nil, count: count))
        let next = Atomic<Int>(0)
        let failed = Atomic<Bool>(false)
        DispatchQueue.concurrentPerform(iterations: min(self.count, count)) { _ in
            while !failed.load(ordering: .relaxed) {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                if givesWay { Urgency.giveWay() }
                let result = Result { try body(index) }
                if case .failure = result { failed.store(true, ordering: .relaxed) }
                results.withLock { $0[index] = result }
            }
        }
        return try results.withLock { all in
            // Bodies start in order, so every one before the first failure has a result.
            try all.compactMap { $0 }.map { try $0.get() }
        }
    }
}
