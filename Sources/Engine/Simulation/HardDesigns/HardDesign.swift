import Experiments
import Foundation
import Runtime
import Statistics

/// A kind of data on which intervals are easily wrong, as an analyst would bring it: a table and a spec, with its truth known.
///
/// Two covariates x1, x2 ~ N(0, 1), three arms a (control), b and c, one outcome.
package enum HardDesign: Sendable, Equatable {
    /// A 1% outcome at shares 8:1:1.
    case rareEvents
    /// A ratio outcome of equal rates in all arms, whose denominator arm b multiplies.
    case ratio(factor: Double)
    /// Clusters whose sizes rise evenly from 1 to twice the mean, randomised whole, whose units are alike.
    case clusters(Int)
    /// An outcome that is missing by arm and covariates, by different ones in each arm; weighted for, or left out.
    case dropOut(isWeighted: Bool)

    package static let arms = ["a", "b", "c"]

    package var name: String {
        switch self {
        case .rareEvents: "1% events, shares 8:1:1"
        case .ratio(let factor): "ratio, denominator x \(factor)"
        case .clusters(let count): "\(count) clusters"
        case .dropOut(let isWeighted): "drop-out by arm and x" + (isWeighted ? ", weighted" : "")
        }
    }

    private static let baseRate = 0.01
    private static let ratioRate = 0.2
    private static let meanDenominator = 5.0

    private var shares: [Double] { self == .rareEvents ? [0.8, 0.1, 0.1] : [1.0 / 3, 1.0 / 3, 1.0 / 3] }

    /// E[Y | arm, x], of a ratio after it is linearised by the true R0 and mean denominator.
    package func mean(arm: Int, x: [Double]) -> Double {
        switch self {
        case .rareEvents: Self.baseRate + [0, x[0] > 0 ? 0.006 : 0, 0.003][arm]
        case .ratio: Self.ratioRate
        case .clusters: 0.5 * x[0] + [0, 0.3 * x[0], 0.1][arm]
        case .dropOut: 1 + x[0] + [0, 0.5 + 0.5 * x[0], 0.2 - 0.3 * x[1]][arm]
        }
    }

    /// P(seen | arm, x) of an outcome that drops out: control loses an eighth of its units whoever they are, b those of high x1, c
    /// those of low x2.
    private func chance(arm: Int, x: [Double]) -> Double {
        [0.88, 1 / (1 + exp(-(1 - 1.2 * x[0]))), 1 / (1 + exp(-(1.2 + 0.8 * x[1])))][arm]
    }

    /// The arm of a policy that was fixed before the data.
    package func fixedArm(x: [Double]) -> Int { x[0] > 0 ? 1 : 2 }

    /// The true difference from an arm of a policy over fresh units.
    /// - Parameter choice: the policy's arm at x.
    package func difference(of choice: ([Double]) -> Int, from arm: Int, points: [[Double]]) -> Double {
        points.reduce(0) { $0 + mean(arm: choice($1), x: $1) - mean(arm: arm, x: $1) } / Double(points.count)
    }

    /// Units whose means are the truth: pairs of mirror images, so that the covariates' means are exact.
    package static func population(_ count: Int, seed: UInt64 = 1) -> [[Double]] {
        var stream = RandomStream(seed: seed, purpose: "hard design population")
        return (0..<count / 2).flatMap { _ in
            let x = [stream.normal(), stream.normal()]
            return [x, x.map { -$0 }]
        }
    }

    /// Writes the table and its spec to a folder.
    /// - Returns: the path of the spec.
    /// - Throws: `EspalierError` (.cannotCreate).
    package func write(units: Int, seed: UInt64, to folder: String) throws -> String {
        var stream = RandomStream(seed: seed, purpose: "hard design")
        var rows: [String] = []
        switch self {
        case .rareEvents, .ratio, .dropOut:
            for unit in 1...units {
                let x = [stream.normal(), stream.normal()]
                let arm = draw(&stream)
                rows.append("\(unit),\(Self.arms[arm]),\(x[0]),\(x[1]),\(outcome(arm, x, &stream))")
            }
        case .clusters(let count):
            // Sizes rise evenly; what a cluster is like and its arm have nothing to do with its size.
            let weights = (1...count).map { Double($0) / Double(count) }
            let total = weights.reduce(0, +)
            var unit = 0
            for cluster in 1...count {
                let size = max(1, Int((weights[cluster - 1] / total * Double(units)).rounded()))
                let arm = draw(&stream)
                let common = 0.5 * stream.normal()
                for _ in 0..<size {
                    unit += 1
                    let x = [stream.normal(), stream.normal()]
                    let y = mean(arm: arm, x: x) + common + stream.normal()
                    rows.append("\(unit),\(Self.arms[arm]),\(x[0]),\(x[1]),\(y),h\(cluster)")
                }
            }
        }
        let data = (header + "\n" + rows.joined(separator: "\n") + "\n").data(using: .utf8) ?? Data()
        let spec = folder + "/hard.yaml"
        try AtomicFile.write([(path: folder + "/hard.csv", data: data), (path: spec, data: Data(yaml.utf8))])
        return spec
    }

    private func draw(_ stream: inout RandomStream) -> Int {
        var left = stream.uniform()
        for (arm, share) in shares.enumerated() {
            if left < share { return arm }
            left -= share
        }
        return 0
    }

    private func outcome(_ arm: Int, _ x: [Double], _ stream: inout RandomStream) -> String {
        switch self {
        case .rareEvents: return stream.uniform() < mean(arm: arm, x: x) ? "1" : "0"
        case .ratio(let factor):
            // Units differ in how much they see and in how often they act on it.
            let exposure = Self.meanDenominator * exp(0.6 * stream.normal() - 0.18) * (arm == 1 ? factor : 1)
            let rate = Self.ratioRate * exp(0.5 * stream.normal() - 0.125)
            let seen = exposure.rounded(.up)
            let acted = (0..<Int(seen)).count { _ in stream.uniform() < rate }
            return "\(acted),\(Int(seen))"
        case .dropOut:
            let y = mean(arm: arm, x: x) + stream.normal()
            return stream.uniform() < chance(arm: arm, x: x) ? "\(y)" : ""
        case .clusters: return ""
        }
    }

    private var header: String {
        switch self {
        case .rareEvents, .dropOut: "id,arm,x1,x2,y"
        case .ratio: "id,arm,x1,x2,acted,seen"
        case .clusters: "id,arm,x1,x2,y,household"
        }
    }

    private var yaml: String {
        let outcome =
            switch self {
            case .ratio: "{name: y, direction: maximize, ratio: {acted: seen}}"
            case .rareEvents, .clusters: "{name: y, direction: maximize}"
            case .dropOut: "{name: y, direction: maximize, missing: drop}"
            }
        let planned = shares.map { "\($0)" }.joined(separator: ", ")
        let further =
            switch self {
            case .clusters: "cluster: household\n"
            case .dropOut(isWeighted: true): "attrition: weights\n"
            case .rareEvents, .ratio, .dropOut: ""
            }
        return """
            name: hard
            data: hard.csv
            unit: id
            \(further)treatment: {column: arm, control: a, arms: [a, b, c], shares: [\(planned)]}
            outcomes:
              - \(outcome)
            covariates:
              - {column: x1, kind: numeric}
              - {column: x2, kind: numeric}

            """
    }
}
