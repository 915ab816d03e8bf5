import Experiments
import Runtime
import Texts

/// Covariates of units whose results are known, from whatever file has them.
package enum JoinedCovariates {
    /// - Parameters:
    ///   - keys: of the units, ascending.
    ///   - unit: the file's column of ids.
    /// - Returns: encoded values, one column each, in the order of the keys.
    /// - Throws: `EspalierError` (.data) where the file lacks a unit, or whatever is wrong with it; `CancellationError`.
    package static func read(
        _ path: String, unit: String, columns: [CovariateSource.Column], keys: [UInt64], context: RunContext
    ) throws -> [[Float]] {
        var values = [[Float]](repeating: Array(repeating: .nan, count: keys.count), count: columns.count)
        var found = [Bool](repeating: false, count: keys.count)
        _ = try CovariateSource(path: path, unit: .column(unit), covariates: columns).stream(context: context) {
            table in
            for (record, key) in table.ids.keys.enumerated() {
                guard let row = index(of: key, in: keys) else { continue }
                found[row] = true
                for index in columns.indices { values[index][row] = table.covariates[index].values[record] }
            }
        }
        let missing = found.count { !$0 }
        guard missing == 0 else {
            throw EspalierError(
                .data,
                "\(NumberText.grouped(missing)) of the \(NumberText.grouped(found.count)) units of the results have no "
                    + "covariates", file: path,
                remedy: "give the covariates of every unit, under the same ids")
        }
        return values
    }

    /// By bisection; nil where it is not there.
    static func index(of key: UInt64, in keys: [UInt64]) -> Int? {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key ? low : nil
    }
}
