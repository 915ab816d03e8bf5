import Foundation
import FoundationXML
import Frontier
import Reports
import Runtime
import Studies
import Testing

/// The page as it is printed, by a browser and a reader of PDF where they are installed.
@Suite struct PrintedPageTests {
    private static func path(of programs: [String]) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let found = programs.lazy.flatMap { program in folders.map { "\($0)/\(program)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        if found == nil { print("skipped: none of \(programs.joined(separator: ", ")) is installed") }
        return found
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// The text of every cell of a page's tables, row by row.
    private final class Cells: NSObject, XMLParserDelegate {
        var rows: [[String]] = []
        private var text: String?

        func parser(
            _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
            attributes _: [String: String]
        ) {
            if name == "tr" { rows.append([]) }
            if name == "td" || name == "th" { text = "" }
            if name == "svg" { text = nil }
        }

        func parser(_: XMLParser, foundCharacters more: String) { text? += more }

        func parser(_: XMLParser, didEndElement name: String, namespaceURI _: String?, qualifiedName _: String?) {
            guard name == "td" || name == "th", let own = text else { return }
            rows[rows.count - 1].append(own)
            text = nil
        }
    }

    /// Every figure of every open table stands in the PDF as a word of its own, beside no other.
    @Test func everyFigureStandsApartInThePDF() throws {
        guard let browser = Self.path(of: ["chromium", "chromium-browser", "google-chrome"]),
            let reader = Self.path(of: ["pdftotext"])
        else { return }
        try ReportSample.withStudy { study in
            _ = try study.perform(SearchFront(SearchSettings(evaluations: 40)), RunContext())
            let pick = try study.perform(PickByHypervolume(count: 1), RunContext()).candidates[0]
            let page = try StudyReport(study, candidate: pick, tool: "tests", workers: Workers()).html()
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let html = folder.appendingPathComponent("page.html")
            try page.write(to: html, atomically: true, encoding: .utf8)
            let pdf = folder.appendingPathComponent("page.pdf").path
            try run(
                browser,
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    "--user-data-dir=\(folder.path)/profile", "--print-to-pdf=\(pdf)", html.absoluteString,
                ])
            try run(reader, ["-layout", pdf, folder.path + "/page.txt"])
            let printed = try String(contentsOfFile: folder.path + "/page.txt", encoding: .utf8)
            let words = Set(printed.split(whereSeparator: \.isWhitespace).map(String.init))
            // Folded trees are not printed; their headings are.
            let open = page.replacing(/<details>.*?<\/details>/.dotMatchesNewlines(), with: "")
            let cells = Cells()
            let parser = XMLParser(data: Data(open.drop { $0 != "\n" }.utf8))
            parser.delegate = cells
            try #require(parser.parse())
            let figures = cells.rows.joined().flatMap { $0.split(separator: " ") }.filter {
                $0.contains(where: \.isNumber)
            }
            #expect(figures.count > 100)
            let lost = figures.filter { !words.contains(String($0)) }
            // Long conditions may break inside a word that is too wide for its column, figures never.
            #expect(lost.allSatisfy { $0.contains("_") || $0.contains("{") || $0.contains("}") }, "\(lost)")
            #expect(printed.contains("Which trade-offs are there?") && printed.contains("In a few rules"))
        }
    }
}
