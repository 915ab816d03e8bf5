import Experiments
import Foundation
import Online
import Policies
import Runtime
import Statistics
import Testing

/// Watching a launched policy: sequences, drift, and what a loss takes to be seen.
@Suite struct MonitorTests {
    private let context = RunContext()

    /// A sequence over 90 daily looks keeps the truth in all of them in at least 95 of 100: Gaussian, rare and skewed outcomes.
    @Test(arguments: SequenceCase.allCases) func aSequenceHoldsOverAllDays(_ kind: SequenceCase) {
        var held = 0
        let runs = 200
        for seed in 1...UInt64(runs) { if kind.holds(days: 90, seed: seed) { held += 1 } }
        // .95 less two standard errors of 200 runs.
        #expect(Double(held) / Double(runs) >= 0.92, "\(kind)")
    }

    enum SequenceCase: CaseIterable {
        case gaussian, rare, skewed

        private func draw(_ stream: inout RandomStream) -> Double {
            switch self {
            case .gaussian: stream.normal()
            case .rare: stream.bernoulli(0.03) ? 1 : 0
            case .skewed: exp(stream.normal())
            }
        }

        private var spread: Double {
            switch self {
            case .gaussian: 1
            case .rare: (0.03 * 0.97).squareRoot()
            case .skewed: ((exp(1) - 1) * exp(1)).squareRoot()
            }
        }

        /// Policy and holdout alike, 20 and 180 units a day, judged from 500 held out.
        func holds(days: Int, seed: UInt64) -> Bool {
            var stream = RandomStream(seed: seed, purpose: "sequence \(self)")
            let (kept, given) = (20, 180)
            let planned = spread * spread * (1 / Double(days * kept) + 1 / Double(days * given))
            let sequence = ConfidenceSequence(plannedVariance: planned)
            var (held, others) = (Moments(), Moments())
            for _ in 0..<days {
                for _ in 0..<kept { held.add(draw(&stream)) }
                for _ in 0..<given { others.add(draw(&stream)) }
                guard held.count >= Backtest.leastHoldout else { continue }
                let variance = held.variance / Double(held.count) + others.variance / Double(others.count)
                let interval = sequence.interval(others.mean - held.mean, variance: variance)
                if interval.low > 0 || interval.high < 0 { return false }
            }
            return true
        }
    }

    /// A covariate that moved by a tenth of its deviation, and two whose correlation alone changed, are warned of; nothing is where
    /// nothing changed.
    @Test func driftIsWarnedOf() {
        func columns(_ seed: UInt64, shift: Double, correlation: Double) -> [(name: String, values: [Float])] {
            var stream = RandomStream(seed: seed)
            var (a, b): ([Float], [Float]) = ([], [])
            for _ in 0..<10_000 {
                let x = stream.normal()
                a.append(Float(x + shift))
                b.append(
                    Float(correlation * x + (1 - correlation * correlation).squareRoot() * stream.normal()))
            }
            return [("a", a), ("b", b)]
        }
        let before = columns(1, shift: 0, correlation: 0.2)
        func named(_ columns: [(name: String, values: [Float])]) -> Set<String> {
            let launched = LaunchLevels.of(Self.encoded(before))
            let now = LaunchLevels.again(launched, Self.encoded(columns))
            return Set(Drift.covariates(launched, now, level: 0.05 / 30).filter(\.isWarning).map(\.name))
        }
        #expect(named(columns(2, shift: 0, correlation: 0.2)).isEmpty)
        #expect(named(columns(3, shift: 0.1, correlation: 0.2)).contains("a"))
        #expect(named(columns(4, shift: 0, correlation: 0.4)) == ["a and b"])
    }

    private static func encoded(
        _ columns: [(name: String, values: [Float])]
    ) -> [(name: String, encoding: CovariateEncoding, values: [Float])] {
        columns.map { ($0.name, .numeric(centre: 0), $0.values) }
    }

    /// Effects twice as large as estimated have slope 2, of none it is 0.
    @Test func theSlopeIsThatOfTheEffects() throws {
        for slope in [2.0, 1, 0] {
            var stream = RandomStream(seed: 7)
            var (arms, effects, outcome): ([UInt8], [Float], [Double]) = ([], [], [])
            for _ in 0..<20_000 {
                let effect = 0.3 * stream.normal() + 0.1
                let arm = stream.bernoulli(0.5) ? 1 : 0
                arms.append(UInt8(arm))
                effects.append(Float(effect))
                outcome.append(effect + (arm == 1 ? 0.1 + slope * (effect - 0.1) : 0) + stream.normal())
            }
            let found = try #require(
                CalibrationSlope.of("y", arms: arms, effects: [effects], outcome: outcome))
            #expect(abs(found.slope - slope) < 4 * found.standardError && found.standardError < 0.06)
        }
    }
}
