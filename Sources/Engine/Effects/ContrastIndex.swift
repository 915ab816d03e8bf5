/// One contrast: an arm against control, on one outcome.
///
/// Arrays with an element per contrast are ordered by arm, then by outcome; `position` and `all` state that order once.
package struct ContrastIndex: Sendable, Hashable {
    /// Index into the experiment's arms, at least 1: control is arm 0.
    package let arm: Int
    /// Index into the experiment's outcomes.
    package let outcome: Int

    package init(arm: Int, outcome: Int) {
        precondition(arm >= 1 && outcome >= 0)
        self.arm = arm
        self.outcome = outcome
    }

    /// The contrast at a position of an array with an element per contrast.
    package init(position: Int, outcomeCount: Int) {
        self.init(arm: position / outcomeCount + 1, outcome: position % outcomeCount)
    }

    /// Where arrays with an element per contrast hold this one: (arm - 1) * outcomes + outcome.
    package func position(outcomeCount: Int) -> Int { (arm - 1) * outcomeCount + outcome }

    /// Every contrast, in the order of `position`.
    /// - Parameter arms: how many, control included.
    package static func all(arms: Int, outcomes: Int) -> [ContrastIndex] {
        (1..<max(1, arms)).flatMap { arm in (0..<outcomes).map { ContrastIndex(arm: arm, outcome: $0) } }
    }
}
