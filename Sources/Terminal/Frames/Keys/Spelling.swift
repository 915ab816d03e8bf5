/// Guesses what a misspelt name was meant to be.
enum Spelling {
    /// The candidate with the fewest edits (at most a third of the name's length, and at least one), in any case.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let target = Array(name.lowercased())
        let best = candidates.map { ($0, distance(target, Array($0.lowercased()))) }.min { $0.1 < $1.1 }
        guard let (candidate, edits) = best, edits <= max(target.count / 3, 1), edits < target.count else { return nil }
        return candidate
    }

    /// Levenshtein's distance.
    /// - Complexity: O(n m)
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let change = diagonal + (character == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
