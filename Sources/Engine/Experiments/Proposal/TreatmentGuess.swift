import Runtime
import Texts

/// A column that looks like the treatment: its arms, control first, and how many rows each has.
struct TreatmentGuess {
    let column: String
    /// Control first.
    let arms: [SpecDraft.Arm]
    /// How much speaks for it; 0 where nothing but the number of values does.
    let score: Int
    /// Whether neither a word nor a number says which arm is control.
    let controlIsAGuess: Bool

    private static let armCounts = 2...ExperimentLimits.arms
    /// More values than these are arms only where the column's name says so and one of them is named like control.
    private static let usualArmCount = 10

    /// The likeliest by name and by values, the first of equals; nil where neither speaks for any.
    static func likeliest(of guesses: [TreatmentGuess]) -> TreatmentGuess? {
        var best: TreatmentGuess?
        for guess in guesses where guess.score > best?.score ?? 0 { best = guess }
        return best
    }

    /// Every column whose values could be arms, in the file's order.
    static func all(
        in profiles: [ColumnProfile], path: String, limit: Int, context: RunContext
    ) throws -> [TreatmentGuess] {
        // One value more or less, since a text such as None counts as missing elsewhere and as an arm here.
        let few = profiles.filter { (armCounts.lowerBound - 1...armCounts.upperBound).contains($0.distinct) }
        var reader = TableReader(path: path)
        reader.recordLimit = limit
        for profile in few { try reader.want(profile.name, .label, for: "treatment") }
        guard !few.isEmpty else { return [] }
        let table = try reader.read(context: context)
        let guesses = few.compactMap { profile -> TreatmentGuess? in
            guard case .levels(let codes, let labels)? = table[profile.name], armCounts.contains(labels.count),
                // Arms that are one name to a reader (an accent composed or not) are none of a spec's.
                Set(labels).count == labels.count, !codes.contains(-1), !labels.contains(where: DisplayText.hasControl)
            else { return nil }
            var counts = Array(repeating: 0, count: labels.count)
            for code in codes { counts[Int(code)] += 1 }
            let weights = controlWeights(labels)
            let named = nameScore(profile)
            // Truth values speak for a treatment only together with its name.
            let telling = weights.max().map { $0 > 60 ? $0 : 0 } ?? 0
            let isLikely = labels.count <= usualArmCount || min(named, telling) > 0
            return ordered(
                profile.name, labels: labels, counts: counts, weights: weights, score: isLikely ? named + telling : 0)
        }
        try refuseGap(in: few, table, beside: likeliest(of: guesses), path: path)
        return guesses
    }

    /// A column whose name says treatment, more than that of any column without gaps, and that is empty in some rows.
    /// - Throws: `EspalierError(.data)` with the line of the first.
    private static func refuseGap(
        in profiles: [ColumnProfile], _ table: Table, beside best: TreatmentGuess?, path: String
    ) throws {
        let gaps = profiles.filter { profile in
            guard case .levels(let codes, let labels)? = table[profile.name] else { return false }
            return codes.contains(-1) && armCounts.contains(labels.count) && nameScore(profile) > best?.score ?? 0
        }
        guard let worst = gaps.max(by: { nameScore($0) < nameScore($1) }),
            case .levels(let codes, _)? = table[worst.name], let record = codes.firstIndex(of: -1)
        else { return }
        let rows = codes.count { $0 < 0 }
        let line = table.line(of: record)
        throw EspalierError(
            .data,
            "\(worst.name) would be the treatment, but it is missing on line \(line)"
                + (rows > 1 ? " and in \(HealthText.count(rows - 1, "more row"))" : ""), file: path, line: line,
            remedy: "give each unit its arm, or remove rows that are no units, such as totals")
    }

    private static func nameScore(_ profile: ColumnProfile) -> Int {
        let exact = profile.words.count == 1
        guard let rank = ProposalWords.treatment.firstIndex(where: { profile.words.contains($0) }) else { return 0 }
        // A single letter tells only when it is the whole name.
        if ProposalWords.treatment[rank].count == 1, !exact { return 0 }
        return (exact ? 200 : 100) - 2 * rank
    }

    /// How much speaks for each label as the control's: a word, the number 0, or the lower of -1 and 1.
    private static func controlWeights(_ labels: [String]) -> [Int] {
        let numbers = labels.compactMap { Double($0) }
        guard numbers.count == labels.count, let lowest = numbers.min() else { return labels.map(controlWeight) }
        let control: Double? = numbers.contains(0) ? 0 : lowest < 0 ? lowest : nil
        return numbers.map { $0 == control ? 60 : 0 }
    }

    private static func controlWeight(_ label: String) -> Int {
        let words = ColumnProfile.words(of: label)
        return ProposalWords.control.filter { words.contains($0.word) && ($0.word.count > 1 || words.count == 1) }
            .map(\.weight).max() ?? 0
    }

    private static func ordered(
        _ column: String, labels: [String], counts: [Int], weights: [Int], score: Int
    ) -> TreatmentGuess {
        let control =
            labels.indices.max { a, b in
                (weights[a], counts[a], labels[b]) < (weights[b], counts[b], labels[a])
            } ?? 0
        let others = labels.indices.filter { $0 != control }.sorted {
            labels[$0].utf8.lexicographicallyPrecedes(labels[$1].utf8)
        }
        let order = [control] + others
        return TreatmentGuess(
            column: column, arms: order.map { SpecDraft.Arm(name: labels[$0], count: counts[$0]) }, score: score,
            controlIsAGuess: weights[control] == 0)
    }
}
