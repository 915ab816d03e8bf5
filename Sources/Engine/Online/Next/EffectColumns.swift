import CKernels
import Policies

/// Estimated effects on new units, by which linear policies choose their arms.
package struct EffectColumns: Sendable {
    package let space: PolicySpace
    package let unitCount: Int
    private let values: [Float]

    /// - Parameter columns: scaled and net, by `ContrastIndex.position`.
    package init(_ space: PolicySpace, _ columns: [[Float]], unitCount: Int) {
        precondition(columns.count == (space.armCount - 1) * space.outcomeCount)
        precondition(columns.allSatisfy { $0.count == unitCount })
        self.space = space
        self.unitCount = unitCount
        values = columns.flatMap { $0 }
    }

    /// The arms that a policy gives the units.
    package func arms(_ policy: LinearPolicy) -> [UInt8] {
        let slopes = policy.slopes(in: space)
        return [UInt8](unsafeUninitializedCapacity: unitCount) { buffer, initialized in
            values.withUnsafeBufferPointer { columns in
                var table = EspalierPolicyTable()
                table.columns = columns.baseAddress
                table.stride = unitCount
                table.arms = Int32(space.armCount)
                table.outcomes = Int32(space.outcomeCount)
                if let target = buffer.baseAddress, unitCount > 0 {
                    espalier_choose(&table, slopes, policy.biases, 0, unitCount, target)
                }
            }
            initialized = unitCount
        }
    }
}
