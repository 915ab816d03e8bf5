/// The name somebody probably meant: the nearest of the known ones by edit distance, letter case aside.
package enum NearestName {
    /// The nearest name, if its distance is at most a third of the written name (and at least 1 is allowed).
    package static func of(_ written: String, among names: some Sequence<String>) -> String? {
        let written = Array(written.lowercased().prefix(200))
        guard !written.isEmpty else { return nil }
        var best: (name: String, distance: Int)?
        for name in names {
            let known = Array(name.lowercased().prefix(200))
            let distance = distance(written, known)
            // Names that share nothing are not near, however short they are.
            if distance < max(written.count, known.count), distance < best?.distance ?? .max { best = (name, distance) }
        }
        guard let best, best.distance <= max(1, written.count / 3) else { return nil }
        return best.name
    }

    /// The remedy for an unknown name; nil when nothing is near.
    package static func hint(_ written: String, among names: some Sequence<String>) -> String? {
        of(written, among: names).map { "perhaps \(DisplayText.quoted($0)) is meant" }
    }

    /// Edit distance with transpositions of neighbours (optimal string alignment).
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var older: [Int] = []
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var current = [i]
            for j in 1...b.count {
                var cost = min(
                    previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, older[j - 2] + 1) }
                current.append(cost)
            }
            (older, previous) = (previous, current)
        }
        return previous[b.count]
    }
}
