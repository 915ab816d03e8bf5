import CKernels
import Experiments

extension BinCode {
    /// The bin of every encoded value.
    /// - Complexity: O(n), eight comparisons per value.
    func bins(of values: [Float]) -> [UInt8] {
        let padded = edges + Array(repeating: Float.infinity, count: 255 - edges.count)
        return [UInt8](unsafeUninitializedCapacity: values.count) { buffer, initialised in
            if let base = buffer.baseAddress {
                espalier_bin(values, values.count, padded, UInt8(missingBin), base)
            }
            initialised = values.count
        }
    }
}
