import Foundation

/// Tests that run longer at night, by `.ci/run nightly`.
package enum NightlyMode {
    package static let isOn = ProcessInfo.processInfo.environment["ESPALIER_NIGHTLY"] != nil

    package static func scale(_ usual: Int, nightly: Int) -> Int { isOn ? nightly : usual }

    /// Calls `body` with 0, 1, ... : so many times, or at night for so many seconds.
    package static func rounds(_ usual: Int, nightly seconds: Double, _ body: (Int) throws -> Void) rethrows {
        let end = Date(timeIntervalSinceNow: seconds)
        var round = 0
        while isOn ? Date() < end : round < usual {
            try body(round)
            round += 1
        }
    }
}
