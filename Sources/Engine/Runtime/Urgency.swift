import Foundation
import Synchronization

/// Work that somebody waits for at the keyboard. While some is under way, workers that give way to it pause between the pieces of
/// theirs; what they compute does not change.
package enum Urgency {
    private static let underWay = Atomic<Int>(0)
    /// Microseconds between two looks, and looks before work goes on all the same: a held key slows a search and does not stop it.
    private static let pause: UInt32 = 250
    private static let mostPauses = 200

    package static func run<Value>(_ body: () throws -> Value) rethrows -> Value {
        underWay.add(1, ordering: .relaxed)
        defer { underWay.subtract(1, ordering: .relaxed) }
        return try body()
    }

    static func giveWay() {
        var pauses = 0
        while underWay.load(ordering: .relaxed) > 0, pauses < mostPauses {
            usleep(pause)
            pauses += 1
        }
    }
}
