import Foundation

/// Tests that run longer at night, by `.ci/run nightly`: as long as they say where ESPALIER_NIGHTLY is 1, ten times that where it
/// is 10.
package enum NightlyMode {
    private static let factor = ProcessInfo.processInfo.environment["ESPALIER_NIGHTLY"].map { Double($0) ?? 1 }
    package static var isOn: Bool { factor != nil }

    package static func scale(_ usual: Int, nightly: Int) -> Int { isOn ? nightly : usual }

    /// Calls `body` with 0, 1, ... : so many times, or at night for so many seconds, after which it says how often it was.
    package static func rounds(
        _ usual: Int, nightly seconds: Double, of test: String = #function, in file: String = #fileID,
        _ body: (Int) throws -> Void
    ) rethrows {
        let seconds = seconds * (factor ?? 1)
        let end = Date(timeIntervalSinceNow: seconds)
        var round = 0
        while isOn ? Date() < end : round < usual {
            try body(round)
            round += 1
        }
        if isOn { print("\(file) \(test): \(round) rounds in \(Int(seconds)) s") }
    }
}
