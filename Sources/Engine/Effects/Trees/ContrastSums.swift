/// What the criterion needs to know of a set of units of one arm and control: sums over the growing half, and of the
/// estimating half nothing but counts.
package struct ContrastSums: Sendable, Equatable {
    package var control = ArmSums()
    package var treated = ArmSums()
    package var estimatingControl = 0.0
    package var estimatingTreated = 0.0

    package init() {}

    package var isEmpty: Bool { units == 0 }
    /// Units of both halves.
    package var units: Double { control.count + treated.count + estimatingControl + estimatingTreated }

    /// The fewest units that any of the four groups (arm x half) holds.
    func smallestGroup(honest: Bool) -> Double {
        let growing = min(control.count, treated.count)
        return honest ? min(growing, min(estimatingControl, estimatingTreated)) : growing
    }

    package static func + (a: ContrastSums, b: ContrastSums) -> ContrastSums {
        var sum = a
        sum += b
        return sum
    }

    package static func += (a: inout ContrastSums, b: ContrastSums) {
        a.control += b.control
        a.treated += b.treated
        a.estimatingControl += b.estimatingControl
        a.estimatingTreated += b.estimatingTreated
    }

    package static func - (a: ContrastSums, b: ContrastSums) -> ContrastSums {
        var rest = ContrastSums()
        rest.control = a.control - b.control
        rest.treated = a.treated - b.treated
        rest.estimatingControl = a.estimatingControl - b.estimatingControl
        rest.estimatingTreated = a.estimatingTreated - b.estimatingTreated
        return rest
    }
}
