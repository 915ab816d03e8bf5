import CKernels

/// Predictions of a network for a batch of rows, and the gradient of their squared errors.
///
/// One thread, sums in the order of the rows, single precision: the same bits everywhere.
struct NetworkPass {
    let layout: NetworkLayout
    private var hidden: [Float] = []
    /// v(x), row by row.
    private(set) var embedded: [Float] = []
    /// A_j e, outcome by outcome, task by task.
    private var arms: [Float] = []

    init(_ layout: NetworkLayout) { self.layout = layout }

    /// v(x) of rows, and A_j e of all tasks.
    private mutating func run(_ parameters: [Float], features: UnsafePointer<Float>, rows: Int) {
        let (p, h, d) = (layout.width, layout.hidden, layout.dimension)
        hidden = Self.repeated(parameters[layout.firstBiases], rows)
        embedded = Self.repeated(parameters[layout.secondBiases], rows)
        parameters.withUnsafeBufferPointer { buffer in
            let start = buffer.baseAddress!
            espalier_multiply_add_floats(
                &hidden, h, features, p, 1, start + layout.first.lowerBound, h, rows, h, p)
            for index in hidden.indices where hidden[index] < 0 { hidden[index] = 0 }
            espalier_multiply_add_floats(
                &embedded, d, hidden, h, 1, start + layout.second.lowerBound, d, rows, d, h)
        }
    }

    private mutating func placeArms(_ parameters: [Float]) {
        let (d, tasks) = (layout.dimension, layout.tasks)
        arms = [Float](repeating: 0, count: layout.outcomes * tasks * d)
        var turned = [Float](repeating: 0, count: d * d)
        for outcome in 0..<layout.outcomes {
            let start = layout.transforms.lowerBound + outcome * d * d
            for row in 0..<d {
                for column in 0..<d { turned[column * d + row] = parameters[start + row * d + column] }
            }
            // Row t of E A'.
            parameters.withUnsafeBufferPointer { buffer in
                arms.withUnsafeMutableBufferPointer { arms in
                    espalier_multiply_add_floats(
                        arms.baseAddress! + outcome * tasks * d, d, buffer.baseAddress! + layout.arms.lowerBound, d, 1,
                        turned, d, tasks, d, d)
                }
            }
        }
    }

    /// The sum of squared errors and the number of values, by outcome.
    mutating func risk(_ parameters: [Float], _ rows: PoolRows) -> MeanRisk {
        placeArms(parameters)
        var risk = MeanRisk(outcomeCount: layout.outcomes)
        var squares = [Double](repeating: 0, count: layout.outcomes)
        var counts = [Int](repeating: 0, count: layout.outcomes)
        let batch = 1024
        for start in stride(from: 0, to: rows.count, by: batch) {
            let count = min(batch, rows.count - start)
            rows.features.withUnsafeBufferPointer {
                run(parameters, features: $0.baseAddress! + start * layout.width, rows: count)
            }
            for row in 0..<count {
                for outcome in 0..<layout.outcomes {
                    let value = rows.values[(start + row) * layout.outcomes + outcome]
                    guard !value.isNaN else { continue }
                    let error =
                        predict(
                            parameters, row: row, task: Int(rows.tasks[start + row]), outcome: outcome) - value
                    squares[outcome] += Double(error) * Double(error)
                    counts[outcome] += 1
                }
            }
        }
        for outcome in 0..<layout.outcomes { risk.add(outcome, squares: squares[outcome], count: counts[outcome]) }
        return risk
    }

    private func predict(_ parameters: [Float], row: Int, task: Int, outcome: Int) -> Float {
        let d = layout.dimension
        let place = (outcome * layout.tasks + task) * d
        var sum = parameters[layout.intercepts.lowerBound + task * layout.outcomes + outcome]
        embedded.withUnsafeBufferPointer { embedded in
            arms.withUnsafeBufferPointer { arms in
                for k in 0..<d { sum += embedded[row * d + k] * arms[place + k] }
            }
        }
        return sum
    }

    /// The gradient of half the mean squared error of a batch.
    mutating func gradient(
        _ parameters: [Float], features: [Float], tasks: [Int32], values: [Float], into gradient: inout [Float]
    ) {
        let rows = tasks.count
        let (p, h, d) = (layout.width, layout.hidden, layout.dimension)
        for index in gradient.indices { gradient[index] = 0 }
        placeArms(parameters)
        features.withUnsafeBufferPointer { run(parameters, features: $0.baseAddress!, rows: rows) }
        var upstream = [Float](repeating: 0, count: rows * d)
        var armGradient = [Float](repeating: 0, count: arms.count)
        errors(parameters, tasks, values, &gradient, upstream: &upstream, arms: &armGradient)
        spread(armGradient, parameters, &gradient)
        for row in 0..<rows {
            for k in 0..<d { gradient[layout.secondBiases.lowerBound + k] += upstream[row * d + k] }
        }
        var turned = [Float](repeating: 0, count: h * d)
        for row in 0..<h {
            for column in 0..<d { turned[column * h + row] = parameters[layout.second.lowerBound + row * d + column] }
        }
        var below = [Float](repeating: 0, count: rows * h)
        espalier_multiply_add_floats(&below, h, upstream, d, 1, turned, h, rows, h, d)
        for index in below.indices where hidden[index] <= 0 { below[index] = 0 }
        for row in 0..<rows {
            for k in 0..<h { gradient[layout.firstBiases.lowerBound + k] += below[row * h + k] }
        }
        gradient.withUnsafeMutableBufferPointer { buffer in
            let start = buffer.baseAddress!
            espalier_multiply_add_floats(
                start + layout.second.lowerBound, d, hidden, 1, h, upstream, d, h, d, rows)
            espalier_multiply_add_floats(start + layout.first.lowerBound, h, features, 1, p, below, h, p, h, rows)
        }
    }

    /// Errors of the batch, passed down to v(x), to A_j e and to the intercepts.
    private func errors(
        _ parameters: [Float], _ tasks: [Int32], _ values: [Float], _ gradient: inout [Float],
        upstream: inout [Float], arms armGradient: inout [Float]
    ) {
        let d = layout.dimension
        let share = 1 / Float(max(1, values.count { !$0.isNaN }))
        for row in tasks.indices {
            let task = Int(tasks[row])
            for outcome in 0..<layout.outcomes {
                let value = values[row * layout.outcomes + outcome]
                guard !value.isNaN else { continue }
                let error = share * (predict(parameters, row: row, task: task, outcome: outcome) - value)
                gradient[layout.intercepts.lowerBound + task * layout.outcomes + outcome] += error
                let place = (outcome * layout.tasks + task) * d
                upstream.withUnsafeMutableBufferPointer { upstream in
                    armGradient.withUnsafeMutableBufferPointer { armGradient in
                        for k in 0..<d {
                            upstream[row * d + k] += error * arms[place + k]
                            armGradient[place + k] += error * embedded[row * d + k]
                        }
                    }
                }
            }
        }
    }

    /// From the gradient of E A' to those of E and A.
    private func spread(_ armGradient: [Float], _ parameters: [Float], _ gradient: inout [Float]) {
        let (d, tasks) = (layout.dimension, layout.tasks)
        parameters.withUnsafeBufferPointer { parameters in
            gradient.withUnsafeMutableBufferPointer { gradient in
                armGradient.withUnsafeBufferPointer { own in
                    for outcome in 0..<layout.outcomes {
                        let transform = layout.transforms.lowerBound + outcome * d * d
                        let rows = own.baseAddress! + outcome * tasks * d
                        espalier_multiply_add_floats(
                            gradient.baseAddress! + layout.arms.lowerBound, d, rows, d, 1,
                            parameters.baseAddress! + transform, d, tasks, d, d)
                        espalier_multiply_add_floats(
                            gradient.baseAddress! + transform, d, rows, 1, d,
                            parameters.baseAddress! + layout.arms.lowerBound, d, d, d, tasks)
                    }
                }
            }
        }
    }

    private static func repeated(_ values: ArraySlice<Float>, _ count: Int) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(values.count * count)
        for _ in 0..<count { result += values }
        return result
    }
}
