import Foundation
import Testing
import Workbench

/// Files written from the screens: one that is there already stays until its name is typed with an exclamation mark.
@Suite struct PlaceFileTests {
    @Test(arguments: [("3", "w"), ("5", "E")]) func noFileIsOverwrittenUnasked(
        screen: String, key: String
    ) throws {
        let sample = try SampleSession()
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        try sample.type("\(screen)\(key)<C-u>\(path)<Enter>")
        #expect(sample.session.state.message.contains("there is a file of that name"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        try sample.type("\(key)<C-u>\(path)!<Enter>")
        #expect(try String(contentsOfFile: path, encoding: .utf8) != "mine")
        #expect(sample.session.state.message.hasSuffix("written to \(path)"))
    }

    /// The card of an export says that the file is there, and only a yes replaces it.
    @Test func theCardAsksBeforeAnExport() throws {
        let sample = try SampleSession()
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try sample.type("4e<C-u>\(path)<Enter>")
        #expect(sample.frame(120, 40).text.contains("y writes \(path)"))
        try sample.type("n")
        #expect(!FileManager.default.fileExists(atPath: path))
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        try sample.type("e<C-u>\(path)<Enter>")
        #expect(sample.frame(120, 40).text.contains("y replaces \(path), which is there"))
        try sample.type("<Esc>")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        try sample.type("e<C-u>\(path)<Enter>y")
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\"learner\""))
        #expect(sample.session.state.message.hasSuffix("written to \(path)"))
        #expect(sample.session.state.facts.exported == "A")
    }

    /// Relative names start from the folder the workbench was given.
    @Test func relativeNamesStartFromItsFolder() throws {
        let sample = try SampleSession()
        try sample.type("4e<C-u>policy.json<Enter>y3w<C-u>cohorts.csv<Enter>")
        func text(_ name: String) throws -> String {
            try String(contentsOf: sample.folder.appendingPathComponent(name), encoding: .utf8)
        }
        #expect(try text("policy.json").contains("\"learner\""))
        #expect(try text("cohorts.csv").contains("rule"))
    }

    @Test func theReportIsProposedBesideTheStudy() throws {
        let sample = try SampleSession()
        try sample.type("E<Enter>")
        let study = sample.session.state.facts.studyPath
        let page = study.replacingOccurrences(of: ".espalier", with: ".html")
        #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!doctype html>"))
        // The end of a long name is what is seen of it.
        try sample.type("E")
        #expect(sample.frame().text.contains("study.html_"))
    }
}
