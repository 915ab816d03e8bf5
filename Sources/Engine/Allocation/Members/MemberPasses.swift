import CKernels
import Runtime

/// Passes over the effects of all units, on as many threads as there are; partial sums are joined in the order of the units.
package struct MemberPasses: Sendable {
    package let effects: MemberEffects
    package let workers: Workers

    package init(effects: MemberEffects, workers: Workers) {
        self.effects = effects
        self.workers = workers
    }

    /// Units of one piece of work.
    private static let chunk = 1 << 16

    /// What one pass that separates the units found.
    package struct Screening {
        /// The arm of every unit at the centre.
        package var choices: [UInt8] = []
        /// The units that do not take the same arm everywhere in reach, ascending.
        package var open: [UInt32] = []
        /// Sums of the chosen effects of all others, by outcome.
        package var closedSums: [Double]
    }

    /// The sum over all units of the effects of the arm with the highest utility, by outcome.
    /// - Parameter weights: of the outcomes in a utility.
    package func sums(_ weights: [Double]) throws -> [Double] {
        let parts = try pieces { members, start, count in
            var sums = [Double](repeating: 0, count: weights.count)
            withUnsafePointer(to: members) { espalier_member_sums($0, weights, start, count, &sums) }
            return sums
        }
        return added(parts)
    }

    /// The arm that each unit takes, and by how much its utility is above the next best.
    package func choices(_ weights: [Double]) throws -> (arms: [UInt8], margins: [Double]) {
        let parts = try pieces { members, start, count in
            var arms = [UInt8](repeating: 0, count: count)
            var margins = [Double](repeating: 0, count: count)
            withUnsafePointer(to: members) { espalier_member_choices($0, weights, start, count, &arms, &margins) }
            return (arms, margins)
        }
        return (parts.flatMap(\.0), parts.flatMap(\.1))
    }

    /// Tells the units whose arm is the same for all weights within `reach` of `weights` from the others.
    package func screen(_ weights: [Double], reach: [Double]) throws -> Screening {
        let parts = try pieces { members, start, count in
            var part = Screening(closedSums: [Double](repeating: 0, count: weights.count))
            part.choices = [UInt8](repeating: 0, count: count)
            part.open = [UInt32](repeating: 0, count: count)
            let found = withUnsafePointer(to: members) {
                espalier_member_screen($0, weights, reach, start, count, &part.choices, &part.open, &part.closedSums)
            }
            part.open.removeLast(count - found)
            return part
        }
        return Screening(
            choices: parts.flatMap(\.choices), open: parts.flatMap(\.open), closedSums: added(parts.map(\.closedSums)))
    }

    private func added(_ parts: [[Double]]) -> [Double] {
        parts.reduce([Double](repeating: 0, count: effects.outcomeCount)) { sums, part in
            zip(sums, part).map { $0 + $1 }
        }
    }

    private func pieces<Part: Sendable>(
        _ body: @Sendable (EspalierMembers, Int, Int) -> Part
    ) throws -> [Part] {
        precondition(effects.outcomeCount <= Int(ESPALIER_MEMBER_OUTCOMES) && effects.armCount <= 256)
        return try workers.map((effects.unitCount + Self.chunk - 1) / Self.chunk) { piece in
            let start = piece * Self.chunk
            return effects.values.withUnsafeBufferPointer { values in
                let members = EspalierMembers(
                    effects: values.baseAddress, stride: effects.unitCount, arms: Int32(effects.armCount),
                    outcomes: Int32(effects.outcomeCount))
                return body(members, start, min(Self.chunk, effects.unitCount - start))
            }
        }
    }
}
