import Synchronization

/// What warehouses were asked in one piece of work: each question as it is put, and how much came back.
package final class QueryLog: Sendable {
    package struct Tally: Sendable, Equatable, Codable {
        package var questions = 0
        /// Of all answers.
        package var rows = 0
        package var bytes = 0

        package init() {}
    }

    private let counted = Mutex(Tally())
    private let announce: (@Sendable (String) -> Void)?
    private let observer = Mutex<(@Sendable (Int) -> Void)?>(nil)

    /// - Parameter announce: is handed each statement before it runs.
    package init(announce: (@Sendable (String) -> Void)? = nil) { self.announce = announce }

    package var tally: Tally { counted.withLock { $0 } }

    /// Has somebody told with every question how many there have been.
    package func observe(_ body: @escaping @Sendable (Int) -> Void) { observer.withLock { $0 = body } }

    func begin(_ statement: String) {
        let count = counted.withLock { tally in
            tally.questions += 1
            return tally.questions
        }
        announce?(statement)
        observer.withLock { $0 }?(count)
    }

    func add(rows: Int, bytes: Int) {
        counted.withLock {
            $0.rows += rows
            $0.bytes += bytes
        }
    }
}
