import Experiments

/// The sums of a set of units over all arms and outcomes: of the growing half with its outcomes, of the estimating half
/// nothing but counts.
struct JointSums: Sendable {
    let outcomeCount: Int
    /// Arm after arm, each outcome after outcome.
    private(set) var growing: [ArmSums]
    /// Units of the estimating half by arm; 0 where they are not asked for.
    private(set) var estimating: [Double]

    init(armCount: Int, outcomeCount: Int) {
        self.outcomeCount = outcomeCount
        growing = Array(repeating: ArmSums(), count: armCount * outcomeCount)
        estimating = Array(repeating: 0, count: armCount)
    }

    /// - Parameters:
    ///   - answer: of one whole node, for all arms and outcomes.
    ///   - group: position among the groups summed.
    ///   - counts: whether the first group counted is the half that estimates.
    init(_ answer: SumsAnswer, group: Int, counts: Bool) {
        let (arms, outcomes) = (answer.shape.armCount, answer.shape.outcomeCount)
        self.init(armCount: arms, outcomeCount: outcomes)
        for arm in 0..<arms {
            for outcome in 0..<outcomes {
                growing[arm * outcomes + outcome] = answer.sums(cell: 0, arm: arm, outcome: outcome, group: group)
            }
            if counts { estimating[arm] = Double(answer.count(cell: 0, arm: arm)) }
        }
    }

    var armCount: Int { estimating.count }
    /// Units of both halves.
    var units: Double { estimating.indices.reduce(0) { $0 + count(arm: $1) + estimating[$1] } }
    /// Units of the growing half that have an arm.
    func count(arm: Int) -> Double { growing[arm * outcomeCount].count }

    /// The fewest units that any group (arm x half) holds.
    func smallestGroup(honest: Bool) -> Double {
        estimating.indices.reduce(.infinity) { least, arm in
            min(least, honest ? min(count(arm: arm), estimating[arm]) : count(arm: arm))
        }
    }

    /// What one arm and control have of it.
    func contrast(arm: Int, outcome: Int) -> ContrastSums {
        var sums = ContrastSums()
        sums.control = growing[outcome]
        sums.treated = growing[arm * outcomeCount + outcome]
        sums.estimatingControl = estimating[0]
        sums.estimatingTreated = estimating[arm]
        return sums
    }

    mutating func add(_ other: JointSums) {
        for cell in growing.indices { growing[cell] += other.growing[cell] }
        for arm in estimating.indices { estimating[arm] += other.estimating[arm] }
    }

    /// Adds one bin.
    mutating func add(_ bins: JointBins, bin: Int) {
        let (sum, count) = (bin * growing.count, bin * estimating.count)
        for cell in growing.indices { growing[cell] += bins.growing[sum + cell] }
        for arm in estimating.indices { estimating[arm] += bins.estimating[count + arm] }
    }

    /// Becomes what is left of `whole` without `part`, in the memory it has.
    mutating func set(_ whole: JointSums, without part: JointSums) {
        for cell in growing.indices { growing[cell] = whole.growing[cell] - part.growing[cell] }
        for arm in estimating.indices { estimating[arm] = whole.estimating[arm] - part.estimating[arm] }
    }

    static func - (whole: JointSums, part: JointSums) -> JointSums {
        var rest = whole
        rest.set(whole, without: part)
        return rest
    }
}
