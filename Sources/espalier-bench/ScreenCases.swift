import Foundation
import Frames
import Runtime
import Simulation
import Workbench

/// Key to frame on every screen of a fitted study with a searched front: what drawing itself costs.
enum ScreenCases {
    static func run(_ report: inout Report) throws {
        let units = 64_000
        let bench = try BenchSession(units: units)
        defer { bench.close() }
        let session = bench.session
        for key in try Key.parse("5s") {
            session.type(key)
            session.settle()
        }
        for screen in Screen.allCases where screen.isTab {
            for (width, height) in [(80, 24), (200, 60)] {
                session.type(.character(Character("\(screen.number)")))
                session.settle()
                var presses = 0
                let times = Stopwatch.times(200) {
                    presses += 1
                    session.type(.character(presses % 40 < 20 ? "j" : "k"))
                    _ = session.frame(width: width, height: height, glyphs: .unicode)
                }.sorted()
                session.settle()
                for percent in [50, 99] {
                    report.add(
                        "\(screen.title), key to frame, p\(percent)", "\(width)x\(height)",
                        milliseconds: times[times.count * percent / 100])
                }
            }
        }
    }
}
