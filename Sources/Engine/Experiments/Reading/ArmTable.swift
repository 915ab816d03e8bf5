import Runtime
import Texts

/// The arms of an experiment and the arm of each record.
struct ArmTable: Sendable {
    /// Control first, the others in the order of the spec, or by UTF-8 bytes where it lists none.
    let names: [String]
    /// Index into `names`, by record; 0 for records that are left out.
    let assignment: [UInt8]
    /// Values that are no declared arm and whose records are left out (`others: drop`), with their rows.
    let others: [OtherArm]
    /// Whether a record has one of the arms; nil where all have.
    private let isKept: [Bool]?

    /// - Parameters:
    ///   - codes: index into `labels` by record, -1 where the field is empty.
    /// - Throws: `EspalierError(.data)` for a missing treatment, an arm that was not declared or is written in two ways, a control or a declared arm
    ///   that no unit has, fewer than two arms or more than there may be.
    init(
        treatment: TreatmentSpec, outcomeCount: Int, codes: [Int32], labels: [String], lines: RecordLines, file: String
    ) throws {
        func error(_ message: String, firstCode: Int32? = nil, remedy: String) -> EspalierError {
            let record = firstCode.flatMap { code in codes.firstIndex(of: code) }
            return EspalierError(.data, message, file: file, line: record.map { lines.line(of: $0) }, remedy: remedy)
        }
        func count(_ code: Int32) -> String {
            let count = codes.count { $0 == code }
            return "\(count) row\(count == 1 ? "" : "s")"
        }
        let column = DisplayText.quoted(treatment.column)
        let declared = treatment.arms
        let missing =
            codes.contains(-1)
            ? -1
            : labels.firstIndex { label in
                MissingText.matches(label) && label != treatment.control && declared?.contains(label) != true
            }
        if let missing {
            throw error(
                "the treatment column \(column) is missing in \(count(Int32(missing)))", firstCode: Int32(missing),
                remedy: "give each unit its arm or remove the rows")
        }
        var seen: Set<String> = []
        if let code = labels.firstIndex(where: { !seen.insert($0).inserted }) {
            throw error(
                "the arm \(DisplayText.quoted(labels[code])) of the treatment column \(column) is written in two ways that look alike, "
                    + "with composed and with separate accents",
                firstCode: Int32(code), remedy: "write it one way in all rows")
        }
        guard labels.contains(treatment.control) else {
            let hint = NearestName.hint(treatment.control, among: labels)
            throw error(
                "no unit has the control \(DisplayText.quoted(treatment.control)) in the treatment column \(column)",
                remedy: hint ?? "its values are "
                    + labels.prefix(5).map { DisplayText.quoted($0) }.joined(separator: ", "))
        }
        if let declared {
            if treatment.others == nil, let code = labels.firstIndex(where: { !declared.contains($0) }) {
                if labels[code] == treatment.column {
                    let record = codes.firstIndex(of: Int32(code))
                    throw StrayTexts.repeatedHeader(
                        treatment.column, line: record.map { lines.line(of: $0) }, file: file)
                }
                let hint = NearestName.hint(labels[code], among: declared)
                throw error(
                    "the arm \(DisplayText.quoted(labels[code])) of \(count(Int32(code))) is not among the declared arms",
                    firstCode: Int32(code),
                    remedy: hint ?? "add it to treatment.arms, or leave its rows out with others: drop")
            }
            if let absent = declared.first(where: { !labels.contains($0) }) {
                throw error(
                    "no unit has the declared arm \(DisplayText.quoted(absent))",
                    remedy: NearestName.hint(absent, among: labels) ?? "remove it from treatment.arms")
            }
        }
        if let code = labels.firstIndex(where: DisplayText.hasControl) {
            throw error(
                "the arm \(DisplayText.quoted(labels[code])) holds a control character", firstCode: Int32(code),
                remedy: "rename it in the data")
        }
        var names = [treatment.control]
        let others = declared ?? labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard others.count <= 255 else {
            throw error(
                "the treatment column \(column) has \(HealthText.count(others.count)) values, more than the limit of "
                    + "\(ExperimentLimits.arms) arms",
                remedy: "name the column that holds the arms")
        }
        try ExperimentLimits.check(arms: others.count, outcomes: outcomeCount, file: file)
        for name in others where !names.contains(name) { names.append(name) }
        guard names.count >= 2 else {
            throw error(
                "all units have the same arm, \(DisplayText.quoted(names[0]))",
                remedy: "an experiment needs two arms or more")
        }
        self.names = names
        let indices = labels.map { label in UInt8(names.firstIndex(of: label) ?? 0) }
        assignment = codes.map { indices[Int($0)] }
        let isArm = labels.map(names.contains)
        let keeps = codes.map { isArm[Int($0)] }
        isKept = isArm.contains(false) ? keeps : nil
        self.others = labels.indices.filter { !isArm[$0] }.map { code in
            OtherArm(name: labels[code], count: codes.count { $0 == Int32(code) })
        }
    }

    /// Whether a record has one of the arms.
    func keeps(_ record: Int) -> Bool { isKept?[record] ?? true }
}
