/// How long work has been going on, and how long it will: one clock from its first step to its last.
package struct ProgressClock: Sendable, Equatable {
    /// Where the work stands.
    package private(set) var progress: Progress
    private let start: Double
    private var phaseStart: Double

    /// - Parameters:
    ///   - now: seconds on any clock that only goes forward.
    ///   - elapsed: how long the work had taken when it said this.
    package init(_ progress: Progress, now: Double, elapsed: Double = 0) {
        self.progress = progress
        start = now - elapsed
        phaseStart = now
    }

    /// Takes in how far the work is.
    package mutating func take(_ next: Progress, now: Double) {
        if next.phase != progress.phase || next.done < progress.done { phaseStart = now }
        progress = next
    }

    /// "reading the data, 12.3 of 48.0 MB (26%), 3 s, about 9 s left".
    package func text(now: Double) -> String {
        let elapsed = now - start
        let time = elapsed < 1 ? "" : ", " + Self.words(elapsed)
        let detail = progress.detail.isEmpty ? "" : ", " + progress.detail
        return progress.words + time + left(now) + detail
    }

    /// Of this phase, once enough of it is done to tell.
    private func left(_ now: Double) -> String {
        let spent = now - phaseStart
        guard let share = progress.share, share >= 0.05, share < 1, spent >= 2 else { return "" }
        return ", about \(Self.words(max(1, spent * (1 - share) / share))) left"
    }

    private static func words(_ seconds: Double) -> String {
        let seconds = Int(seconds)
        return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
