import Experiments
import Runtime

/// `--limit` of a study: an outcome and the least it may change by against control, oriented.
enum LimitOption {
    /// - Throws: `EspalierError` (.usage) for what is no limit, or an outcome named twice.
    static func thresholds(_ texts: [String]) throws -> [String: Threshold] {
        var thresholds: [String: Threshold] = [:]
        for text in texts {
            // A name may hold "=": the last one divides.
            guard let equals = text.lastIndex(of: "=") else { throw refusal(text) }
            let name = String(text[..<equals])
            let parts = text[text.index(after: equals)...].split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let number = Double(parts[1]), number.isFinite, !name.isEmpty else {
                throw refusal(text)
            }
            let threshold: Threshold
            switch parts[0] {
            case "relative": threshold = .relative(number)
            case "absolute": threshold = .absolute(number)
            default: throw refusal(text)
            }
            guard thresholds.updateValue(threshold, forKey: name) == nil else {
                throw EspalierError(.usage, "\(name) has two limits", remedy: "give --limit once for every outcome")
            }
        }
        return thresholds
    }

    private static func refusal(_ text: String) -> EspalierError {
        EspalierError(
            .usage, "--limit \(text) is no limit",
            remedy: "write --limit disables=relative:-0.02, or absolute: and a number in the outcome's unit")
    }
}
