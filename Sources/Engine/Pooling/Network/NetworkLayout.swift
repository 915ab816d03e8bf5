/// Where the parts of a network lie among its parameters.
struct NetworkLayout: Sendable, Equatable {
    let width: Int
    let hidden: Int
    let dimension: Int
    let outcomes: Int
    let tasks: Int

    /// Of the first layer, inputs x hidden units row by row; then its biases.
    var first: Range<Int> { 0..<width * hidden }
    var firstBiases: Range<Int> { first.upperBound..<first.upperBound + hidden }
    /// Of the second layer, hidden units x d; then its biases.
    var second: Range<Int> { firstBiases.upperBound..<firstBiases.upperBound + hidden * dimension }
    var secondBiases: Range<Int> { second.upperBound..<second.upperBound + dimension }
    /// A_j, outcome by outcome, row by row.
    var transforms: Range<Int> {
        secondBiases.upperBound..<secondBiases.upperBound + outcomes * dimension * dimension
    }
    /// e, task by task.
    var arms: Range<Int> { transforms.upperBound..<transforms.upperBound + tasks * dimension }
    /// c, task by task, outcome by outcome.
    var intercepts: Range<Int> { arms.upperBound..<arms.upperBound + tasks * outcomes }

    var count: Int { intercepts.upperBound }
}
