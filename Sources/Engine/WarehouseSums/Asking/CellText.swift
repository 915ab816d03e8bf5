import Experiments

/// Nodes of trees as SQL over the table of bins: a branch of a CASE for each.
struct CellText: Sendable {
    let codes: [BinCode]

    /// The number of the first node on the list that a unit is in, else -1.
    func number(of nodes: [NodePath]) -> String {
        if nodes == [.root] { return "0" }
        let branches = nodes.enumerated().map { "WHEN \(condition($1)) THEN \($0)" }
        return branches.isEmpty ? "-1" : "CASE \(branches.joined(separator: " ")) ELSE -1 END"
    }

    private func condition(_ node: NodePath) -> String {
        // A covariate that is asked for several times is in one range: the last of its conditions hold the others.
        var allowed: [Int: [Bool]] = [:]
        for step in node.steps {
            let code = codes[step.split.covariate]
            let left = code.goesLeft(step.split)
            let former = allowed[step.split.covariate] ?? Array(repeating: true, count: code.missingBin + 1)
            allowed[step.split.covariate] = former.enumerated().map { $1 && (left[$0] == 1) == step.goesLeft }
        }
        let parts = allowed.sorted { $0.key < $1.key }.map { bins("b\($0)", $1) }
        return parts.isEmpty ? "true" : parts.joined(separator: " AND ")
    }

    /// Bins as ranges.
    private func bins(_ column: String, _ allowed: [Bool]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for (bin, isAllowed) in allowed.enumerated() where isAllowed {
            if let last = ranges.last, last.upperBound == bin - 1 {
                ranges[ranges.count - 1] = last.lowerBound...bin
            } else {
                ranges.append(bin...bin)
            }
        }
        let last = allowed.count - 1
        let texts = ranges.map { range -> String in
            if range.lowerBound == range.upperBound { return "\(column) = \(range.lowerBound)" }
            if range.lowerBound == 0 { return "\(column) <= \(range.upperBound)" }
            if range.upperBound == last { return "\(column) >= \(range.lowerBound)" }
            return "\(column) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
        }
        return texts.isEmpty ? "false" : texts.count == 1 ? texts[0] : "(\(texts.joined(separator: " OR ")))"
    }
}
