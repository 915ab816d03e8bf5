/// Where a growing tree gets its sums: it never asks for rows (DESIGN section 2). In memory `UnitSums` answers; a
/// warehouse can with one GROUP BY per level.
///
/// Nodes are numbered by the grower, the root 0.
package protocol SumsProvider: Sendable {
    /// How the bins of each covariate are to be read.
    var codes: [BinCode] { get }

    /// The sums of the whole sample.
    func total() throws -> ContrastSums

    /// For these nodes and this covariate the sums per bin and arm. Called from several threads at once.
    func sums(of nodes: [Int], covariate: Int) throws -> [BinSums]

    /// Replaces nodes by their children; later questions are about the children.
    mutating func divide(_ divisions: [NodeDivision]) throws
}
