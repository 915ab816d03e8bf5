/// A value of the treatment column that is no declared arm, and the rows that are left out with it.
package struct OtherArm: Sendable, Equatable {
    package let name: String
    package let count: Int

    package init(name: String, count: Int) {
        self.name = name
        self.count = count
    }
}
