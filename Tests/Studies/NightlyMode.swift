import Foundation

/// The long versions of tests run at night: `.ci/run nightly`.
enum NightlyMode {
    static let isOn = ProcessInfo.processInfo.environment["ESPALIER_NIGHTLY"] != nil

    static func scale(_ usual: Int, nightly: Int) -> Int { isOn ? nightly : usual }
}
