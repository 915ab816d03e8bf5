import Statistics

/// Estimates made from the same units, with the covariance between them.
package struct JointEstimates: Sendable, Equatable {
    package let values: [Double]
    /// Of the estimates, not of the units' terms.
    package let covariance: DenseMatrix

    package init(values: [Double], covariance: DenseMatrix) {
        precondition(covariance.rowCount == values.count && covariance.columnCount == values.count)
        self.values = values
        self.covariance = covariance
    }

    package var count: Int { values.count }

    package func standardError(_ index: Int) -> Double { max(0, covariance[index, index]).squareRoot() }

    package func estimate(_ index: Int) -> Estimate {
        Estimate(value: values[index], standardError: standardError(index))
    }

    /// The estimate of one less another, paired unit by unit.
    package func difference(_ index: Int, less other: Int) -> Estimate {
        let variance = covariance[index, index] + covariance[other, other] - 2 * covariance[index, other]
        // Equal terms leave only the rounding of three sums.
        let floor = 1e-12 * (covariance[index, index] + covariance[other, other])
        return Estimate(
            value: values[index] - values[other], standardError: variance > floor ? variance.squareRoot() : 0)
    }

    /// Those of the given indices, in that order.
    package func subset(_ indices: [Int]) -> JointEstimates {
        JointEstimates(
            values: indices.map { values[$0] },
            covariance: DenseMatrix(rowCount: indices.count, columnCount: indices.count) {
                covariance[indices[$0], indices[$1]]
            })
    }
}
