import Policies
import Synchronization

/// The policy workspace of a study's units, made when it is first asked for: for millions of units it takes time and memory,
/// and much that is asked of a study has nothing to do with policies.
final class StudyWorkspace: Sendable {
    let unitGroups: UnitGroups
    private let make: @Sendable () -> PolicyWorkspace
    private let made = Mutex<PolicyWorkspace?>(nil)

    init(_ description: StudyDescription, _ units: StudyUnits) {
        let groups = units.unitGroups(description)
        unitGroups = groups
        make = {
            PolicyWorkspace(
                space: description.space, table: units.policyTable(description, unitGroups: groups))
        }
    }

    var value: PolicyWorkspace {
        made.withLock { known in
            if let known { return known }
            let fresh = make()
            known = fresh
            return fresh
        }
    }
}
