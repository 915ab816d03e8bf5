/// How many values of an outcome or covariate are missing in each arm, all rows of the file counted.
package struct MissingCount: Sendable, Equatable {
    package var name: String
    package var byArm: [Int]
    package var total: Int { byArm.reduce(0, +) }
}
