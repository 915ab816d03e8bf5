import Experiments
import Statistics

/// What differences from the rest are tested: a subgroup and all the other units (x <= c, x > c) have the same difference but
/// for its sign, which is one hypothesis, not two.
struct Hypotheses {
    /// For each subgroup the first one that has its hypothesis.
    let first: [Int]

    /// - Complexity: O(subgroups² x units) at worst; two that are not complements are told apart within a few units.
    init(_ subgroups: [Subgroup], _ experiment: Experiment, _ units: Range<Int>) {
        let members = subgroups.map { $0.members(experiment, units: units) }
        first = members.indices.map { index in
            members.indices.prefix(index).first { other in
                zip(members[index], members[other]).allSatisfy { $0 != $1 }
            } ?? index
        }
    }

    /// p-values after Holm and after Benjamini and Hochberg over the hypotheses, by subgroup.
    func adjusting(_ p: [Double]) -> (holm: [Double], falseDiscovery: [Double]) {
        let own = first.indices.filter { first[$0] == $0 }
        func spread(_ adjusted: [Double]) -> [Double] {
            let byOwn = Dictionary(uniqueKeysWithValues: zip(own, adjusted))
            return first.map { byOwn[$0] ?? 1 }
        }
        let values = own.map { p[$0] }
        return (spread(Holm.adjusted(values)), spread(FalseDiscovery.adjusted(values)))
    }
}
