import Dispatch
import Foundation
import Runtime
import Synchronization
import Testing

@Suite struct UrgencyTests {
    private let clock = ContinuousClock()

    /// Pieces begin when nothing urgent is under way, or after 50 ms; on other workers at once.
    @Test(arguments: [1, 2]) func piecesGiveWay(threads: Int) throws {
        let isOver = Atomic<Bool>(false)
        let (begins, group) = (DispatchSemaphore(value: 0), DispatchGroup())
        DispatchQueue.global().async(group: group) {
            Urgency.run {
                begins.signal()
                usleep(10_000)
                isOver.store(true, ordering: .sequentiallyConsistent)
            }
        }
        begins.wait()
        let began = clock.now
        let waited = try Workers(count: threads).givingWay.map(3) { _ in
            isOver.load(ordering: .sequentiallyConsistent) || clock.now - began > .milliseconds(50)
        }
        group.wait()
        #expect(waited == [true, true, true])
    }

    /// A key that is held does not stop a search.
    @Test func theyDoNotWaitForEver() throws {
        let done = try Urgency.run { try Workers(count: 2).givingWay.map(4) { $0 } }
        #expect(done == [0, 1, 2, 3])
    }
}
