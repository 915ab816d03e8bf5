import Runtime
import Texts

/// The sentence for texts that are in the way of a column of numbers.
enum StrayTexts {
    static func areInTheWay(_ request: ColumnRequest, _ texts: ColumnTexts) -> Bool {
        switch request.reading {
        // An undecided column is one of texts by now, unless nearly all its values are numbers.
        case .number, .undecided: !texts.inTheWay.isEmpty
        case .text, .label, .key, .identity, .time: false
        }
    }

    /// What stands in the way, in how many rows, where first, and what can be done.
    static func error(_ request: ColumnRequest, _ texts: ColumnTexts, file: String) -> EspalierError {
        let words = texts.inTheWay
        if let header = words.first(where: { $0.text == request.name }) {
            return repeatedHeader(request.name, line: header.line, file: file)
        }
        let rows = words.reduce(0) { $0 + $1.rows }
        let first = words.first
        let what = DisplayText.quoted(first?.text ?? "")
        let column = "the \(request.purpose) column \(DisplayText.quoted(request.name))"
        let kind = first?.part == .infinite ? "finite number" : "number"
        let place = " in \(HealthText.count(rows)) of \(HealthText.count(texts.rowCount, "row")), here first,"
        let message: String
        if rows == 1 || request.isOfPolicy {
            message = "\(column) holds \(what), which is not a \(kind)"
        } else if words.count == 1 {
            message = "\(column) holds \(what)\(place) which is not a \(kind)"
        } else {
            message =
                "\(column) holds \(what) and \(HealthText.count(words.count - 1, "more text"))\(place) which are not numbers"
        }
        return EspalierError(
            .data, message, file: file, line: first?.line, remedy: remedy(request, texts, words, rows: rows))
    }

    /// A line that repeats the header, as files put together from several have it.
    static func repeatedHeader(_ column: String, line: Int?, file: String) -> EspalierError {
        EspalierError(
            .data,
            "this line seems to repeat the header: its \(DisplayText.quoted(column)) is \(DisplayText.quoted(column))",
            file: file, line: line, remedy: "remove the line")
    }

    /// What to write where an outcome is one or two words and perhaps a mark: bought and -, or yes, no and -.
    private static func answers(_ texts: ColumnTexts) -> String? {
        let marks = texts.words(.mark).map(\.text)
        guard texts.numberRows == 0, texts.words(.truth).isEmpty, marks.count < 2 else { return nil }
        let words = texts.words(.stray).map(\.text)
        let mark = DisplayText.quoted(marks.first ?? "")
        if words.count == 1, texts.rows(.stray) > 1, TextFormat.guess(texts)?.yes == nil,
            TextFormat(yes: words, no: marks).isWritable
        {
            let yes = TextFormat(yes: words, no: marks.isEmpty ? nil : marks).yaml
            return marks.isEmpty
                ? "write text: \(yes) and missing: zero in the outcome's spec if the other rows are a no"
                : "write text: \(yes) in the outcome's spec if \(mark) is a no"
        }
        if words.count == 2, marks.isEmpty, TextFormat.guess(texts) == nil,
            words.allSatisfy({ !$0.contains(where: \.isNumber) }), TextFormat(yes: words).isWritable
        {
            let yes = TextFormat(yes: [words[0]], no: [words[1]])
            return "write text: \(yes.yaml) in the outcome's spec, with the text that is a 1 under yes"
        }
        guard let mark = marks.first, let format = TextFormat.guess(texts), let yes = format.yes else { return nil }
        let asNo = TextFormat(yes: yes, no: (format.no ?? []) + [mark])
        return
            "write text: \(asNo.yaml) in the outcome's spec if \(DisplayText.quoted(mark)) is a no, or text: \(format.yaml) and "
            + "missing: drop if it is missing"
    }

    private static func remedy(
        _ request: ColumnRequest, _ texts: ColumnTexts, _ words: [ColumnTexts.Word], rows: Int
    ) -> String {
        let plain = "correct it, or leave it empty if it is missing"
        guard !request.isOfPolicy, request.purpose == "outcome" || request.purpose == "covariate" else { return plain }
        let isOutcome = request.purpose == "outcome"
        let name = YAMLText.scalar(request.name)
        func spec(_ format: TextFormat, _ why: String) -> String {
            isOutcome
                ? "write text: \(format.yaml) in the outcome's spec\(why)"
                : "write {column: \(name), kind: numeric, text: \(format.yaml)}\(why)"
        }
        if isOutcome, let answers = answers(texts) { return answers }
        if let format = TextFormat.guess(texts) {
            return spec(format, " if that is how it is written") + (isOutcome ? "" : ", or kind: categorical if not")
        }
        let listed = words.prefix(3).map(\.text)
        let missing = spec(
            TextFormat(missing: listed), words.count > 3 ? ", with all that mean missing" : " if it is missing")
        if rows == 1, words.first?.part == .infinite { return plain }
        if rows == 1, request.reading == .number {
            return isOutcome ? plain : "correct it, or declare the covariate with kind: categorical"
        }
        return "correct it, \(isOutcome ? "or " : "")\(missing)"
            + (isOutcome ? "" : ", or kind: categorical if it is a level")
    }
}
