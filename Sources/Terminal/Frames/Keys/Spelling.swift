/// Guesses what a misspelt name was meant to be.
enum Spelling {
    /// The candidate with the fewest edits (at most a third of the name's length, and at least one), in any case.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let target = Array(name.lowercased())
        let best = candidates.map { ($0, distance(target, Array($0.lowercased()))) }.min { $0.1 < $1.1 }
        guard let (candidate, edits) = best, edits <= max(target.count / 3, 1), edits < target.count else { return nil }
        return candidate
    }

    /// Edits between two words: insertions, deletions, changes and swaps of neighbours (optimal string alignment).
    /// - Complexity: O(n m)
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var edits = min(rows[i][j] + (left[i] == right[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    edits = min(edits, rows[i - 1][j - 1] + 1)
                }
                row.append(edits)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
